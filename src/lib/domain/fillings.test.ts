import { expect, test } from 'vitest';
import {
  agreeingBlanks,
  allFillings,
  blankMarks,
  fillOption,
  fillProgram,
  misconceptionFor,
} from './fillings.ts';

test('every token may stand in every blank, and each filling comes once', () => {
  expect(allFillings(['a', 'b'], 2)).toEqual([
    ['a', 'a'],
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'b'],
  ]);
});

test('a bank that makes too many fillings is refused before any is made', () => {
  expect(() => allFillings(Array.from({ length: 300 }, String), 9)).toThrow(RangeError);
});

test('marks are found with their lines, and valid Python such as [[1]] is not a mark', () => {
  expect(blankMarks('a = [[1]]\nb = <<2>> + <<1>>\nc = <<2>>')).toEqual([
    { blank: 2, line: 1 },
    { blank: 1, line: 1 },
    { blank: 2, line: 2 },
  ]);
});

test('a filling is put in as it is, also when it holds a dollar sign', () => {
  expect(fillProgram('<<2>>(<<1>>)', ['$&', 'print'])).toBe('print($&)');
});

test('an option of several lines stands as deep as its mark', () => {
  const program = 'def view(request):\n    <<option>>\n    return 1\n';
  expect(fillOption(program, 'a = "$1"\n\nb = 2\n')).toBe(
    'def view(request):\n    a = "$1"\n\n    b = 2\n    return 1\n',
  );
});

test('an option within a line keeps what stands around it', () => {
  expect(fillOption('  x = <<option>>  # here', 'f(1)')).toBe('  x = f(1)  # here');
});

test('blanks are compared with the nearest right answer', () => {
  const answers = [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
  ];
  expect(agreeingBlanks(answers, ['c', 'b', 'b'])).toEqual([true, true, false]);
});

test('between answers that are equally near, the first declared one counts', () => {
  expect(
    agreeingBlanks(
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      ['a', 'a'],
    ),
  ).toEqual([true, false]);
});

test('the whole filling is spoken of before a token, and a right blank is never spoken of', () => {
  const exercise = {
    answers: [['a', 'b']],
    misconceptions: [
      { blank: null, token: 'a', filling: null, says: 'a anywhere' },
      { blank: 2, token: 'a', filling: null, says: 'a in the second' },
      { blank: null, token: null, filling: ['b', 'a'], says: 'turned round' },
    ],
  };
  expect(misconceptionFor(exercise, ['b', 'a'])?.says).toBe('turned round');
  expect(misconceptionFor(exercise, ['a', 'a'])?.says).toBe('a in the second');
  expect(misconceptionFor(exercise, ['b', 'b'])).toBeNull();
});
