import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { hasMode, isDoneByReader } from '#lib/domain/lesson-modes.ts';
import type { Store } from '../store/port.ts';

export interface KeepModeDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'openMode' | 'finishMode' | 'selectModes'>;
  now: () => Date;
}

export interface LearnersMode {
  learnerId: string;
  lessonId: string;
  /** The last part of the mode's address; anything else than a mode of the lesson is passed over. */
  mode: string;
}

/** Keeps that a learner opened the page of a mode, so that they are led back there. */
export async function openMode(deps: KeepModeDeps, opened: LearnersMode): Promise<void> {
  const lesson = findLesson(deps.catalogue, opened.lessonId);
  if (!lesson || !hasMode(lesson, opened.mode)) return;
  const [last] = await deps.store.selectModes(opened.learnerId, opened.lessonId);
  // Every act on a page loads it anew: only going to another one is worth a write.
  if (last?.mode === opened.mode) return;
  await deps.store.openMode({ ...opened, at: deps.now().toISOString() });
}

/**
 * Keeps that a learner is done with a mode, where it is they who say so.
 * @returns False when the lesson has no such mode.
 */
export async function finishMode(deps: KeepModeDeps, finished: LearnersMode): Promise<boolean> {
  const lesson = findLesson(deps.catalogue, finished.lessonId);
  if (!lesson || !isDoneByReader(finished.mode) || !hasMode(lesson, finished.mode)) return false;
  await deps.store.finishMode({ ...finished, at: deps.now().toISOString() });
  return true;
}
