import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { openItemOf } from '#lib/domain/sitting.ts';
import type { Store } from '../store/port.ts';

export interface IsAskedNowDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSittings'>;
}

/**
 * Whether this exercise is what a Test asks this learner now: until it is answered, it may be run as those of open
 * pools may be.
 */
export async function isAskedNow(
  { catalogue, store }: IsAskedNowDeps,
  learnerId: string,
  { lesson: lessonId, exercise: uid }: { lesson: string; exercise: string },
): Promise<boolean> {
  const served = findLesson(catalogue, lessonId);
  const exercise = served && findExercise(served, uid)?.exercise;
  if (exercise?.pool !== 'test') return false;
  const [newest] = await store.selectSittings(learnerId, lessonId);
  return newest !== undefined && openItemOf(newest)?.exerciseUid === uid;
}
