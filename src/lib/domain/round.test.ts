import { expect, test } from 'vitest';
import { pools } from './exercise.ts';
import { attemptsAllowed, endingAfter } from './round.ts';

test('a round has three attempts, in a challenge two, in a test one, in a project as many as it takes', () => {
  expect(pools.map((pool) => [pool, attemptsAllowed({ kind: 'blanks', pool })])).toEqual([
    ['try', 3],
    ['challenge', 2],
    ['project', null],
    ['review', 3],
    ['test', 1],
  ]);
});

test('what one rates oneself is rated once', () => {
  expect(attemptsAllowed({ kind: 'recall', pool: 'review' })).toBe(1);
  expect(attemptsAllowed({ kind: 'recall', pool: 'try' })).toBe(1);
});

test('a right answer ends the round, whatever number it has', () => {
  expect(endingAfter(1, 'right', 2)).toBe('right');
  expect(endingAfter(2, 'right', 2)).toBe('right');
  expect(endingAfter(40, 'right', null)).toBe('right');
});

test('a wrong answer ends the round only where it was the last one allowed', () => {
  expect(endingAfter(1, 'wrong', 2)).toBeNull();
  expect(endingAfter(2, 'wrong', 2)).toBe('attempts');
  expect(endingAfter(2, 'wrong', 3)).toBeNull();
  expect(endingAfter(1000, 'wrong', null)).toBeNull();
});
