/** Takes proofs from a lock, for a host that cannot run anything. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import { documentsOf } from '#lib/domain/lesson-documents.ts';
import type { ExerciseProof, LessonProof } from '#lib/domain/proof.ts';
import { documentFromLock } from './prose/documents-for-serving.ts';
import type { JsonValue } from '#lib/domain/run.ts';
import { kindProofOf } from './kinds/kind-proofs.ts';
import { labFromLock } from './lab/lock-lab.ts';
import { lockFile, type LockedExercise, type ProofLock } from './proof-lock.ts';
import { visualizeFromLock } from './visualize/lock-visualize.ts';

/**
 * What a lock says of a lesson's exercises. An exercise is proven by it when the lock is of the
 * exercise as it stands and every answer that it has came out as declared.
 */
export function proofFromLock(lesson: Lesson, lock: ProofLock | null): LessonProof {
  const exercises = lesson.exercises.map((exercise): ExerciseProof => {
    const locked = lock?.exercises.find((each) => each.uid === exercise.uid);
    const proof = locked && lock ? lockedProof(exercise, locked, lock) : null;
    if (proof) return proof;
    return {
      ...{ uid: exercise.uid, id: exercise.id, kind: exercise.kind, status: 'unproven' },
      findings: [notInLock(lesson, exercise, locked !== undefined)],
      ...{ answers: [], contentVersion: exercise.contentVersion, runs: 0, possible: null },
      ...{ versions: {}, provenAt: null },
    };
  });
  const documents = documentsOf(lesson).map((each) => documentFromLock(lesson, each, lock));
  const visualize = visualizeFromLock(lesson, lock?.visualize);
  const lab = labFromLock(lesson, lock?.lab);
  return { id: lesson.id, findings: [], exercises, documents, visualize, lab };
}

function notInLock(lesson: Lesson, exercise: Exercise, stale: boolean): Finding {
  return {
    ...(exercise.places[''] ?? { file: lockFile(lesson), line: 1 }),
    expected: 'a proof of the exercise as it stands',
    found: stale ? 'a proof lock that is not of this version of it' : 'none in the proof lock',
    fix: 'Run `assay verify` on a host with a jail and write the lock there: `assay lock`.',
  };
}

function lockedProof(
  exercise: Exercise,
  locked: LockedExercise,
  lock: ProofLock,
): ExerciseProof | null {
  if (locked.contentVersion !== exercise.contentVersion) return null;
  if (!kindProofOf(exercise).isWhole(exercise, locked.answers)) return null;
  const answers = locked.answers.map(({ answer, declared, observed, evidence }) => {
    const found = locked.evidence.find((each) => each.id === evidence);
    if (!found || declared !== observed) return null;
    const values = found.values as Record<string, JsonValue>;
    const { outcome, error } = found;
    return { answer, declared, observed, outcome, error, evidence: { ...found, values } };
  });
  if (answers.includes(null)) return null;
  return {
    ...{ uid: exercise.uid, id: exercise.id, kind: exercise.kind, status: 'proven', findings: [] },
    answers: answers.filter((answer) => answer !== null),
    ...{ contentVersion: exercise.contentVersion, runs: locked.runs },
    possible: locked.possible ?? null,
    ...{ versions: lock.versions, provenAt: null },
  };
}
