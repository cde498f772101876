/**
 * What a lesson's Visualize shows, as its author declared it, keys and all. What is said of the program is said of
 * places in its record, and looked up there (find-step.ts). docs/decisions/009 has the reasons.
 */
import type { SourcePlace } from './exercise.ts';
import type { StepKind } from './recording.ts';

/** Names one step of a recording: of those that are like this, the `nth`. Null: anything. */
export interface Place {
  kind: StepKind | null;
  /** Name of the frame's function, whole or its last part. */
  function: string | null;
  /** A part of the text of the step's line. */
  line: string | null;
  /** Number of the request, the step's own or that of its task. */
  request: number | null;
  /** Name of the task. */
  task: string | null;
  thread: string | null;
  /** A part of the step's text. */
  text: string | null;
  /** From 1. */
  nth: number;
  /** Only what comes behind that step. */
  after: Place | null;
}

/** Something that is looked up in a recording. */
export type Fact =
  /** The number of the step, from 1; how many such steps there are; what the step's thread or task is called. */
  | { what: 'step' | 'count' | 'thread' | 'task'; at: Place }
  /** The text of a name at the step, in the frame there. */
  | { what: 'value'; name: string; at: Place };

/** A place at which there is something to say. */
export interface Moment {
  at: Place;
  title: string;
  /** Plain text with `code` spans. */
  says: string;
}

export interface WrongOption {
  /** A digest, which tells nothing. */
  id: string;
  /** Looked up in the record, or the text as it stands. */
  option: Fact | { what: 'text'; text: string };
  why: string;
}

export interface QuizQuestion {
  /** A digest of what is asked; wording is no part of it. */
  id: string;
  /** Plain text with `code` spans. */
  ask: string;
  key: { id: string; fact: Fact };
  wrong: WrongOption[];
  /** Why the key is right. */
  why: string;
}

export interface Visualize {
  title: string;
  /** Plain text with `code` spans. */
  intro: string;
  /** Python source; the recorded program has this one file. */
  program: string;
  serve: Record<string, string>;
  /** Empty: a script. */
  drive: string;
  moments: Moment[];
  quiz: QuizQuestion[];
  /** Digest of all that a recording and what is looked up in it depend on. */
  contentVersion: string;
  /** Path relative to the content root. */
  file: string;
  /**
   * Where each part stands, for findings: `moments.0.at`, `quiz.1.key`, `quiz.1.wrong.0`; `''` is the file,
   * `program:text` and `drive:text` the first line of either's source.
   */
  places: Record<string, SourcePlace>;
}
