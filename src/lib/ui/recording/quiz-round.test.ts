import { expect, test } from 'vitest';
import type { QuestionView } from '../../domain/visualize-view.ts';
import { roundOf, withAnswered } from './quiz-round.ts';

const why = [{ text: 'Because.', code: false }];
const question: QuestionView = {
  id: 'q1',
  ask: [],
  options: ['a', 'b', 'c'].map((id) => ({ id, text: [] })),
  answers: [],
  reasons: {},
};

test('a question is open until it was answered right', () => {
  const wrong = { option: 'a', verdict: 'wrong' as const, why, step: null };
  const open = roundOf({ ...question, answers: [wrong] });
  expect(open).toMatchObject({ ending: null, solution: null, attempts: [{ answer: ['a'] }] });
});

test('after the right answer all reasons are told', () => {
  const right = { option: 'b', verdict: 'right' as const, why, step: 3 };
  const over = roundOf({ ...question, answers: [right], reasons: { a: why, b: why } });
  expect(over).toMatchObject({
    ending: 'right',
    solution: { answers: [['b']], reasons: { a: why } },
  });
});

test('an answered question takes its own place only', () => {
  const answered = {
    ...question,
    answers: [{ option: 'a', verdict: 'wrong' as const, why, step: 1 }],
  };
  const other = { ...question, id: 'q2' };
  expect(withAnswered([question, other], answered)).toEqual([answered, other]);
  expect(withAnswered([question, other], null)).toEqual([question, other]);
});
