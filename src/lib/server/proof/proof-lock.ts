/**
 * The proof lock: what an exercise's runs came to, without clock readings, committed beside the
 * lesson. Its differences show what a new version changed, and a host without a jail serves from it.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { kinds, type Lesson } from '#lib/domain/exercise.ts';
import type { DocumentProof, Evidence, ExerciseProof, LessonProof } from '#lib/domain/proof.ts';
import { besideDocument, documentsOf } from '#lib/domain/lesson-documents.ts';
import { outcomes, type Versions } from '#lib/domain/run.ts';
import { lessonFile } from './broken-parts.ts';
import { orderedJson } from './digest.ts';
import { labLockSchema, lockedLab } from './lab/lock-lab.ts';
import { lockedVisualize, visualizeLockSchema } from './visualize/lock-visualize.ts';

export const lockName = 'proof.lock.json';

const errorSchema = z.strictObject({
  type: z.string(),
  message: z.string(),
  line: z.int().nullable(),
  place: z.enum(['load', 'view', 'drive', 'expect']),
});

const evidenceSchema = z.strictObject({
  id: z.string(),
  outcome: z.enum(outcomes),
  error: errorSchema.nullable(),
  stdout: z.string(),
  values: z.record(z.string(), z.json()),
  counts: z.record(z.string(), z.number()),
});

const lockSchema = z.strictObject({
  version: z.literal(1),
  runtime: z.string(),
  versions: z.record(z.string(), z.string()),
  harness: z.string(),
  exercises: z.array(
    z.strictObject({
      uid: z.string(),
      id: z.string(),
      kind: z.enum(kinds),
      contentVersion: z.string(),
      /** Programs run, repetitions included. */
      runs: z.int(),
      /** How many answers there are, where not all were run. */
      possible: z.int().optional(),
      answers: z.array(
        z.strictObject({
          answer: z.array(z.string()),
          declared: z.enum(['right', 'wrong']),
          observed: z.enum(['right', 'wrong']),
          /** Names one of `evidence`; options that are claims share theirs. */
          evidence: z.string(),
        }),
      ),
      evidence: z.array(evidenceSchema),
    }),
  ),
  /** Absent in a lesson without prose. */
  documents: z
    .array(
      z.strictObject({
        name: z.string(),
        contentVersion: z.string(),
        runs: z.int(),
        programs: z.array(z.strictObject({ id: z.string(), evidence: evidenceSchema })),
        /** Without figures: they belong to a host. */
        compares: z.array(
          z.strictObject({ id: z.string(), before: evidenceSchema, after: evidenceSchema }),
        ),
      }),
    )
    .optional(),
  /** Absent in a lesson that shows no recorded program. */
  visualize: visualizeLockSchema.optional(),
  /** Absent in a lesson without a lab. */
  lab: labLockSchema.optional(),
});

export type ProofLock = z.infer<typeof lockSchema>;
export type LockedExercise = ProofLock['exercises'][number];
export type LockedDocument = NonNullable<ProofLock['documents']>[number];

/** The software that a proof was made on. */
export interface MadeOn {
  runtime: { name: string; versions: Versions };
  harness: string;
}

/** Whether a lock was made on the software at hand, so that the names of its evidence must be the same. */
export function isSameSoftware({ harness, versions }: ProofLock, made: MadeOn): boolean {
  return harness === made.harness && orderedJson(versions) === orderedJson(made.runtime.versions);
}

/**
 * What proofs come to as a lock; of what is proven only, in the order of uids and names.
 * @param before - The lesson's lock so far; null: there is none.
 */
export function lockOf(
  proof: LessonProof,
  made: MadeOn,
  before: ProofLock | null = null,
): ProofLock {
  const proven = proof.exercises.filter((exercise) => exercise.status === 'proven');
  const documents = proof.documents.filter((document) => document.status === 'proven');
  return {
    version: 1,
    runtime: made.runtime.name,
    versions: inOrder(made.runtime.versions),
    harness: made.harness,
    exercises: proven.map(lockedExercise).sort((a, b) => (a.uid < b.uid ? -1 : 1)),
    ...(documents.length === 0
      ? {}
      : { documents: documents.map(lockedDocument).sort((a, b) => (a.name < b.name ? -1 : 1)) }),
    ...(proof.visualize?.status === 'proven'
      ? { visualize: lockedVisualize(proof.visualize) }
      : {}),
    ...(proof.lab?.status === 'proven' ? { lab: lockedLab(proof.lab, before?.lab) } : {}),
  };
}

/** What the lock keeps of one document's proof: no figures, in the order of the document. */
export function lockedDocument(proof: DocumentProof): LockedDocument {
  const { name, contentVersion, runs, programs, compares } = proof;
  return {
    ...{ name, contentVersion, runs },
    programs: programs.map(({ id, evidence }) => ({ id, evidence: lockedEvidence(evidence) })),
    compares: compares.map(({ id, before, after }) => ({
      ...{ id, before: lockedEvidence(before), after: lockedEvidence(after) },
    })),
  };
}

/** What the lock keeps of one exercise's proof, in a fixed order. */
export function lockedExercise(proof: ExerciseProof): LockedExercise {
  const { uid, id, kind, contentVersion, runs, possible } = proof;
  const answers = [...proof.answers].sort((a, b) => (answerKey(a) < answerKey(b) ? -1 : 1));
  // In the order of the answers: names change with the software, and a diff should not be shuffled.
  const evidence = new Map(answers.map((answer) => [answer.evidence.id, answer.evidence]));
  return {
    ...{ uid, id, kind, contentVersion, runs },
    ...(possible === null ? {} : { possible }),
    answers: answers.map(({ answer, declared, observed, evidence: { id: name } }) => ({
      ...{ answer, declared, observed },
      evidence: name,
    })),
    evidence: [...evidence.values()].map(lockedEvidence),
  };
}

function lockedEvidence({ id, outcome, error, stdout, values, counts }: Evidence) {
  return {
    ...{ id, outcome, error: error && pickError(error), stdout },
    ...{ values: inOrder(values), counts: inOrder(counts) },
  };
}

function pickError({ type, message, line, place }: NonNullable<Evidence['error']>) {
  return { type, message, line, place };
}

function answerKey({ answer }: { answer: string[] }): string {
  return JSON.stringify(answer);
}

function inOrder<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The lock as it stands in its file: two spaces, keys in a fixed order, a newline at the end. */
export function lockText(lock: ProofLock): string {
  return JSON.stringify(lock, null, 2) + '\n';
}

/**
 * Writes a lesson's lock, whole or not at all.
 * @returns Whether the file changed.
 */
export async function writeLock(folder: string, lock: ProofLock): Promise<boolean> {
  const path = join(folder, lockName);
  const text = lockText(lock);
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false;
  const draft = join(folder, `.${lockName}.${randomUUID()}`);
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return true;
}

export interface ReadLock {
  /** Null when there is none, or none that can be read. */
  lock: ProofLock | null;
  /** 1-based line of each exercise's uid, of each document's name, of `visualize` and of `lab`, in the file. */
  lines: Record<string, number>;
  /** What keeps the file from being read; null for a good file and for none. */
  problem: { line: number; found: string } | null;
}

/** Reads a lesson's lock. Never rejects. */
export async function readLock(folder: string): Promise<ReadLock> {
  let text: string;
  try {
    text = await readFile(join(folder, lockName), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const problem = code === 'ENOENT' ? null : { line: 1, found: `no access to it (${code})` };
    return { lock: null, lines: {}, problem };
  }
  const lines: Record<string, number> = {};
  for (const [index, line] of text.split('\n').entries()) {
    const uid = /^ {6}"(?:uid|name)": "([^"]*)"/.exec(line)?.[1];
    if (uid !== undefined) lines[uid] ??= index + 1;
    else if (line.startsWith('  "visualize":')) lines['visualize'] ??= index + 1;
    else if (line.startsWith('  "lab":')) lines['lab'] ??= index + 1;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { lock: null, lines, problem: { line: 1, found: 'text that is no JSON' } };
  }
  const parsed = lockSchema.safeParse(value);
  if (parsed.success) return { lock: parsed.data, lines, problem: null };
  const issue = parsed.error.issues[0];
  const found = `${issue?.message ?? 'something else'} at ${issue?.path.join('.') || 'the top'}`;
  return { lock: null, lines, problem: { line: 1, found } };
}

/** The lock's path as findings show it. */
export function lockFile(lesson: Lesson): string {
  const [document] = documentsOf(lesson);
  if (document) return besideDocument(document, lockName);
  const shown = lesson.visualize ?? lesson.lab;
  if (shown) return besideDocument(shown, lockName);
  const [first] = lesson.exercises;
  return first?.places[''] ? lessonFile(first, lockName) : lockName;
}
