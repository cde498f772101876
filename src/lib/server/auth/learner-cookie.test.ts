import { expect, test } from 'vitest';
import { createLearnerToken, isLearnerToken, learnerIdOf } from './learner-cookie.ts';

test('a token is new each time and is recognised', () => {
  const token = createLearnerToken();
  expect(isLearnerToken(token)).toBe(true);
  expect(createLearnerToken()).not.toBe(token);
});

test('a value that is no token of ours is refused', () => {
  for (const value of [undefined, '', 'x'.repeat(42), 'x'.repeat(44), `${'x'.repeat(42)};`]) {
    expect(isLearnerToken(value)).toBe(false);
  }
});

test('an id is stable and does not show its token', () => {
  const token = createLearnerToken();
  expect(learnerIdOf(token)).toBe(learnerIdOf(token));
  expect(token).not.toContain(learnerIdOf(token).slice(0, 8));
});
