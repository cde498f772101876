/** The proofs that a page may rest on, without running anything. */
import type { Lesson } from '#lib/domain/exercise.ts';
import type { ExerciseProof } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../content/load-catalogue.ts';
import { findProof, proofKey, type ProofKeyParts } from './prove-catalogue.ts';
import type { ProofKeeper } from './proof-keeper.ts';
import { proofFromLock } from './proof-from-lock.ts';
import { readLock } from './proof-lock.ts';

/**
 * One proof for each exercise that was loaded: the one made on this host if it was kept, else the
 * one from the lesson's lock. An exercise in whose file something is wrong is refuted. Only those
 * with the status `proven` may be shown to learners.
 * @param parts - What proofs of this host are named by; null where the runtime is unknown.
 * @returns By uid.
 */
export async function proofsForServing(
  loaded: LoadedCatalogue,
  keeper: ProofKeeper | null,
  parts: ProofKeyParts | null,
): Promise<Map<string, ExerciseProof>> {
  const proofs = new Map<string, ExerciseProof>();
  const all = await Promise.all(loaded.lessons.map((each) => ofLesson(each, keeper, parts)));
  for (const proof of all.flat()) proofs.set(proof.uid, proof);
  for (const { exercise, lesson: _, ...finding } of loaded.findings) {
    const proof = exercise && proofs.get(exercise.uid);
    // A repeated uid refutes the second file only; the first of them is the one that was loaded.
    if (!proof || proof.id !== exercise.id) continue;
    proof.status = 'refuted';
    proof.findings.push(finding);
  }
  return proofs;
}

async function ofLesson(
  lesson: Lesson,
  keeper: ProofKeeper | null,
  parts: ProofKeyParts | null,
): Promise<ExerciseProof[]> {
  const { lock } = await readLock(lesson.folder);
  const locked = proofFromLock(lesson, lock).exercises;
  return Promise.all(
    lesson.exercises.map(async (exercise, index) => {
      const own = parts ? await findProof(exercise, proofKey(exercise, parts), keeper) : null;
      return own ?? locked[index]!;
    }),
  );
}
