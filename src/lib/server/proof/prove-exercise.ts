/** Runs all of an exercise's answers, right and wrong, and compares with what its author declared. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { ExerciseProof } from '#lib/domain/proof.ts';
import { lessonFile } from './broken-parts.ts';
import { kindProofOf } from './kinds/kind-proofs.ts';
import type { ExerciseBench, ProofOutcome } from './kinds/kind.ts';

/** How many programs an exercise has to run, repetitions not counted. */
export function programsOf(exercise: Exercise): number {
  return kindProofOf(exercise).programsOf(exercise);
}

/** Proves an exercise by running it. Host trouble makes it unproven, never refuted. */
export async function proveExercise(
  exercise: Exercise,
  lesson: Lesson,
  bench: ExerciseBench,
): Promise<ExerciseProof> {
  const outcome =
    lesson.runtime === bench.runtime.name
      ? await kindProofOf(exercise).prove(exercise, lesson, bench)
      : otherRuntime(exercise, lesson, bench);
  const { answers, refuting, trouble, runs, possible } = outcome;
  return {
    uid: exercise.uid,
    id: exercise.id,
    kind: exercise.kind,
    status: refuting.length > 0 ? 'refuted' : trouble ? 'unproven' : 'proven',
    findings: [...refuting, ...(trouble ? [trouble] : [])],
    answers,
    possible,
    contentVersion: exercise.contentVersion,
    runs,
    versions: bench.runtime.versions,
    provenAt: bench.now(),
  };
}

function otherRuntime(
  exercise: Exercise,
  lesson: Lesson,
  bench: Pick<ExerciseBench, 'runtime'>,
): ProofOutcome {
  const finding: Finding = {
    file: lessonFile(exercise, 'lesson.yaml'),
    line: 1,
    expected: `the runtime \`${bench.runtime.name}\``,
    found: `\`${lesson.runtime}\``,
    fix: 'Name a runtime that is installed; `assay doctor` lists them.',
  };
  return { answers: [], refuting: [finding], trouble: null, runs: 0, possible: null };
}
