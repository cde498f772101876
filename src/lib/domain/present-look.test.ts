import { expect, test } from 'vitest';
import type { BlanksExercise, ChoiceExercise, Exercise } from './exercise.ts';
import { runsOf } from './present-evidence.ts';
import { mayLook } from './present-look.ts';
import type { ProvenAnswer } from './proof.ts';
import type { Attempt, Round } from './round.ts';

const exercise = { kind: 'blanks', pool: 'try' } as BlanksExercise;
const attempt = { number: 1, verdict: 'wrong' } as Attempt;

function round(attempts: Attempt[], ending: Round['ending'] = null): Round {
  return { number: 1, contentVersion: 'v1', hintsShown: 3, ending, attempts };
}

function choice(code: string | null): Exercise {
  return { kind: 'choice', pool: 'try', options: [{ code }] } as unknown as ChoiceExercise;
}

test('nothing may be looked at before the first answer of a round, hints or not', () => {
  expect(mayLook(exercise, undefined)).toBe(false);
  expect(mayLook(exercise, round([]))).toBe(false);
  expect(mayLook(exercise, round([attempt]))).toBe(true);
  expect(mayLook(exercise, round([], 'shown'))).toBe(true);
});

test.each(['challenge', 'review', 'test'] as const)('an exercise of the pool %s never', (pool) => {
  expect(mayLook({ ...exercise, pool }, round([attempt], 'right'))).toBe(false);
});

test('options that carry code may, and claims about one run need not', () => {
  expect(mayLook(choice('x = 1'), round([attempt]))).toBe(true);
  expect(mayLook(choice(null), round([attempt]))).toBe(false);
});

function proven(id: string, open: number): ProvenAnswer {
  return { evidence: { id, counts: { 'handler.max_open': open } } } as unknown as ProvenAnswer;
}

test('a program ran once, and as often as the sum says where requests overlapped', () => {
  expect(runsOf({ runs: 2, answers: [proven('a', 1), proven('b', 1)] }, 'a')).toBe(1);
  const mixed = { runs: 7, answers: [proven('a', 5), proven('b', 5), proven('c', 1)] };
  expect(runsOf(mixed, 'a')).toBe(3);
  expect(runsOf(mixed, 'c')).toBe(1);
});

test('claims share one run record, which counts once', () => {
  expect(runsOf({ runs: 3, answers: [proven('a', 5), proven('a', 5)] }, 'a')).toBe(3);
});

test('where the sum does not come out even, nothing is said', () => {
  expect(runsOf({ runs: 4, answers: [proven('a', 5), proven('b', 5), proven('c', 1)] }, 'a')).toBe(
    null,
  );
  expect(runsOf({ runs: 3, answers: [proven('a', 5)] }, 'gone')).toBe(null);
});
