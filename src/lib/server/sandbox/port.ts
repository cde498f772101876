import type {
  JsonValue,
  Judgement,
  Limits,
  Observations,
  RunResult,
  Tier,
  Versions,
} from '#lib/domain/run.ts';

export interface RunRequest {
  /** Name of a runtime, `django-5.2`. */
  runtime: string;
  /** Python source of the program. */
  program: string;
  /** The name the program has in tracebacks; no path. */
  fileName?: string;
  /**
   * Further files of the program, by path relative to its own folder: `shop.py`, `shop/prices.py`.
   * The program can import and open them.
   */
  files?: Record<string, string>;
  /** URL path to view name; empty: nothing is served. */
  serve?: Record<string, string>;
  /** Python run with the program; may use `request`, `requests`, `observe` and `await` at top level. */
  drive?: string;
  /**
   * What the drive finds in `inputs`, one at a time, as it asks (`for given in inputs`). The run's memory
   * holds none that the drive has not asked for.
   */
  inputs?: JsonValue[];
  /**
   * Source files of a fixture's apps, `library/models.py`. They are installed when a zygote of their own
   * is set up, which is kept for the runs that ask for the same ones.
   */
  apps?: Record<string, string>;
  /** Python that fills the database before the program starts; runs in its own jailed fork, once. */
  rows?: string | null;
  /** Seed of Python's `random` in the run. */
  seed?: number;
  /** Whether the result is to hold the database that the run leaves, for a judge. */
  keepsDatabase?: boolean;
  /** The most steps of it that are recorded, from 1 to 5,000; left out: it is not recorded. */
  record?: number;
  limits?: Partial<Limits>;
}

/** Who asks for a run, and what they want to hear of it while it goes on. */
export interface Asker {
  /** Places are shared out fairly between owners, a learner's id; each run is its own when left out. */
  owner?: string;
  /** Gone: the run leaves the queue, or is killed. */
  signal?: AbortSignal;
  /** The longest wait for a place, in milliseconds; after it the answer is `busy`. */
  maxWaitMs?: number;
  /** How many runs go first; told again when that changes. */
  onPlace?: (ahead: number) => void;
  /** The wait is over. */
  onStarted?: () => void;
  /** What the program has written, as it comes; the result holds all of it once more. */
  onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

/** The type of the error of a run whose rows or apps do not work: its program was never started. */
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
  /** What the reference solution gave for the same inputs: an expectation finds it as `reference.<name>`. */
  reference?: Observations['values'];
  /**
   * The database that the run left, as its result has it: an expectation finds its models as
   * `database.<Model>`, and none holds when this is null. Without it, an expectation has no database.
   */
  database?: string | null;
  /** The apps of the run's fixture, where its database is to be judged. */
  apps?: RunRequest['apps'];
  expectations: Expectation[];
}

/** What the boot self-test found. `closed` is what a learner could not do, by name. */
export interface SandboxState {
  ready: boolean;
  tier: Tier;
  /** One sentence for a person: why it is not ready, and how to mend that; empty when ready. */
  problem: string;
  canaries: { name: string; held: boolean }[];
}

/** Derived from a run's events, with the names an expectation uses. */
export type Counts = Record<string, number>;

/** Runs programs in the jail, and only there. */
export interface Sandbox {
  /** Never rejects for anything a program does; host trouble is the outcome `infrastructure`. */
  run(request: RunRequest, asker?: Asker): Promise<RunResult>;
  /** Judges observations in a fork that never ran learner code. */
  judge(request: JudgeRequest): Promise<{ judgements: Judgement[]; counts: Counts }>;
  /** Starts the runtime if need be and runs the canaries. */
  state(runtime: string): Promise<SandboxState>;
  versions(runtime: string): Promise<Versions>;
  close(): Promise<void>;
}
