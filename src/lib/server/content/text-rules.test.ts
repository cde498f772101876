import { expect, test } from 'vitest';
import { lineWithWord, proseProblems } from './text-rules.ts';

test.each([
  'Option B is wrong.',
  'The answer is C.',
  'the answer is (D)',
  'It is refused (A).',
  'B) It waits.',
  'See option A, which waits.',
])('a letter that names an option is found: %s', (text) => {
  expect(proseProblems(text)).toHaveLength(1);
});

test.each([
  'An answer a learner can read.',
  'The second form has an `a` in front (`aget`).',
  'One option is to wait. A view that waits is no worse.',
  'Class `Option A` is code.',
  'It answers `await (A)` at once.',
])('words that only look like it are left alone: %s', (text) => {
  expect(proseProblems(text)).toEqual([]);
});

test.each(['This is **bold**.', 'See [here](x).', 'Use <b>this</b>.', '# A heading', 'An `odd one.'])(
  'markup is found: %s',
  (text) => {
    expect(proseProblems(text)).toHaveLength(1);
  },
);

test('comparisons and code are no markup', () => {
  expect(proseProblems('When 1 < 2 and `<b>` or `a ** b` stand in code.')).toEqual([]);
});

test('a token is found as a whole word only', () => {
  const program = 'user = get_user()\nUser.objects.get()\nawait x';
  expect(lineWithWord(program, 'get')).toBe(1);
  expect(lineWithWord(program, 'wait')).toBe(-1);
  expect(lineWithWord(program, 'objects.get()')).toBe(1);
});
