import type { Finding, Kind } from './exercise.ts';
import type { MeasureName } from './lab-measures.ts';
import type { StepName } from './find-step.ts';
import type { JsonValue, Outcome, RunError, Versions } from './run.ts';
import type { Fact } from './visualize.ts';

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
  /** The filling, a single option id, the placed lines, or the source of each file in order of path. */
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
  kind: Kind;
  status: ProofStatus;
  findings: Finding[];
  answers: ProvenAnswer[];
  /** How many answers there are, where not all were run (`order`); else null. */
  possible: number | null;
  /** The content version this proof is of. */
  contentVersion: string;
  /** How many programs ran for it, repetitions included. */
  runs: number;
  versions: Versions;
  /** ISO date and time; null in a proof read from a lock, which keeps no clock readings. */
  provenAt: string | null;
}

/** What became of one program that prose shows. */
export interface ProvenProgram {
  id: string;
  evidence: Evidence;
}

/** What was measured of two programs, and what was counted. */
export interface ProvenCompare {
  id: string;
  before: Evidence;
  after: Evidence;
  /** Null where this host has not measured it: figures belong to a host and no lock keeps them. */
  figures: { before: Figure; after: Figure } | null;
}

/** Of several runs, in the block's unit. */
export interface Figure {
  median: number;
  least: number;
  most: number;
  runs: number;
}

/** What running all that a document shows came to. */
export interface DocumentProof {
  name: string;
  status: ProofStatus;
  findings: Finding[];
  programs: ProvenProgram[];
  compares: ProvenCompare[];
  contentVersion: string;
  /** How many programs ran for it, repetitions included; of a measurement made anew, the last time only. */
  runs: number;
  versions: Versions;
  provenAt: string | null;
}

/** Where something was found in the recordings of a program. */
export interface ProvenPlace {
  /** In the recording that is shown, from 0; null: not found, or a text. */
  step: number | null;
  /** What the step is called by in all recordings; null: not alike in them, or a text. */
  name: StepName | null;
}

/** What an option of the quiz came to. */
export interface ProvenOption extends ProvenPlace {
  id: string;
  what: Fact['what'] | 'text';
  /** In the recording that is shown, as the page shows it; null: it was not found. */
  text: string | null;
  /** Whether the text is the same in all recordings. */
  isAlike: boolean;
}

/** What recording the program that a lesson shows came to. */
export interface VisualizeProof {
  status: ProofStatus;
  findings: Finding[];
  contentVersion: string;
  /** Names the recording that is shown; null where none is kept: it belongs to a host and no lock keeps it. */
  recording: string | null;
  /** In the order of the lesson's moments. */
  moments: ProvenPlace[];
  /** In the order of the lesson's questions; the key's option is the first. */
  quiz: { id: string; options: ProvenOption[] }[];
  runs: number;
  versions: Versions;
  provenAt: string | null;
}

/** Over the repetitions of one scenario. */
export interface Spread {
  least: number;
  median: number;
  most: number;
}

/** What came of one scenario's runs. */
export interface ProvenScenario {
  id: string;
  /**
   * Names the run that is shown, the one in the middle by its time until the last answer; null where none is kept:
   * it belongs to a host and no lock keeps it.
   */
  run: string | null;
  /** Of every measure that each of its runs has. */
  measured: Partial<Record<MeasureName, Spread>>;
}

export interface ProvenClaim {
  id: string;
  /** `inconclusive`: runs on this host speak for it and against it, or the host was too busy to tell. */
  verdict: 'holds' | 'refuted' | 'inconclusive';
  left: Spread | null;
  /** Null: it is held against a number. */
  right: Spread | null;
}

/** The host on which a lab was measured. */
export interface LabMachine {
  /** As the host names its processor; empty where it does not. */
  processor: string;
  cores: number;
  memoryBytes: number;
  /** `Linux 6.1`. */
  system: string;
}

/** What measuring a lesson's scenarios came to. An inconclusive claim refutes nothing. */
export interface LabProof {
  status: ProofStatus;
  findings: Finding[];
  contentVersion: string;
  scenarios: ProvenScenario[];
  /** In the order of the lesson's claims. */
  claims: ProvenClaim[];
  /** Null: of a lock. */
  machine: LabMachine | null;
  /** How often each scenario was run. */
  rounds: number;
  runs: number;
  versions: Versions;
  provenAt: string | null;
}

/** What running one answer to an open kind came to, kept with the attempt. */
export interface JudgedAnswer {
  verdict: 'right' | 'wrong';
  /** Of the first check that failed, or else of the exercise's own. */
  evidence: Evidence;
  /** The check that failed; null for a right answer. */
  failed: string | null;
  /** What the author says with the assertion that did not hold; null when it says nothing, or all held. */
  unmet: string | null;
  /** The message of the mistake that it is like, or null. */
  says: string | null;
  runs: number;
  versions: Versions;
  /** ISO date and time. */
  at: string;
}

export interface LessonProof {
  id: string;
  findings: Finding[];
  exercises: ExerciseProof[];
  documents: DocumentProof[];
  /** Null: the lesson has nothing recorded to show. */
  visualize: VisualizeProof | null;
  /** Null: the lesson has no lab. */
  lab: LabProof | null;
}

export interface CatalogueProof {
  runtime: { name: string; versions: Versions };
  lessons: LessonProof[];
  totals: {
    lessons: number;
    exercises: number;
    answers: number;
    documents: number;
    /** Programs that prose shows; a measurement is two. */
    programs: number;
    /** Lessons that show a recorded program. */
    recordings: number;
    /** What lessons claim of their labs, as far as it was judged. */
    claims: number;
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
  /** The exercise, or the document, that the last program belonged to. */
  lesson: string;
  exercise: string;
}

export type OnProgress = (progress: ProofProgress) => void;
