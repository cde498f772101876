/** The lessons that are served, each exercise with the proof that lets it be shown. */
import type { Exercise, Lesson } from './exercise.ts';
import type { LessonDocument } from './document.ts';
import { documentsOf } from './lesson-documents.ts';
import type { LessonLab } from './lesson-lab.ts';
import type {
  DocumentProof,
  ExerciseProof,
  LabProof,
  LessonProof,
  VisualizeProof,
} from './proof.ts';
import type { Visualize } from './visualize.ts';

export interface ServedExercise {
  exercise: Exercise;
  proof: ExerciseProof;
}

export interface ServedDocument {
  document: LessonDocument;
  proof: DocumentProof;
}

export interface ServedVisualize {
  visualize: Visualize;
  proof: VisualizeProof;
  /** Names the recording that is shown. */
  recording: string;
}

export interface ServedLab {
  lab: LessonLab;
  proof: LabProof;
}

export interface ServedLesson {
  lesson: Lesson;
  /** Only proven ones, but for their author: what is refuted or unproven is not shown to learners. */
  exercises: ServedExercise[];
  heldBack: number;
  /** Of the reading modes and of the project, as for exercises. */
  documents: ServedDocument[];
  /** Null: nothing recorded can be shown, be it that there is nothing or that it is held back. */
  visualize: ServedVisualize | null;
  /** Null: no measured run can be shown, be it that there is none or that they are held back. */
  lab: ServedLab | null;
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

/** @returns The lesson's document of this name (`learn`, `brief`), or undefined. */
export function findDocument(lesson: ServedLesson, name: string): ServedDocument | undefined {
  return lesson.documents.find((served) => served.document.name === name);
}

/**
 * Holds a catalogue's exercises and documents against the proofs there are.
 * @param proofs - By exercise uid. A proof of another content version proves nothing.
 * @param ofDocuments - By the lesson's id.
 * @param ofVisualize - By the lesson's id. Without a recording nothing can be shown.
 * @param ofLabs - By the lesson's id. Without a run of each scenario nothing can be shown.
 */
export function serveProven(
  lessons: Lesson[],
  proofs: ReadonlyMap<string, ExerciseProof>,
  ofDocuments: ReadonlyMap<string, DocumentProof[]> = new Map(),
  ofVisualize: ReadonlyMap<string, VisualizeProof> = new Map(),
  ofLabs: ReadonlyMap<string, LabProof> = new Map(),
): ServedCatalogue {
  return {
    lessons: lessons.map((lesson) => {
      const exercises = lesson.exercises.flatMap((exercise) => {
        const proof = proofs.get(exercise.uid);
        const isProven =
          proof?.status === 'proven' && proof.contentVersion === exercise.contentVersion;
        return isProven ? [{ exercise, proof }] : [];
      });
      const known = ofDocuments.get(lesson.id) ?? [];
      const documents = documentsOf(lesson).flatMap((document) => {
        const proof = proofOfDocument(document, known);
        return proof?.status === 'proven' ? [{ document, proof }] : [];
      });
      const heldBack = lesson.exercises.length - exercises.length;
      const visualize = serveVisualize(lesson, ofVisualize.get(lesson.id));
      const lab = serveLab(lesson, ofLabs.get(lesson.id));
      return { lesson, exercises, heldBack, documents, visualize, lab };
    }),
  };
}

/** A catalogue as its author sees it while writing: every exercise that can be shown, proven or not. */
export function serveToAuthor(lessons: Lesson[], proofs: readonly LessonProof[]): ServedCatalogue {
  return {
    lessons: lessons.map((lesson) => {
      const found = proofs.find(({ id }) => id === lesson.id);
      const known = found?.exercises ?? [];
      const exercises = lesson.exercises.map((exercise) => {
        const proof = known.find(({ uid, id }) => uid === exercise.uid && id === exercise.id);
        return { exercise, proof: proof ?? notProvenYet(exercise) };
      });
      const documents = documentsOf(lesson).map((document) => {
        const proof = proofOfDocument(document, found?.documents ?? []);
        return { document, proof: proof ?? documentNotProvenYet(document) };
      });
      // Refuted or not run, it has no steps at which anything is said.
      const visualize = serveVisualize(lesson, found?.visualize);
      const lab = serveLab(lesson, found?.lab);
      return { lesson, exercises, heldBack: 0, documents, visualize, lab };
    }),
  };
}

function serveVisualize(
  { visualize }: Lesson,
  proof: VisualizeProof | null | undefined,
): ServedVisualize | null {
  if (!visualize || proof?.status !== 'proven' || proof.recording === null) return null;
  const isOf = proof.contentVersion === visualize.contentVersion;
  return isOf ? { visualize, proof, recording: proof.recording } : null;
}

function serveLab({ lab }: Lesson, proof: LabProof | null | undefined): ServedLab | null {
  if (!lab || proof?.status !== 'proven' || proof.contentVersion !== lab.contentVersion)
    return null;
  return proof.scenarios.every(({ run }) => run !== null) ? { lab, proof } : null;
}

/** A proof of the document as it stands. */
function proofOfDocument(
  { name, contentVersion }: LessonDocument,
  proofs: DocumentProof[],
): DocumentProof | undefined {
  return proofs.find((proof) => proof.name === name && proof.contentVersion === contentVersion);
}

function documentNotProvenYet({ name, contentVersion }: LessonDocument): DocumentProof {
  return {
    ...{ name, contentVersion, status: 'unproven', findings: [], programs: [], compares: [] },
    ...{ runs: 0, versions: {}, provenAt: null },
  };
}

function notProvenYet({ uid, id, kind, contentVersion }: Exercise): ExerciseProof {
  return {
    ...{ uid, id, kind, contentVersion, status: 'unproven', findings: [], answers: [] },
    ...{ possible: null, runs: 0, versions: {}, provenAt: null },
  };
}
