import { expect, test } from 'vitest';
import type { PredictExercise } from './exercise.ts';
import { lookUp } from './look-up.ts';
import { believedOutput, offeredOutputs, sameOutput } from './outputs.ts';
import type { ProvenAnswer } from './proof.ts';

const proven = (id: string, observed: 'right' | 'wrong'): ProvenAnswer => ({
  ...{ answer: [id], declared: observed, observed, outcome: 'finished', error: null },
  evidence: {
    ...{ id: 'e1', outcome: 'finished', error: null },
    ...{ stdout: 'one\n two\n', values: {}, counts: {} },
  },
});
const proof = { answers: [proven('m', 'right'), proven('z', 'wrong'), proven('a', 'wrong')] };

const exercise: PredictExercise = {
  ...{ uid: 'ex_1', id: 'one', kind: 'predict', difficulty: 'easy', objective: 'o' },
  ...{ pool: 'try', title: 'T', prompt: 'P', program: 'p\n', serve: {}, drive: '' },
  ...{ hints: [], solution: [], contentVersion: 'v', places: {}, ask: 'choose' },
  wrong: [
    { id: 'z', output: 'two\none\n', why: 'It reads down.' },
    { id: 'a', output: 'one two\n', why: 'Each prints a line.' },
  ],
};
const typed: PredictExercise = { ...exercise, ask: 'type' };

test.each([
  ['one\n', 'one'],
  ['one  \r\ntwo\t\n\n', 'one\ntwo'],
  ['one\rtwo', 'one\ntwo'],
  ['', ' \n\n'],
])('%j and %j look the same', (left, right) => {
  expect(sameOutput(left, right)).toBe(true);
});

test.each([
  [' one', 'one'],
  ['one\n\ntwo', 'one\ntwo'],
  ['one  two', 'one two'],
  ['One', 'one'],
])('%j and %j do not', (left, right) => {
  expect(sameOutput(left, right)).toBe(false);
});

test('the outputs to choose from stand in an order that the right one has no part in', () => {
  expect(offeredOutputs(exercise, proof)).toEqual([
    { id: 'a', output: 'one two' },
    { id: 'm', output: 'one\n two' },
    { id: 'z', output: 'two\none' },
  ]);
});

test('an output that is chosen has the verdict of its id, and another id has none', () => {
  expect(lookUp(exercise, proof, ['m'])?.observed).toBe('right');
  expect(lookUp(exercise, proof, ['a'])?.observed).toBe('wrong');
  expect(lookUp(exercise, proof, ['one\n two'])).toBeUndefined();
});

test('an output that is typed is compared with what the program printed', () => {
  expect(lookUp(typed, proof, ['one \r\n two'])).toBe(proof.answers[0]);
  expect(lookUp(typed, proof, ['two\none'])).toBe(proof.answers[1]);
  const unforeseen = lookUp(typed, proof, ['three']);
  expect(unforeseen).toMatchObject({ answer: ['three'], declared: 'wrong', observed: 'wrong' });
  expect(unforeseen?.evidence).toBe(proof.answers[0]!.evidence);
});

test('the id of an output is no answer where it is to be typed', () => {
  expect(lookUp(typed, proof, ['m'])?.observed).toBe('wrong');
});

test('nothing is judged before the program was run', () => {
  expect(lookUp(typed, { answers: [] }, ['one'])).toBeUndefined();
});

test('what the author says of an output is found by its id or by its text', () => {
  expect(believedOutput(exercise, ['z'])?.why).toBe('It reads down.');
  expect(believedOutput(typed, ['one two '])?.why).toBe('Each prints a line.');
  expect(believedOutput(exercise, ['m'])).toBeUndefined();
  expect(believedOutput(typed, [])).toBeUndefined();
});
