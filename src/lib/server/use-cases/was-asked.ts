import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Exercise } from '#lib/domain/exercise.ts';
import { hasEnded } from '#lib/domain/sitting.ts';
import type { Store } from '../store/port.ts';

export interface WasAskedDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSittings'>;
}

/**
 * The exercise, if a Test that is over has asked this learner for it: of those they may speak, as they have seen all of it.
 * @returns Null for all others, so that nobody learns which exercises there are.
 */
export async function findWasAsked(
  { catalogue, store }: WasAskedDeps,
  learnerId: string,
  lessonId: string,
  uid: string,
): Promise<Exercise | null> {
  const served = findLesson(catalogue, lessonId);
  const exercise = served && findExercise(served, uid)?.exercise;
  if (exercise?.pool !== 'test') return null;
  const over = (await store.selectSittings(learnerId, lessonId)).filter(hasEnded);
  const isThere = over.some(({ items }) => items.some(({ exerciseUid }) => exerciseUid === uid));
  return isThere ? exercise : null;
}
