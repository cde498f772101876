import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Lesson } from '#lib/domain/exercise.ts';
import { mayGiveKudos, type KudosView } from '#lib/domain/kudos.ts';
import type { Store } from '../store/port.ts';

export interface KudosDeps {
  catalogue: ServedCatalogue;
  store: Pick<
    Store,
    'giveKudos' | 'takeBackKudos' | 'countKudos' | 'selectKudos' | 'selectModes' | 'selectPractice'
  >;
  now: () => Date;
}

export interface LearnersLesson {
  learnerId: string;
  lessonId: string;
}

/** @returns Null when there is no such lesson. */
export async function showKudos(
  { catalogue, store }: Pick<KudosDeps, 'catalogue' | 'store'>,
  { learnerId, lessonId }: LearnersLesson,
): Promise<KudosView | null> {
  const served = findLesson(catalogue, lessonId);
  if (!served) return null;
  const [counts, given] = await Promise.all([
    store.countKudos([lessonId]),
    store.selectKudos(learnerId),
  ]);
  const isGiven = given.has(lessonId);
  const mayGive = isGiven || (await mayGiveNow(store, learnerId, served.lesson));
  return { count: counts.get(lessonId) ?? 0, isGiven, mayGive };
}

/** `refused`: the learner has done nothing of the lesson; nothing was written. */
export async function giveKudos(
  { catalogue, store, now }: KudosDeps,
  { learnerId, lessonId }: LearnersLesson,
): Promise<'given' | 'refused' | 'not-found'> {
  const served = findLesson(catalogue, lessonId);
  if (!served) return 'not-found';
  if (!(await mayGiveNow(store, learnerId, served.lesson))) return 'refused';
  await store.giveKudos({ learnerId, lessonId, at: now().toISOString() });
  return 'given';
}

/** Takes back what was given, of a lesson that is not served any more as well. */
export async function takeBackKudos(
  { store }: Pick<KudosDeps, 'store'>,
  { learnerId, lessonId }: LearnersLesson,
): Promise<void> {
  await store.takeBackKudos(learnerId, lessonId);
}

async function mayGiveNow(
  store: Pick<Store, 'selectModes' | 'selectPractice'>,
  learnerId: string,
  lesson: Lesson,
): Promise<boolean> {
  const [modes, rounds] = await Promise.all([
    store.selectModes(learnerId, lesson.id),
    store.selectPractice(learnerId),
  ]);
  return mayGiveKudos(lesson, rounds, modes);
}
