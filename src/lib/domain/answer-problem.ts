/** What keeps an answer from being judged: then no attempt is used. */
import { toArrangement } from './arrangement.ts';
import { codeAnswerProblem } from './code-answer.ts';
import type { Exercise, OrderExercise, PredictExercise } from './exercise.ts';
import { recallProblem } from './recall.ts';

/** @returns A sentence for the learner; null when the answer can be judged. */
export function answerProblem(exercise: Exercise, answer: readonly string[]): string | null {
  switch (exercise.kind) {
    case 'blanks':
      return blanksProblem(answer);
    case 'choice':
      return answer[0] ? null : 'Choose an option first. This did not use an attempt.';
    case 'predict':
      return predictProblem(exercise, answer);
    case 'order':
      return orderProblem(exercise, answer);
    case 'fix':
    case 'write':
      return codeAnswerProblem(exercise, answer);
    case 'recall':
      return recallProblem(exercise, answer);
  }
}

function blanksProblem(answer: readonly string[]): string | null {
  const empty = answer.flatMap((token, index) => (token === '' ? [index + 1] : []));
  if (empty.length === 0) return null;
  const blanks = empty.length === 1 ? `Blank ${empty[0]} is` : `Blanks ${empty.join(' and ')} are`;
  return `${blanks} still empty. This did not use an attempt.`;
}

/** What is typed is a few lines; more than this was put there by a machine. In characters. */
const longestTyped = 4000;

function predictProblem({ ask }: PredictExercise, [given = '']: readonly string[]): string | null {
  if (ask === 'choose')
    return given ? null : 'Choose an output first. This did not use an attempt.';
  if (given.trim() === '') return 'Type what is printed first. This did not use an attempt.';
  return given.length > longestTyped ? 'That is too long. This did not use an attempt.' : null;
}

function orderProblem(exercise: OrderExercise, answer: readonly string[]): string | null {
  if (toArrangement(exercise, answer)) return null;
  const { length } = exercise.lines;
  return answer.length < length
    ? `Place ${length} lines first: there are ${answer.length} yet. This did not use an attempt.`
    : 'That is no order of these lines. This did not use an attempt.';
}
