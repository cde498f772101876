import { findLesson, type ServedCatalogue, type ServedLesson } from '#lib/domain/catalogue.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentExercise } from '#lib/domain/present-exercise.ts';
import { presentCatalogue, presentLesson } from '#lib/domain/present-lesson.ts';
import type { Pool } from '#lib/domain/exercise.ts';
import type { CatalogueView, ExerciseView, LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowLessonDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectLatestRounds' | 'selectSolved'>;
  highlight: HighlightCode;
}

const uidsOf = (served: ServedLesson) => served.exercises.map(({ exercise }) => exercise.uid);

/** Every lesson, with how far this learner has come in it. */
export async function showCatalogue(
  deps: ShowLessonDeps,
  learnerId: string,
): Promise<CatalogueView> {
  const { lessons } = deps.catalogue;
  const solved = await deps.store.selectSolved(learnerId);
  return presentCatalogue(lessons.map((served) => presentLesson(served, solved)));
}

/** @returns The lesson, or null when there is none of that id. */
export async function showLesson(
  deps: ShowLessonDeps,
  learnerId: string,
  lessonId: string,
): Promise<LessonView | null> {
  const served = findLesson(deps.catalogue, lessonId);
  if (!served) return null;
  return presentLesson(served, await deps.store.selectSolved(learnerId));
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
  const [rounds, solved] = await Promise.all([
    deps.store.selectLatestRounds(learnerId, uidsOf(served)),
    deps.store.selectSolved(learnerId),
  ]);
  const exercises = served.exercises
    .filter(({ exercise }) => exercise.pool === pool)
    .map((shown) =>
      presentExercise(shown, learnerId, rounds.get(shown.exercise.uid), deps.highlight),
    );
  return { lesson: presentLesson(served, solved), exercises };
}
