import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difficulties } from '../exercise.ts';
import { gradeOf, grades, type ReviewedRound } from './grade.ts';

const atOnce: ReviewedRound = { isRight: true, attempts: 1, help: 'none', difficulty: 'medium' };

test('found at once and unaided is good, and of a hard exercise easy', () => {
  expect(gradeOf(atOnce)).toBe('good');
  expect(gradeOf({ ...atOnce, difficulty: 'easy' })).toBe('good');
  expect(gradeOf({ ...atOnce, difficulty: 'hard' })).toBe('easy');
});

test('found with hints, or not at the first attempt, is hard', () => {
  expect(gradeOf({ ...atOnce, help: 'hints', difficulty: 'hard' })).toBe('hard');
  expect(gradeOf({ ...atOnce, attempts: 2 })).toBe('hard');
});

test('not found, or shown, is to be asked again', () => {
  expect(gradeOf({ ...atOnce, isRight: false, attempts: 3 })).toBe('again');
  expect(gradeOf({ ...atOnce, help: 'solution' })).toBe('again');
});

test('more attempts or more help never make a better grade', () => {
  const round = fc.record({
    isRight: fc.boolean(),
    attempts: fc.integer({ min: 1, max: 3 }),
    help: fc.constantFrom('none' as const, 'hints' as const, 'solution' as const),
    difficulty: fc.constantFrom(...difficulties),
  });
  const rank = (given: ReviewedRound) => grades.indexOf(gradeOf(given));
  fc.assert(
    fc.property(round, (given) => {
      expect(rank({ ...given, attempts: given.attempts + 1 })).toBeLessThanOrEqual(rank(given));
      expect(rank({ ...given, help: 'hints' })).toBeLessThanOrEqual(
        rank({ ...given, help: 'none' }),
      );
      expect(rank({ ...given, isRight: false })).toBeLessThanOrEqual(rank(given));
    }),
  );
});
