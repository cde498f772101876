import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  arrangedText,
  canBeIndented,
  distractorsIn,
  inOneForm,
  offeredLines,
  programWith,
  toAnswer,
  toArrangement,
} from './arrangement.ts';
import type { OrderExercise, PlacedLine } from './exercise.ts';
import { lookUp } from './look-up.ts';
import type { ProvenAnswer } from './proof.ts';

/** `d` and `b` read the same. */
const exercise = {
  program: 'def run(rows):\n    <<lines>>  \n    return total\n',
  lines: [
    { id: 'c', text: 'total = 0' },
    { id: 'd', text: 'total += 1' },
    { id: 'a', text: 'for row in rows:' },
    { id: 'b', text: 'total += 1' },
  ],
  distractors: [{ id: 'e', text: 'total = $&', why: 'It is no number.' }],
} as unknown as OrderExercise;

const placed = (...items: string[]): PlacedLine[] =>
  items.map((item) => ({ indent: Number(item[0]), line: item.slice(2) }));
const right = placed('0:c', '0:d', '0:a', '1:b');

test('an answer is read as it was written', () => {
  const items = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(
      fc.uniqueArray(items, { minLength: 4, maxLength: 4 }),
      fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
      (lines, indents) => {
        const arrangement = lines.map((line, at) => ({ line, indent: indents[at]! }));
        expect(toArrangement(exercise, toAnswer(arrangement))).toEqual(arrangement);
      },
    ),
  );
});

test.each([
  ['too few lines', ['0:c', '0:d', '0:a']],
  ['too many lines', ['0:c', '0:d', '0:a', '1:b', '0:e']],
  ['a line twice', ['0:c', '0:c', '0:a', '1:b']],
  ['a line that is not there', ['0:c', '0:d', '0:a', '1:x']],
  ['a line that stands too deep', ['0:c', '0:d', '0:a', '4:b']],
  ['an indent that is no number', ['0:c', '0:d', '0:a', '-1:b']],
  ['a line without an indent', ['0:c', '0:d', '0:a', 'b']],
  ['nothing', []],
])('%s is no answer', (_, answer) => {
  expect(toArrangement(exercise, answer)).toBeNull();
});

test('lines stand in the program as deep as the mark and they themselves say', () => {
  expect(programWith(exercise, right)).toBe(
    'def run(rows):\n    total = 0\n    total += 1\n    for row in rows:\n        total += 1\n    return total\n',
  );
  expect(programWith(exercise, placed('0:e', '0:c'))).toContain(
    '\n    total = $&\n    total = 0\n',
  );
});

test('arrangements that read the same have one form, whichever of equal lines was taken', () => {
  const other = placed('0:c', '0:b', '0:a', '1:d');
  expect(inOneForm(exercise, other)).toEqual(right);
  expect(inOneForm(exercise, right)).toEqual(right);
  fc.assert(
    fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e']), (lines) => {
      const arrangement = lines.map((line) => ({ line, indent: 0 }));
      const form = inOneForm(exercise, arrangement);
      expect(arrangedText(exercise, form)).toEqual(arrangedText(exercise, arrangement));
      expect(inOneForm(exercise, form)).toEqual(form);
    }),
  );
});

test.each([
  ['the right order', right, true],
  ['a line under one that opens no block', placed('0:c', '1:d', '0:a', '1:b'), false],
  ['no line under one that opens a block', placed('0:c', '0:d', '0:a', '0:b'), false],
  ['a line two deeper', placed('0:c', '0:d', '0:a', '2:b'), false],
  ['a block left again', placed('0:a', '1:c', '1:d', '0:b'), true],
  ['nothing in the last block', placed('0:c', '0:d', '0:b', '0:a'), false],
  ['a first line that is indented', placed('1:c', '1:d', '1:a', '2:b'), false],
])('%s: whether it can be indented so', (_, arrangement, can) => {
  expect(canBeIndented(exercise, arrangement)).toBe(can);
});

test('distractors are found in the order in which they were placed', () => {
  expect(distractorsIn(exercise, right)).toEqual([]);
  expect(distractorsIn(exercise, placed('0:c', '0:e')).map(({ why }) => why)).toEqual([
    'It is no number.',
  ]);
});

test('the lines to choose from stand in an order that the right one has no part in', () => {
  expect(offeredLines(exercise).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(offeredLines(exercise).every((line) => Object.keys(line).length === 2)).toBe(true);
});

test('what was proven of an order holds for every order that reads the same', () => {
  const proven = { answer: toAnswer(right), observed: 'right' } as ProvenAnswer;
  const proof = { answers: [proven] };
  const ordered = { ...exercise, kind: 'order' } as OrderExercise;
  expect(lookUp(ordered, proof, ['0:c', '0:b', '0:a', '1:d'])).toBe(proven);
  expect(lookUp(ordered, proof, ['0:d', '0:c', '0:a', '1:b'])).toBeUndefined();
  expect(lookUp(ordered, proof, ['0:c'])).toBeUndefined();
});
