import { findLesson, type ServedCatalogue, type ServedLesson } from '#lib/domain/catalogue.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentExercise } from '#lib/domain/present-exercise.ts';
import { presentCatalogue, presentLesson } from '#lib/domain/present-lesson.ts';
import type { Pool } from '#lib/domain/exercise.ts';
import type { CatalogueView, ExerciseView, LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowLessonDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectLatestRounds' | 'selectSolved' | 'selectModes'>;
  highlight: HighlightCode;
}

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
  const ofPool = served.exercises.filter(({ exercise }) => exercise.pool === pool);
  const uids = ofPool.map(({ exercise }) => exercise.uid);
  const [rounds, lesson] = await Promise.all([
    deps.store.selectLatestRounds(learnerId, uids),
    presentTo(deps, learnerId, served),
  ]);
  const exercises = ofPool.map((shown) =>
    presentExercise(shown, learnerId, rounds.get(shown.exercise.uid), deps.highlight),
  );
  return { lesson, exercises };
}
