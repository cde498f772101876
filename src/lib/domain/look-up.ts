/** Finds what was proven of an answer, whatever its kind: the verdict of every kind that is closed. */
import { inOneForm, toAnswer, toArrangement } from './arrangement.ts';
import type { Exercise } from './exercise.ts';
import { sameAnswer } from './fillings.ts';
import { judgeTyped } from './outputs.ts';
import type { ExerciseProof, ProvenAnswer } from './proof.ts';

/**
 * @returns What was proven of this very answer. Undefined when it is none of those that were run: no
 *   answer at all for a closed kind, one that has yet to be run for an open kind.
 */
export function lookUp(
  exercise: Exercise,
  proof: Pick<ExerciseProof, 'answers'>,
  answer: string[],
): ProvenAnswer | undefined {
  if (exercise.kind === 'predict' && exercise.ask === 'type') {
    return judgeTyped(exercise, proof, answer[0] ?? '');
  }
  // What one says of one's own words was not run: the fact that they are about was.
  if (exercise.kind === 'recall') return proof.answers[0];
  let wanted = answer;
  if (exercise.kind === 'order') {
    const placed = toArrangement(exercise, answer);
    if (!placed) return undefined;
    // Lines of the same text are interchangeable.
    wanted = toAnswer(inOneForm(exercise, placed));
  }
  return proof.answers.find((proven) => sameAnswer(proven.answer, wanted));
}
