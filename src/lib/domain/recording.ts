/**
 * What a recorded run did, step by step. Written inside the jail by code that shares memory with the program: a
 * claim, checked for its form and never a verdict. docs/decisions/009 has the reasons.
 */

/** What a step is. */
export const stepKinds = [
  /** A function of the program begins; `changed` has its arguments. */
  'call',
  /** The line is about to be run. */
  'line',
  /** A function is left; `text` is what it returns. */
  'return',
  /** An exception goes through a function; `text` is its type and message. */
  'raise',
  /** A coroutine cannot go on and gives the event loop back; `tasks` are those that it waits for. */
  'await',
  /** A generator hands a value out; `text` is that value. */
  'yield',
  /** A coroutine or generator goes on where it had stopped. */
  'resume',
  /** The event loop of the thread has nothing to do until `until`. */
  'idle',
  /** The event loop hands a function to a thread; `text` is the function's name, `hop` the number of the hop. */
  'hand-over',
  /** That function begins on the step's thread. */
  'hop-begin',
  /** ... and has ended. */
  'hop-end',
  /** The database was asked, from `at` until `until`; `text` is the statement. */
  'query',
  /** The program printed `text`. */
  'print',
  /** What happens to the request that is named by `request`. */
  'received',
  'view-entered',
  'view-left',
  'answered',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** A recording as a whole. Everything that is numbered is numbered from 0, but for requests and lines. */
export interface Recording {
  version: 1;
  /** The program's files by path; the main one first. */
  files: string[];
  /** Names in order of appearance: `loop` where there is a drive, `main` in a script, then `worker-1`, ... */
  threads: string[];
  tasks: RecordedTask[];
  frames: RecordedFrame[];
  steps: RecordedStep[];
  /**
   * What kept it from going on to the end of the run; null: it does. `tracing`: it could no longer be followed,
   * since it had filled its stack or traces by itself.
   */
  cut: 'steps' | 'bytes' | 'tracing' | null;
  /** How long the run took from the first step on, in microseconds. */
  micros: number;
}

export interface RecordedTask {
  /** That of its outermost function in the program, or of the task itself where it has none there. */
  name: string;
  /** 1-based number of the request that it works for; 0: none. */
  request: number;
}

/** One call of one function of the program. */
export interface RecordedFrame {
  /** Its qualified name; `<module>` at top level. */
  function: string;
  /** Number of the file. */
  file: number;
  /** Number of the frame of the program that called or awaits it; null: the framework did, or nobody. */
  parent: number | null;
}

export interface RecordedStep {
  kind: StepKind;
  /** Microseconds since the recording began, on the monotonic clock; never goes back from step to step. */
  at: number;
  /** Number of the thread. */
  thread: number;
  /** Number of the task; absent: none is running there. */
  task?: number;
  /** Number of the frame; absent for what is no function's of the program. */
  frame?: number;
  /** 1-based line of the frame's file. */
  line?: number;
  /**
   * Names of the frame whose values have changed since its step before, with the values as text; null: the
   * name is gone.
   */
  changed?: [name: string, text: string | null][];
  text?: string;
  until?: number;
  tasks?: number[];
  hop?: number;
  request?: number;
}

/** A recording without its steps, which travel in parts of {@link partSteps}. */
export type RecordingHead = Omit<Recording, 'steps'> & {
  /** Digest; names the recording at `/api/recordings/<id>`. */
  id: string;
  steps: number;
};

/** Steps in one part; the last part may have fewer. */
export const partSteps = 500;

/** The most steps that a recording has. */
export const mostSteps = 5_000;
