import { expect, test } from 'vitest';
import type { Exercise } from '../exercise.ts';
import type { ExerciseProof } from '../proof.ts';
import { guessingOf, leastGuessing } from './guessing.ts';

/** A proof in which so many answers turned out right. */
function proofOf(right: number, wrong = 3): Pick<ExerciseProof, 'answers'> {
  const observed = [...Array(right).fill('right'), ...Array(wrong).fill('wrong')];
  return { answers: observed.map((each) => ({ observed: each })) } as unknown as ExerciseProof;
}

const exerciseOf = (fields: object) => fields as unknown as Exercise;

test('of blanks it is the share of fillings that turned out right', () => {
  const bank = ['get', 'aget', 'filter', 'first'];
  const two = exerciseOf({ kind: 'blanks', bank, blanks: 2 });
  expect(guessingOf(two, proofOf(1, 15))).toBe(1 / 16);
  expect(guessingOf(two, proofOf(2, 14))).toBe(2 / 16);
});

test('of a choice and of outputs to choose from it is one in so many as there are', () => {
  const options = [{}, {}, {}, {}];
  expect(guessingOf(exerciseOf({ kind: 'choice', options }), proofOf(1))).toBe(1 / 4);
  expect(guessingOf(exerciseOf({ kind: 'choice', options }), proofOf(2))).toBe(2 / 4);
  const wrong = [{}, {}, {}, {}];
  expect(guessingOf(exerciseOf({ kind: 'predict', ask: 'choose', wrong }), proofOf(1))).toBe(1 / 5);
});

test('of an order it is the share of the arrangements that can be indented so', () => {
  const line = (text: string, index: number) => ({ id: `l${index}`, text });
  const lines = ['a = 1', 'b = 2', 'c = 3'].map(line);
  const order = exerciseOf({ kind: 'order', lines, distractors: [] });
  expect(guessingOf(order, proofOf(2))).toBe(2 / 6);
});

test('what is typed or built, and what has ever so many answers, is right by luck now and then', () => {
  expect(guessingOf(exerciseOf({ kind: 'write' }), proofOf(4))).toBe(leastGuessing);
  expect(guessingOf(exerciseOf({ kind: 'fix' }), proofOf(1))).toBe(leastGuessing);
  expect(guessingOf(exerciseOf({ kind: 'predict', ask: 'type', wrong: [] }), proofOf(1))).toBe(
    leastGuessing,
  );
  const bank = ['a', 'b', 'c', 'd', 'e'];
  expect(guessingOf(exerciseOf({ kind: 'blanks', bank, blanks: 3 }), proofOf(1))).toBe(
    leastGuessing,
  );
});
