/** What is said of an answer in words, on the page and to those who listen to it. */
import type { AttemptView, ExerciseView } from '../domain/views.ts';
import { cardKindOf } from './card-kinds.ts';
import { attemptsLeft, counted, listed } from './wording.ts';

/** Which blanks are right and which are not; empty where there is only one. */
export function blanksText(attempt: AttemptView): string {
  if (attempt.verdict === 'right' || attempt.rightBlanks.length < 2) return '';
  const sentence = (held: boolean, word: string): string => {
    const numbers = attempt.rightBlanks.flatMap((right, index) =>
      right === held ? [String(index + 1)] : [],
    );
    if (numbers.length === 0) return '';
    return numbers.length === 1
      ? `Blank ${numbers[0]} is ${word}.`
      : `Blanks ${listed(numbers)} are ${word}.`;
  };
  return [sentence(true, 'right'), sentence(false, 'wrong')].filter(Boolean).join(' ');
}

/** An answer in the learner's own terms: its tokens, or the text of the option. */
export function answerText(exercise: ExerciseView, answer: string[]): string {
  return cardKindOf(exercise).text(exercise, answer);
}

/** The last result of a round, to be announced. */
export function announced(exercise: ExerciseView): string {
  const { attempts, attemptsAllowed, ending } = exercise.round;
  const last = attempts.at(-1);
  if (!last) return '';
  if (last.verdict === 'right') return `Right. ${last.evidence?.sentence ?? ''}`.trim();
  const left =
    ending === null
      ? `${attemptsLeft(attemptsAllowed, attempts.length)}.`
      : `${counted(attemptsAllowed ?? attempts.length, 'attempt')} used. The answer is shown.`;
  return ['Wrong.', blanksText(last), last.evidence?.sentence ?? '', left]
    .filter(Boolean)
    .join(' ');
}
