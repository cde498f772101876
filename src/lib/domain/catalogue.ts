/** The lessons that are served, each exercise with the proof that lets it be shown. */
import type { Exercise, Lesson } from './exercise.ts';
import type { ExerciseProof, LessonProof } from './proof.ts';

export interface ServedExercise {
  exercise: Exercise;
  proof: ExerciseProof;
}

export interface ServedLesson {
  lesson: Lesson;
  /** Only proven ones, but for their author: what is refuted or unproven is not shown to learners. */
  exercises: ServedExercise[];
  heldBack: number;
}

export interface ServedCatalogue {
  lessons: ServedLesson[];
}

/** @returns The lesson with this id, or undefined. */
export function findLesson(catalogue: ServedCatalogue, id: string): ServedLesson | undefined {
  return catalogue.lessons.find((served) => served.lesson.id === id);
}

/** @returns The exercise with this uid in the lesson, or undefined. */
export function findExercise(lesson: ServedLesson, uid: string): ServedExercise | undefined {
  return lesson.exercises.find((served) => served.exercise.uid === uid);
}

/**
 * Holds a catalogue's exercises against the proofs there are.
 * @param proofs - By exercise uid. A proof of another content version proves nothing.
 */
export function serveProven(
  lessons: Lesson[],
  proofs: ReadonlyMap<string, ExerciseProof>,
): ServedCatalogue {
  return {
    lessons: lessons.map((lesson) => {
      const exercises = lesson.exercises.flatMap((exercise) => {
        const proof = proofs.get(exercise.uid);
        const isProven =
          proof?.status === 'proven' && proof.contentVersion === exercise.contentVersion;
        return isProven ? [{ exercise, proof }] : [];
      });
      return { lesson, exercises, heldBack: lesson.exercises.length - exercises.length };
    }),
  };
}

/** A catalogue as its author sees it while writing: every exercise that can be shown, proven or not. */
export function serveToAuthor(lessons: Lesson[], proofs: readonly LessonProof[]): ServedCatalogue {
  return {
    lessons: lessons.map((lesson) => {
      const known = proofs.find(({ id }) => id === lesson.id)?.exercises ?? [];
      const exercises = lesson.exercises.map((exercise) => {
        const proof = known.find(({ uid, id }) => uid === exercise.uid && id === exercise.id);
        return { exercise, proof: proof ?? notProvenYet(exercise) };
      });
      return { lesson, exercises, heldBack: 0 };
    }),
  };
}

function notProvenYet({ uid, id, kind, contentVersion }: Exercise): ExerciseProof {
  return {
    ...{ uid, id, kind, contentVersion, status: 'unproven', findings: [], answers: [] },
    ...{ possible: null, runs: 0, versions: {}, provenAt: null },
  };
}
