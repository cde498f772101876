import { expect, test } from 'vitest';
import { answerInWords } from './answer-words.ts';
import type { Exercise } from './exercise.ts';

const order = {
  kind: 'order',
  lines: [
    { id: 'a', text: 'for x in y:' },
    { id: 'b', text: 'print(x)' },
  ],
  distractors: [],
} as unknown as Exercise;

const predict = (ask: string) =>
  ({ kind: 'predict', ask, wrong: [{ id: 'a', output: '1\n', why: 'w' }] }) as unknown as Exercise;

test.each<[string, Exercise, string[], string[]]>([
  ['lines in their order', order, ['0:a', '1:b'], ['for x in y:', '    print(x)']],
  ['an order of other lines', order, ['0:a', '1:c'], ['0:a', '1:c']],
  ['an output that was chosen', predict('choose'), ['a'], ['1\n']],
  ['an output that nobody wrote down', predict('choose'), ['b'], ['b']],
  ['an output that was typed', predict('type'), ['a'], ['a']],
  ['a filling', { kind: 'blanks' } as Exercise, ['a'], ['a']],
])('%s', (_, exercise, answer, words) => {
  expect(answerInWords(exercise, answer)).toEqual(words);
});
