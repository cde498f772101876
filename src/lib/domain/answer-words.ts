/** Answers as a person can read them, where they are kept by names. */
import { arrangedText, toArrangement } from './arrangement.ts';
import type { Exercise } from './exercise.ts';
import { believedOutput } from './outputs.ts';

/**
 * An answer in its author's words.
 * @returns The lines of an order, or the output that was foretold; for any other kind, and for an answer
 *   that the exercise as it stands does not know, the answer itself.
 */
export function answerInWords(exercise: Exercise, answer: string[]): string[] {
  if (exercise.kind === 'order') {
    const placed = toArrangement(exercise, answer);
    return placed ? arrangedText(exercise, placed) : answer;
  }
  if (exercise.kind === 'predict' && exercise.ask === 'choose') {
    const believed = believedOutput(exercise, answer);
    return believed ? [believed.output] : answer;
  }
  return answer;
}
