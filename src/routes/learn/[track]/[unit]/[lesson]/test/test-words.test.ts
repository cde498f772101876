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

test('a moment is told with the minute, by the clock where the reader is', () => {
  expect(minute('2026-11-27T02:40:59.000Z', 'UTC')).toBe('27 Nov 2026, 02:40 UTC');
  expect(minute('2026-09-30T23:05:00.000Z', 'Europe/Vienna')).toMatch(/^1 Oct 2026, 01:05 /);
  expect(minute('2026-09-30T12:05:00.000Z', 'UTC')).toBe('30 Sep 2026, 12:05 UTC');
  expect(minute('soon', 'UTC')).toBe('soon');
});

test('a few questions are counted in words', () => {
  expect([questions(1), questions(10), questions(12)]).toEqual([
    'one question',
    'ten questions',
    '12 questions',
  ]);
});
