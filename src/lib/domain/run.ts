/**
 * What one execution of one program can be asked for and can answer with.
 * Plain data, shared by the sandbox (which makes it), proof (which judges it) and the page (which shows it).
 */
import type { Recording } from './recording.ts';

/** How a run ended. `finished` is the only one in which the program came to its own end. */
export const outcomes = [
  'finished',
  'error',
  'time-limit',
  'cpu-limit',
  'memory-limit',
  'output-limit',
  'killed',
  'busy',
  'infrastructure',
] as const;
export type Outcome = (typeof outcomes)[number];

/** Outcomes that say something about the host and nothing about the program: they prove nothing. */
export const hostOutcomes: ReadonlySet<Outcome> = new Set<Outcome>(['busy', 'infrastructure']);

export type JsonValue =
  null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Where an exception left the program: while it was loaded, in a view that was answering, or in the drive. */
export type ErrorPlace = 'load' | 'view' | 'drive' | 'expect';

/** One step of a traceback. */
export interface ErrorFrame {
  file: string;
  /** 1-based. */
  line: number;
  /** Name of the function, `<module>` at top level. */
  function: string;
}

export interface RunError {
  /** The exception's class name, without its module: `SynchronousOnlyOperation`. */
  type: string;
  message: string;
  /** 1-based line in the program (in the drive or expect for those places); null when unknown. */
  line: number | null;
  place: ErrorPlace;
}

/** What ended a run. */
export interface RunFailure extends RunError {
  /**
   * The steps that are neither the framework's nor the interpreter's, outermost first; at most twenty, the
   * innermost ones.
   */
  frames: ErrorFrame[];
}

export interface Limits {
  /** Time on the clock, in milliseconds. */
  wallMs: number;
  /** Processor time, in milliseconds (the kernel counts whole seconds; rounded up). */
  cpuMs: number;
  /** Address space, in bytes. */
  memoryBytes: number;
  /** For each of stdout and stderr, in bytes. */
  outputBytes: number;
  /** Room in the run's private temporary folder, in bytes. */
  diskBytes: number;
  /** Number of files in that folder. */
  files: number;
}

/** One thing that happened to one request, in the order in which the run saw it. */
export interface ObservedEvent {
  kind: 'received' | 'view-entered' | 'await' | 'resumed' | 'view-left' | 'answered';
  /** 1-based number of the request within the run. */
  request: number;
  /** `loop` for the event loop's thread, `worker-1`, `worker-2`, ... for others, in order of appearance. */
  thread: string;
  /** Microseconds since the drive began, on the monotonic clock. Belongs to one host and one run. */
  at: number;
}

/** What a run reported of itself. A claim about behaviour by code that may be hostile; never a verdict. */
export interface Observations {
  version: 1;
  /** What the drive observed, by name. */
  values: Record<string, JsonValue>;
  events: ObservedEvent[];
}

/**
 * What shuts runs in. `full`: namespaces, no capabilities, Landlock, seccomp. `no-namespaces`: the same
 * without namespaces, only where an operator asks for it. `none`: nothing is run.
 */
export type Tier = 'full' | 'no-namespaces' | 'none';

/** Which exact software ran: `{ python: '3.11.2', django: '5.2.19', asgiref: '...' }`. */
export type Versions = Record<string, string>;

export interface RunResult {
  outcome: Outcome;
  /** The process's exit code, or null when it was killed or never started. */
  exit: number | null;
  stdout: string;
  stderr: string;
  truncated: { stdout: boolean; stderr: boolean };
  error: RunFailure | null;
  usage: { wallMs: number; cpuMs: number; peakBytes: number };
  limits: Limits;
  runtime: { name: string; versions: Versions };
  /** For `busy`: when to ask again, in whole seconds; else null. */
  retryAfterSeconds: number | null;
  /** Null for a run without a drive, and for one that did not live to report. */
  observations: Observations | null;
  /**
   * The database that the run left, packed for `Sandbox.judge`; null when it left none that can be judged.
   * Only where it was asked for.
   */
  database?: string | null;
  /** What it did, step by step; null for a run that did not live to report. Only where it was asked for. */
  recording?: Recording | null;
}

/** The judgement of one expectation: `holds` is null when it could not be judged (host trouble). */
export interface Judgement {
  id: string;
  holds: boolean | null;
  error: RunError | null;
}
