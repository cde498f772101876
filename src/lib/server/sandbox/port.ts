import type { Judgement, Limits, Observations, RunResult, Versions } from '#lib/domain/run.ts';

export interface RunRequest {
  /** Name of a runtime, `django-5.2`. */
  runtime: string;
  /** Python source of the program. */
  program: string;
  /** The name the program has in tracebacks; no path. */
  fileName?: string;
  /** URL path to view name; empty: nothing is served. */
  serve?: Record<string, string>;
  /** Python run with the program; may use `request`, `requests`, `observe` and `await` at top level. */
  drive?: string;
  /** Python that fills the database before the program starts; runs in its own jailed fork, once. */
  rows?: string | null;
  /** Seed of Python's `random` in the run. */
  seed?: number;
  limits?: Partial<Limits>;
}

/** The type of the error of a run whose rows could not be made: its program was never started. */
export const rowsFault = 'FixtureRows';

/** An expectation: statements that must not raise (`expect`), or an expression that must be true (`holds`). */
export interface Expectation {
  id: string;
  kind: 'expect' | 'holds';
  source: string;
}

export interface JudgeRequest {
  runtime: string;
  observations: Observations;
  expectations: Expectation[];
}

/** What the boot self-test found. `closed` is what a learner could not do, by name. */
export interface SandboxState {
  ready: boolean;
  /** `full`: namespaces, dropped capabilities, seccomp. `none`: nothing is run. */
  tier: 'full' | 'none';
  /** One sentence for a person: why it is not ready, and how to mend that; empty when ready. */
  problem: string;
  canaries: { name: string; held: boolean }[];
}

/** Derived from a run's events, with the names an expectation uses. */
export type Counts = Record<string, number>;

/** Runs programs in the jail, and only there. */
export interface Sandbox {
  /** Never rejects for anything a program does; host trouble is the outcome `infrastructure`. */
  run(request: RunRequest): Promise<RunResult>;
  /** Judges observations in a fork that never ran learner code. */
  judge(request: JudgeRequest): Promise<{ judgements: Judgement[]; counts: Counts }>;
  /** Starts the runtime if need be and runs the canaries. */
  state(runtime: string): Promise<SandboxState>;
  versions(runtime: string): Promise<Versions>;
  close(): Promise<void>;
}
