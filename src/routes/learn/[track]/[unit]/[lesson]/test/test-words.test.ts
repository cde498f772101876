import { expect, test } from 'vitest';
import { minute, questions, tally } from './test-words.ts';

test('the items are counted by how they went, and what there is none of is not named', () => {
  const items = (...verdicts: ('right' | 'wrong' | 'passed')[]) =>
    verdicts.map((verdict) => ({ verdict }));
  expect(tally(items('right', 'passed', 'right', 'wrong'))).toBe(
    '2 right, 1 not right and 1 passed',
  );
  expect(tally(items('passed'))).toBe('1 passed');
});

test('a moment is told with the minute, in UTC', () => {
  expect(minute('2026-11-27T02:40:59.000Z')).toBe('27 Nov 2026, 02:40 UTC');
  expect(minute('soon')).toBe('soon');
});

test('a few questions are counted in words', () => {
  expect([questions(1), questions(10), questions(12)]).toEqual([
    'one question',
    'ten questions',
    '12 questions',
  ]);
});
