import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { dayOf } from '#lib/domain/day.ts';
import { isOfReview } from '#lib/domain/review/card-exercises.ts';
import { cardKey } from '#lib/domain/review/lesson-cards.ts';
import type { Store } from '../store/port.ts';

export interface IsDrawnNowDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectReviewDraws'>;
  now: () => Date;
}

/**
 * Whether the review asks this learner this exercise today, be it answered already. A day more or less does not matter:
 * who began before midnight may go on after it, and the time zone may have become known meanwhile.
 */
export async function isDrawnNow(
  { catalogue, store, now }: IsDrawnNowDeps,
  { learnerId, zone }: { learnerId: string; zone: string },
  { lesson: lessonId, exercise: uid }: { lesson: string; exercise: string },
): Promise<boolean> {
  const lesson = findLesson(catalogue, lessonId);
  const served = lesson && findExercise(lesson, uid);
  if (!served || !isOfReview(served)) return false;
  const today = dayOf(now(), zone);
  const draws = await store.selectReviewDraws(learnerId, { from: today - 1, to: today + 1 });
  const card = cardKey(lessonId, served.exercise.objective);
  return draws.some((draw) => draw.exerciseUid === uid && draw.card === card);
}
