import type { Finding } from './exercise.ts';
import type { JsonValue, Outcome, RunError, Versions } from './run.ts';

export type ProofStatus = 'proven' | 'refuted' | 'unproven';

/** What a run left behind that does not depend on the host's clock: the part that the proof lock keeps. */
export interface Evidence {
  /** Digest of all the run depended on; names the run record. */
  id: string;
  outcome: Outcome;
  error: RunError | null;
  stdout: string;
  /** What the drive observed, by name. */
  values: Record<string, JsonValue>;
  /** Counts over the events, such as `{ 'views.max_open': 5 }`; empty for a run without requests. */
  counts: Record<string, number>;
}

export interface ProvenAnswer {
  /** The filling, or a single option id. */
  answer: string[];
  declared: 'right' | 'wrong';
  /** `right` when the expectation held on what the run observed. */
  observed: 'right' | 'wrong';
  outcome: Outcome;
  error: RunError | null;
  evidence: Evidence;
}

export interface ExerciseProof {
  uid: string;
  id: string;
  kind: 'blanks' | 'choice';
  status: ProofStatus;
  findings: Finding[];
  answers: ProvenAnswer[];
  /** The content version this proof is of. */
  contentVersion: string;
  /** How many programs ran for it, repetitions included. */
  runs: number;
  versions: Versions;
  /** ISO date and time; null in a proof read from a lock, which keeps no clock readings. */
  provenAt: string | null;
}

export interface LessonProof {
  id: string;
  findings: Finding[];
  exercises: ExerciseProof[];
}

export interface CatalogueProof {
  runtime: { name: string; versions: Versions };
  lessons: LessonProof[];
  totals: {
    lessons: number;
    exercises: number;
    answers: number;
    runs: number;
    refuted: number;
    ms: number;
  };
}

/** How far proving has come. */
export interface ProofProgress {
  /** Programs run and judged so far, and how many there are; repetitions are not counted. */
  done: number;
  total: number;
  /** The exercise that the last program belonged to. */
  lesson: string;
  exercise: string;
}

export type OnProgress = (progress: ProofProgress) => void;
