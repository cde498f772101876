import { inOneForm, toAnswer, toArrangement } from './arrangement.ts';
import type { Exercise } from './exercise.ts';
import { visibleOutput } from './outputs.ts';
import { inRubricOrder } from './recall.ts';

/**
 * An answer in the one form of all that say the same: the same one given twice costs one attempt.
 * @param answer - `answerProblem` has found nothing wrong with it.
 */
export function normalAnswer(exercise: Exercise, answer: string[]): string[] {
  if (exercise.kind === 'predict' && exercise.ask === 'type') return answer.map(visibleOutput);
  if (exercise.kind === 'recall') return inRubricOrder(exercise, answer);
  if (exercise.kind !== 'order') return answer;
  const placed = toArrangement(exercise, answer);
  return placed ? toAnswer(inOneForm(exercise, placed)) : answer;
}
