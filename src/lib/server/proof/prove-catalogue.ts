/** Proves lessons and catalogues, and finds again what was proven before. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { CatalogueProof, ExerciseProof, LessonProof, OnProgress } from '#lib/domain/proof.ts';
import type { LoadedCatalogue } from '../content/load-catalogue.ts';
import type { LoadFinding } from '../content/finding.ts';
import { atMost } from './at-most.ts';
import { digestOf } from './digest.ts';
import type { Bench } from './observe.ts';
import { programsOf, proveExercise } from './prove-exercise.ts';
import { proveLab, type LabHost, type LabRunKeeper } from './lab/prove-lab.ts';
import { beginDocuments } from './prose/prove-documents.ts';
import {
  proveVisualize,
  recordedTimes,
  type RecordingKeeper,
} from './visualize/prove-visualize.ts';

/** Part of every key: a change to what proofs hold makes the old ones unfindable. */
const proofFormat = 1;

export interface ProofDeps extends Bench {
  /** ISO date and time. */
  now(): string;
  onProgress?: OnProgress;
  /** Where what is shown of recorded programs is kept; left out: nowhere. */
  recordings?: RecordingKeeper;
  /** What measures labs; left out: nothing does. */
  labHost?: LabHost;
  /** Digest of the lab's own Python. */
  labHarness?: string;
  /** Where the runs of labs that are shown are kept; left out: nowhere. */
  labRuns?: LabRunKeeper;
  /** Aborted, it starts no more programs and rejects. */
  signal?: AbortSignal;
  /** How many programs to hand to the sandbox at once; default 4. */
  atOnce?: number;
}

/** The parts of the bench that name a proof; a host without a jail may still know them. */
export type ProofKeyParts = Pick<Bench, 'runtime' | 'harness' | 'tier' | 'limits'>;

/** Names the kept proof of an exercise as it stands, on the software at hand. */
export function proofKey(exercise: Exercise, parts: ProofKeyParts): string {
  const { uid, contentVersion } = exercise;
  const { runtime, harness, tier, limits } = parts;
  return digestOf({ proofFormat, uid, contentVersion, runtime, harness, tier, limits });
}

/** Proves all that one lesson has; what is wrong with its files is not looked at. */
export async function proveLesson(lesson: Lesson, deps: ProofDeps): Promise<LessonProof> {
  const { lessons } = await proveCatalogue({ lessons: [lesson], findings: [] }, deps);
  return lessons[0]!;
}

/**
 * Proves every exercise, document, recorded program and lab that can be run and joins that with what is wrong in the
 * files.
 * With a keeper, what was proven before on the same software is not run again; without one,
 * everything is.
 * @throws The signal's reason, when it was aborted before all was run.
 */
export async function proveCatalogue(
  loaded: LoadedCatalogue,
  deps: ProofDeps,
): Promise<CatalogueProof> {
  const began = performance.now();
  const inOrder = atMost(deps.atOnce ?? 4);
  const inTurn = <T>(job: () => Promise<T>) =>
    inOrder(() => {
      deps.signal?.throwIfAborted();
      return job();
    });
  const progress = { done: 0, total: 0 };
  const bench = { ...deps, failedRows: new Map() };
  const begun = await Promise.all(
    loaded.lessons.map(async (lesson) => {
      const prove = (exercise: Exercise) => proveKept(exercise, lesson, bench, inTurn, progress);
      const told = documentProgress(lesson, deps, progress);
      const [exercises, finishDocuments] = await Promise.all([
        Promise.all(lesson.exercises.map(prove)),
        beginDocuments(lesson, { ...bench, inTurn, now: () => deps.now(), ...told }),
      ]);
      return { lesson, exercises, finishDocuments };
    }),
  );
  // What is measured or recorded is so when nothing else is run any more.
  const lessons: LessonProof[] = [];
  for (const { lesson, exercises, finishDocuments } of begun) {
    const { id } = lesson;
    const told = documentProgress(lesson, deps, progress);
    const visualize = await proveVisualize(lesson, {
      ...{ ...bench, inTurn, now: () => deps.now(), recordings: deps.recordings ?? null },
      onPlan: () => told.onPlan(recordedTimes),
      onRun: () => told.onRun('visualize'),
    });
    const documents = await finishDocuments();
    const lab = await proveLab(lesson, {
      ...{ ...bench, inTurn, now: () => deps.now(), labHarness: deps.labHarness ?? '' },
      ...{ labHost: deps.labHost ?? null, labRuns: deps.labRuns ?? null },
      onPlan: told.onPlan,
      onRun: () => told.onRun('performance'),
    });
    lessons.push({ id, findings: [], exercises, documents, visualize, lab });
  }
  const joined = withFindings(lessons, loaded.findings);
  return {
    runtime: deps.runtime,
    lessons: joined,
    totals: totalsOf(joined, Math.round(performance.now() - began)),
  };
}

function documentProgress(
  lesson: Lesson,
  deps: Pick<ProofDeps, 'onProgress'>,
  progress: { done: number; total: number },
) {
  return {
    onPlan: (programs: number) => void (progress.total += programs),
    onRun: (document: string) => {
      // Measured anew, a comparison takes more runs than were planned.
      progress.total = Math.max(progress.total, ++progress.done);
      deps.onProgress?.({ ...progress, lesson: lesson.id, exercise: document });
    },
  };
}

async function proveKept(
  exercise: Exercise,
  lesson: Lesson,
  deps: ProofDeps,
  inTurn: <T>(job: () => Promise<T>) => Promise<T>,
  progress: { done: number; total: number },
): Promise<ExerciseProof> {
  const key = proofKey(exercise, deps);
  const kept = await findProof(exercise, key, deps.keeper);
  if (kept) return kept;
  progress.total += programsOf(exercise);
  const proof = await proveExercise(exercise, lesson, {
    ...deps,
    inTurn,
    now: () => deps.now(),
    onRun: () => {
      progress.done++;
      deps.onProgress?.({ ...progress, lesson: lesson.id, exercise: exercise.id });
    },
  });
  if (proof.status === 'proven') {
    // Not kept, it is run again next time; that is all.
    await deps.keeper?.keep(key, proof).catch(() => undefined);
  }
  return proof;
}

/** The proof kept under a key, when it is one of this exercise as it stands. */
export async function findProof(
  exercise: Exercise,
  key: string,
  keeper: Bench['keeper'],
): Promise<ExerciseProof | null> {
  const kept = (await keeper?.find(key)) as ExerciseProof | null | undefined;
  if (!kept || kept.uid !== exercise.uid || kept.contentVersion !== exercise.contentVersion) {
    return null;
  }
  return { ...kept, id: exercise.id };
}

/** Proofs with what else was found of their lessons; a finding refutes the exercise or document it is about. */
export function withFindings(proofs: LessonProof[], findings: LoadFinding[]): LessonProof[] {
  const byId = new Map(proofs.map((proof) => [proof.id, structuredClone(proof)]));
  for (const { lesson = '', exercise, document, isOfVisualize, isOfLab, ...finding } of findings) {
    const proof = byId.get(lesson) ?? emptyProof(lesson);
    byId.set(lesson, proof);
    if (exercise) refute(proof, exercise, finding);
    else if (document !== undefined) refuteDocument(proof, document, finding);
    else if (isOfVisualize) refuteVisualize(proof, finding);
    else if (isOfLab) refuteLab(proof, finding);
    else proof.findings.push(finding);
  }
  return [...byId.values()];
}

function emptyProof(id: string): LessonProof {
  return { id, findings: [], exercises: [], documents: [], visualize: null, lab: null };
}

function refuteVisualize(proof: LessonProof, finding: Finding): void {
  proof.visualize ??= {
    ...{ status: 'refuted', findings: [], contentVersion: '', recording: null },
    ...{ moments: [], quiz: [], runs: 0, versions: {}, provenAt: null },
  };
  proof.visualize.status = 'refuted';
  proof.visualize.findings.push(finding);
}

function refuteLab(proof: LessonProof, finding: Finding): void {
  proof.lab ??= {
    ...{ status: 'refuted', findings: [], contentVersion: '', scenarios: [], claims: [] },
    ...{ machine: null, rounds: 0, runs: 0, versions: {}, provenAt: null },
  };
  proof.lab.status = 'refuted';
  proof.lab.findings.push(finding);
}

function refute(
  proof: LessonProof,
  named: NonNullable<LoadFinding['exercise']>,
  finding: Finding,
): void {
  const { uid, id, kind } = named;
  let found = proof.exercises.find((each) => each.uid === uid && each.id === id);
  if (!found) {
    // The file cannot be run; it takes its place in the report all the same.
    found = {
      ...{ uid, id, kind, status: 'refuted', findings: [], answers: [] },
      ...{ possible: null, contentVersion: '', runs: 0, versions: {}, provenAt: null },
    };
    proof.exercises.push(found);
  }
  found.status = 'refuted';
  found.findings.push(finding);
}

function refuteDocument(proof: LessonProof, name: string, finding: Finding): void {
  let found = proof.documents.find((each) => each.name === name);
  if (!found) {
    found = {
      ...{ name, status: 'refuted', findings: [], programs: [], compares: [] },
      ...{ contentVersion: '', runs: 0, versions: {}, provenAt: null },
    };
    proof.documents.push(found);
  }
  found.status = 'refuted';
  found.findings.push(finding);
}

/** Counts over lessons; `refuted` counts what is refuted, and findings that belong to nothing that can be. */
export function totalsOf(lessons: LessonProof[], ms: number): CatalogueProof['totals'] {
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  const documents = lessons.flatMap((lesson) => lesson.documents);
  const visualized = lessons.flatMap(({ visualize }) => visualize ?? []);
  const labs = lessons.flatMap(({ lab }) => lab ?? []);
  const all = [...exercises, ...documents, ...visualized, ...labs];
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    lessons: lessons.filter((lesson) => lesson.id !== '').length,
    exercises: exercises.length,
    answers: sum(exercises.map((exercise) => exercise.answers.length)),
    documents: documents.length,
    programs: sum(documents.map(({ programs, compares }) => programs.length + 2 * compares.length)),
    recordings: visualized.length,
    claims: sum(labs.map(({ claims }) => claims.length)),
    runs: sum(all.map(({ runs }) => runs)),
    refuted:
      all.filter(({ status }) => status === 'refuted').length +
      sum(lessons.map((lesson) => lesson.findings.length)),
    ms,
  };
}
