/** What keeps an answer from being judged: then no attempt is used. */
import { codeAnswerProblem } from './code-answer.ts';
import type { Exercise } from './exercise.ts';

/** @returns A sentence for the learner; null when the answer can be judged. */
export function answerProblem(exercise: Exercise, answer: readonly string[]): string | null {
  switch (exercise.kind) {
    case 'blanks':
      return blanksProblem(answer);
    case 'choice':
      return answer[0] ? null : 'Choose an option first. This did not use an attempt.';
    case 'fix':
    case 'write':
      return codeAnswerProblem(exercise, answer);
    default:
      return null;
  }
}

function blanksProblem(answer: readonly string[]): string | null {
  const empty = answer.flatMap((token, index) => (token === '' ? [index + 1] : []));
  if (empty.length === 0) return null;
  const blanks = empty.length === 1 ? `Blank ${empty[0]} is` : `Blanks ${empty.join(' and ')} are`;
  return `${blanks} still empty. This did not use an attempt.`;
}
