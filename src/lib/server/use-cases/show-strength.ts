import { findLesson, type ServedCatalogue, type ServedLesson } from '#lib/domain/catalogue.ts';
import { dayOf } from '#lib/domain/day.ts';
import { estimatesOf } from '#lib/domain/strength/item-model.ts';
import {
  isAnything,
  lessonStrengthOf,
  practisedLessons,
  strengthOf,
  type LessonPractice,
} from '#lib/domain/strength/lesson-strength.ts';
import type { LessonStrength, StrengthView } from '#lib/domain/strength/strength-view.ts';
import type { Store } from '../store/port.ts';

export interface ShowStrengthDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectPractice' | 'selectSittings' | 'selectItemModels'>;
  now: () => Date;
}

/** Whose strength it is, and where they are: `locals` of a request has both. */
export interface StrengthOwner {
  learnerId: string;
  zone: string;
}

/** How the learner stands in each lesson of which they have answered anything; by the lesson's id. */
export async function showStrengths(
  deps: ShowStrengthDeps,
  owner: StrengthOwner,
): Promise<Record<string, StrengthView>> {
  const today = dayOf(deps.now(), owner.zone);
  const practised = await readPractice(deps, owner, null);
  return Object.fromEntries(
    practised
      .map((practice) => [practice.served.lesson.id, strengthOf(practice, today)] as const)
      .filter(([, strength]) => isAnything(strength)),
  );
}

/** @returns Null: there is no such lesson, or the learner has answered nothing of it. */
export async function showLessonStrength(
  deps: ShowStrengthDeps,
  owner: StrengthOwner,
  lessonId: string,
): Promise<LessonStrength | null> {
  const [practice] = await readPractice(deps, owner, lessonId);
  return practice ? lessonStrengthOf(practice, dayOf(deps.now(), owner.zone)) : null;
}

/** What the learner did in each lesson of which there is anything. @param lessonId - Null: all lessons. */
async function readPractice(
  { catalogue, store }: ShowStrengthDeps,
  { learnerId, zone }: StrengthOwner,
  lessonId: string | null,
): Promise<LessonPractice[]> {
  const [rounds, sittings] = await Promise.all([
    store.selectPractice(learnerId),
    store.selectSittings(learnerId, lessonId),
  ]);
  const practised = practisedLessons(lessonsOf(catalogue, lessonId), { rounds, sittings });
  const exercises = practised.flatMap(({ met }) => met);
  const kept = await store.selectItemModels(exercises.map(({ exercise }) => exercise.uid));
  const estimates = estimatesOf(exercises, kept);
  return practised.map(({ served }) => ({ served, rounds, sittings, estimates, zone }));
}

function lessonsOf(catalogue: ServedCatalogue, lessonId: string | null): ServedLesson[] {
  if (lessonId === null) return catalogue.lessons;
  const found = findLesson(catalogue, lessonId);
  return found ? [found] : [];
}
