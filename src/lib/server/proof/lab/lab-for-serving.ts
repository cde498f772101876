/** The proofs of labs that a page may rest on, without running anything. */
import type { Lesson } from '#lib/domain/exercise.ts';
import type { LabProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../../content/load-catalogue.ts';
import { readLock } from '../proof-lock.ts';
import { proofsOfLessons } from '../proofs-of-lessons.ts';
import { isLockOfLab, labFromLock } from './lock-lab.ts';
import {
  findLabProof,
  labKey,
  lastingLabKey,
  type LabBench,
  type LabKeyParts,
} from './prove-lab.ts';

type Kept = Pick<LabBench, 'keeper' | 'labRuns'>;

/**
 * One proof for each lesson that has a lab: the one made on this host with the software at hand; else the newest that
 * it made, where the lesson's lock says that it still holds. Without a run of each scenario nothing is proven, and the
 * finding says so. What is wrong in the file refutes it.
 * @param parts - What proofs of this host are named by; null where the runtime is unknown.
 * @returns By the lesson's id.
 */
export function labForServing(
  loaded: LoadedCatalogue,
  kept: Kept,
  parts: LabKeyParts | null,
): Promise<Map<string, LabProof>> {
  return proofsOfLessons(loaded, (lesson) => ofLesson(lesson, kept, parts), 'isOfLab');
}

async function ofLesson(
  lesson: Lesson,
  kept: Kept,
  parts: LabKeyParts | null,
): Promise<LabProof | null> {
  const { lab } = lesson;
  if (!lab) return null;
  const own = parts && (await findLabProof(lab, labKey(lesson, lab, parts), kept));
  if (own) return own;
  const { lock } = await readLock(lesson.folder);
  const last = isLockOfLab(lab, lock?.lab)
    ? await findLabProof(lab, lastingLabKey(lesson, lab), kept)
    : null;
  return last ?? labFromLock(lesson, lock?.lab);
}
