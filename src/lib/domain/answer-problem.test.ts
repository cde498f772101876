import { expect, test } from 'vitest';
import { answerProblem } from './answer-problem.ts';
import type { Exercise } from './exercise.ts';

const blanks = { kind: 'blanks' } as Exercise;
const choice = { kind: 'choice' } as Exercise;
const chosen = { kind: 'predict', ask: 'choose' } as Exercise;
const typed = { kind: 'predict', ask: 'type' } as Exercise;
const order = {
  kind: 'order',
  lines: [
    { id: 'a', text: 'x = 1' },
    { id: 'b', text: 'y = 2' },
  ],
  distractors: [{ id: 'c', text: 'z = 3', why: 'w' }],
} as unknown as Exercise;

test.each<[string, Exercise, string[], RegExp]>([
  ['an empty blank', blanks, ['a', ''], /Blank 2 is still empty/],
  ['two empty blanks', blanks, ['', ''], /Blanks 1 and 2 are still empty/],
  ['no option', choice, [''], /Choose an option/],
  ['no output', chosen, [], /Choose an output/],
  ['nothing typed', typed, [' \n'], /Type what is printed/],
  ['more typed than anyone types', typed, ['x'.repeat(5000)], /too long/],
  ['nothing placed', order, [], /Place 2 lines first: there are 0 yet/],
  ['too few lines', order, ['0:a'], /there are 1 yet/],
  ['too many lines', order, ['0:a', '0:b', '0:c'], /no order of these lines/],
  ['a line twice', order, ['0:a', '0:a'], /no order of these lines/],
  ['a line of another exercise', order, ['0:a', '0:x'], /no order of these lines/],
])('%s is no answer, and uses no attempt', (_, exercise, answer, problem) => {
  expect(answerProblem(exercise, answer)).toMatch(problem);
  expect(answerProblem(exercise, answer)).toMatch(/This did not use an attempt\.$/);
});

test.each<[string, Exercise, string[]]>([
  ['a filling', blanks, ['a', 'b']],
  ['an option', choice, ['a']],
  ['an output', chosen, ['a']],
  ['a typed output', typed, ['a\n']],
  ['an order', order, ['0:c', '3:b']],
])('%s can be judged', (_, exercise, answer) => {
  expect(answerProblem(exercise, answer)).toBeNull();
});
