import { expect, test } from 'vitest';
import { recogniseLearner } from './learner-token.ts';

test('a browser without a cookie gets a token, and is recognised by it', () => {
  const first = recogniseLearner(undefined);
  expect(recogniseLearner(first.newToken ?? '')).toEqual({ id: first.id, newToken: null });
  expect(recogniseLearner(undefined).id).not.toBe(first.id);
});

test('what is no token of ours counts as none', () => {
  for (const cookie of ['', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)};`]) {
    expect(recogniseLearner(cookie).newToken).toMatch(/^[A-Za-z0-9_-]{43}$/);
  }
});

test('an id does not show its token', () => {
  const { id, newToken } = recogniseLearner(undefined);
  expect(newToken).not.toContain(id.slice(0, 8));
});
