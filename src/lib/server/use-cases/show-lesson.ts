import {
  findLesson,
  type ServedCatalogue,
  type ServedExercise,
  type ServedLesson,
} from '#lib/domain/catalogue.ts';
import { presentBadge } from '#lib/domain/present-badge.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentExercise } from '#lib/domain/present-exercise.ts';
import { presentCatalogue, presentLesson } from '#lib/domain/present-lesson.ts';
import type { Pool } from '#lib/domain/exercise.ts';
import type { BadgeView, CatalogueView, ExerciseView, LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowLessonDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectLatestRounds' | 'selectRounds' | 'selectSolved' | 'selectModes'>;
  highlight: HighlightCode;
}

const ofPool = ({ exercises }: ServedLesson, pool: Pool) =>
  exercises.filter(({ exercise }) => exercise.pool === pool);

const uidsOf = (exercises: readonly ServedExercise[]) =>
  exercises.map(({ exercise }) => exercise.uid);

/** The lesson as this learner has come in it. */
async function presentTo(
  { store }: Pick<ShowLessonDeps, 'store'>,
  learnerId: string,
  served: ServedLesson,
): Promise<LessonView> {
  const [solved, kept] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, served.lesson.id),
  ]);
  return presentLesson(served, solved, kept);
}

/** Every lesson, with how far this learner has come in it. */
export async function showCatalogue(
  { catalogue, store }: ShowLessonDeps,
  learnerId: string,
): Promise<CatalogueView> {
  const [solved, kept] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, null),
  ]);
  return presentCatalogue(catalogue.lessons.map((served) => presentLesson(served, solved, kept)));
}

/** @returns The lesson, or null when there is none of that id. */
export async function showLesson(
  deps: ShowLessonDeps,
  learnerId: string,
  lessonId: string,
): Promise<LessonView | null> {
  const served = findLesson(deps.catalogue, lessonId);
  return served ? presentTo(deps, learnerId, served) : null;
}

/** @returns The lesson with the exercises of one pool as this learner sees them, or null. */
export async function showExercises(
  deps: ShowLessonDeps,
  learnerId: string,
  lessonId: string,
  pool: Pool,
): Promise<{ lesson: LessonView; exercises: ExerciseView[] } | null> {
  const served = findLesson(deps.catalogue, lessonId);
  if (!served) return null;
  const all = ofPool(served, pool);
  const [rounds, lesson] = await Promise.all([
    deps.store.selectLatestRounds(learnerId, uidsOf(all)),
    presentTo(deps, learnerId, served),
  ]);
  const exercises = all.map((shown) =>
    presentExercise(shown, learnerId, rounds.get(shown.exercise.uid), deps.highlight),
  );
  return { lesson, exercises };
}

/** @returns The lesson with its challenge and this learner's badge; null when it has no challenge. */
export async function showChallenge(
  deps: ShowLessonDeps,
  learnerId: string,
  lessonId: string,
): Promise<{ lesson: LessonView; exercises: ExerciseView[]; badge: BadgeView } | null> {
  const served = findLesson(deps.catalogue, lessonId);
  if (!served?.lesson.exercises.some(({ pool }) => pool === 'challenge')) return null;
  const all = ofPool(served, 'challenge');
  const [rounds, lesson] = await Promise.all([
    deps.store.selectRounds(learnerId, uidsOf(all)),
    presentTo(deps, learnerId, served),
  ]);
  const exercises = all.map((shown) => {
    const latest = rounds.get(shown.exercise.uid)?.at(-1);
    return presentExercise(shown, learnerId, latest, deps.highlight);
  });
  return { lesson, exercises, badge: presentBadge(all, rounds) };
}
