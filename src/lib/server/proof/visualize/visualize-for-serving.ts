/** The proofs of recorded programs that a page may rest on, without running anything. */
import type { Lesson } from '#lib/domain/exercise.ts';
import type { VisualizeProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../../content/load-catalogue.ts';
import { readLock } from '../proof-lock.ts';
import { proofsOfLessons } from '../proofs-of-lessons.ts';
import type { ProofKeyParts } from '../prove-catalogue.ts';
import { isLockOf, visualizeFromLock } from './lock-visualize.ts';
import {
  findVisualizeProof,
  lastingKey,
  visualizeKey,
  type VisualizeBench,
} from './prove-visualize.ts';

type Kept = Pick<VisualizeBench, 'keeper' | 'recordings'>;

/**
 * One proof for each lesson that shows a recorded program: the one made on this host with the software at hand; else
 * the newest that it made, where the lesson's lock says that it still holds. Without a recording nothing is proven,
 * and the finding says so. What is wrong in the file refutes it.
 * @returns By the lesson's id.
 */
export function visualizeForServing(
  loaded: LoadedCatalogue,
  kept: Kept,
  parts: ProofKeyParts | null,
): Promise<Map<string, VisualizeProof>> {
  return proofsOfLessons(loaded, (lesson) => ofLesson(lesson, kept, parts), 'isOfVisualize');
}

async function ofLesson(
  lesson: Lesson,
  kept: Kept,
  parts: ProofKeyParts | null,
): Promise<VisualizeProof | null> {
  const { visualize } = lesson;
  if (!visualize) return null;
  const key = parts && visualizeKey(lesson, visualize, parts);
  const own = key && (await findVisualizeProof(visualize, key, kept));
  if (own) return own;
  const { lock } = await readLock(lesson.folder);
  const last = isLockOf(visualize, lock?.visualize)
    ? await findVisualizeProof(visualize, lastingKey(lesson, visualize), kept)
    : null;
  return last ?? visualizeFromLock(lesson, lock?.visualize);
}
