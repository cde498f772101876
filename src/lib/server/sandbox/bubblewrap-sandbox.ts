import { availableParallelism } from 'node:os';
import type { Judgement, Limits, RunResult, Versions } from '#lib/domain/run.ts';
import type { JudgeAnswer } from './answers.ts';
import { ClosedSandbox } from './closed-sandbox.ts';
import { filesProblem } from './files.ts';
import { inputsProblem } from './inputs.ts';
import { recordProblem } from './record.ts';
import { costOf, defaultLimits, limitsOf, limitsProblem, slotsFor } from './limits.ts';
import type { JailTier } from './launch.ts';
import type {
  Asker,
  Counts,
  Expectation,
  JudgeRequest,
  RunRequest,
  Sandbox,
  SandboxState,
} from './port.ts';
import { LocalQueue, type RunQueue } from './queue.ts';
import { appsFailed, busy, cancelled, type NotRun, notRun, ownError, unable } from './results.ts';
import { RuntimePool } from './runtime-pool.ts';
import { AppsProblem, canariesOf } from './warm-runtime.ts';

export { harnessDigest } from './runtimes.ts';

export interface SandboxOptions {
  /** The folder that holds `sandbox/`. */
  root: string;
  /** The Python environment with the runtime's packages. */
  venv: string;
  /** What all runs together may hold. */
  poolMemoryBytes: number;
  /** False: programs are not run on this site. */
  execution: boolean;
  /** How many runs go on at once for each core, where memory allows it; 1 when left out. */
  runsPerCore?: number;
  /** How runs are shut in; `full` when left out. */
  tier?: JailTier;
  /** What stands before the pool; this process's own queue when left out. */
  queue?: RunQueue;
  /** Forks made beforehand while nothing is to be done, for each container. */
  spares?: number;
  /** After so many runs a container is replaced. */
  recycleAfter?: number;
}

/** How many runs may wait for a slot before the answer is `busy`. */
const waitingRuns = 256;
/** ... and how many of one owner's: who asks for more than anyone could look at is told first. */
const waitingOfOwner = 32;
const recycleAfter = 5_000;
/** Containers kept beside those in use, for the next run with their fixture: each holds some 50 MiB. */
const idleContainers = 4;
/** One for a run, and one for its judge, who comes at once. */
const spares = 2;

/**
 * The sandbox of this host. Nothing is started before it is needed.
 * @throws Error when the pool's memory does not hold one run: a setting that cannot work.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  if (!options.execution) {
    return new ClosedSandbox(
      'Running programs is switched off on this site (ASSAY_EXECUTION=off); its operator can switch it on.',
    );
  }
  const runsAtOnce = availableParallelism() * (options.runsPerCore ?? 1);
  const slots = slotsFor(options.poolMemoryBytes, runsAtOnce);
  if (slots === 0) {
    const mebibytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
    return new ClosedSandbox(
      `The sandbox's memory of ${mebibytes(options.poolMemoryBytes)} MiB does not hold one run, which may take ${mebibytes(costOf(defaultLimits))} MiB. Give it more in the settings.`,
    );
  }
  const queue =
    options.queue ??
    new LocalQueue({
      slots,
      bytes: options.poolMemoryBytes,
      waiting: waitingRuns,
      waitingPerOwner: waitingOfOwner,
    });
  const { root, venv, tier = 'full' } = options;
  const pool = new RuntimePool({
    ...{ root, venv, tier, spares: options.spares ?? spares, most: slots + idleContainers },
    recycleAfter: options.recycleAfter ?? recycleAfter,
  });
  return new BubblewrapSandbox(options.poolMemoryBytes, queue, pool, tier);
}

class BubblewrapSandbox implements Sandbox {
  readonly #poolMemoryBytes: number;
  readonly #queue: RunQueue;
  readonly #pool: RuntimePool;
  readonly #tier: JailTier;
  #unowned = 0;

  constructor(poolMemoryBytes: number, queue: RunQueue, pool: RuntimePool, tier: JailTier) {
    this.#poolMemoryBytes = poolMemoryBytes;
    this.#queue = queue;
    this.#pool = pool;
    this.#tier = tier;
  }

  async run(request: RunRequest, asker: Asker = {}): Promise<RunResult> {
    const limits = limitsOf(request.limits);
    const refuse = (why: NotRun) => notRun(why, { name: request.runtime, versions: {} }, limits);
    const problem =
      this.#problemWith(limits) ??
      filesProblem(request, limits) ??
      inputsProblem(request) ??
      recordProblem(request);
    if (problem) return refuse(unable(problem));
    const { owner = this.#nobody(), signal, maxWaitMs, onPlace, onStarted } = asker;
    const admission = await this.#queue.enter({
      ...{ bytes: costOf(limits), owner },
      ...(signal && { signal }),
      ...(maxWaitMs !== undefined && { maxWaitMs }),
      ...(onPlace && { onPlace }),
    });
    if (admission.kind === 'gone') return refuse(cancelled());
    if (admission.kind === 'busy') {
      return refuse(busy(admission.retryAfterSeconds, admission.isOwners));
    }
    try {
      onStarted?.();
      return await this.#runNow(request, limits, asker);
    } catch (error) {
      return refuse(error instanceof AppsProblem ? appsFailed(error.fault) : unable(said(error)));
    } finally {
      admission.release();
    }
  }

  /** A run that is lost is made once more, unless it has been heard of: nothing is said twice. */
  #runNow(request: RunRequest, limits: Limits, { signal, onOutput }: Asker): Promise<RunResult> {
    let isHeard = false;
    const heard: Asker['onOutput'] =
      onOutput &&
      ((stream, text) => {
        isHeard = true;
        onOutput(stream, text);
      });
    return this.#pool.use(
      { runtime: request.runtime, apps: request.apps ?? {} },
      async (warm) => ({
        ...(await warm.run(request, limits, { signal, onOutput: heard })),
        ...{ limits, retryAfterSeconds: null },
        runtime: { name: request.runtime, versions: warm.versions },
      }),
      () => !isHeard && !signal?.aborted,
    );
  }

  async judge(request: JudgeRequest): Promise<{ judgements: Judgement[]; counts: Counts }> {
    const judgements: Judgement[] = [];
    let counts: Counts = {};
    try {
      do {
        const left = request.expectations.slice(judgements.length);
        const answer = await this.#judgeSome(request, left, defaultLimits);
        counts = answer.counts;
        judgements.push(...settle(left, answer, request.database !== undefined));
      } while (judgements.length < request.expectations.length);
    } catch {
      const left = request.expectations.slice(judgements.length);
      judgements.push(...left.map(({ id }) => ({ id, holds: null, error: null })));
    }
    return { judgements, counts };
  }

  async state(runtime: string): Promise<SandboxState> {
    try {
      const { canaries } = await this.#pool.warm({ runtime, apps: {} });
      return { ready: true, tier: this.#tier, problem: '', canaries };
    } catch (error) {
      const canaries = canariesOf(error);
      return { ready: false, tier: 'none', problem: said(error), canaries };
    }
  }

  async versions(runtime: string): Promise<Versions> {
    return (await this.#pool.warm({ runtime, apps: {} })).versions;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** An owner of one run: who does not say who they are is not one and the same. */
  #nobody(): string {
    this.#unowned += 1;
    return `nobody ${this.#unowned}`;
  }

  #problemWith(limits: Limits): string | null {
    if (costOf(limits) > this.#poolMemoryBytes) {
      return 'The run may take more memory than all runs together are given.';
    }
    return limitsProblem(limits);
  }

  async #judgeSome(
    { runtime, apps = {}, ...request }: JudgeRequest,
    expectations: Expectation[],
    limits: Limits,
  ): Promise<JudgeAnswer> {
    // A run that was let in must be judged, however many wait.
    const entry = { bytes: costOf(limits), owner: this.#nobody(), isPatient: true };
    const admission = await this.#queue.enter(entry);
    if (admission.kind !== 'admitted') throw new Error('the queue turned a patient entry away');
    try {
      return await this.#pool.use({ runtime, apps }, (warm) =>
        warm.judge({ ...request, expectations }, limits),
      );
    } finally {
      admission.release();
    }
  }
}

/**
 * The judgements made, and, where judging stopped, what is to be said of the expectation it stopped at.
 * Where a database is judged, that may have stopped it, and would stop it again: it is said of all the rest.
 */
function settle(
  asked: Expectation[],
  { ended, judgements }: JudgeAnswer,
  hasDatabase: boolean,
): Judgement[] {
  const made = judgements.slice(0, asked.length);
  if (made.some(({ id }, index) => id !== asked[index]?.id)) {
    throw new Error('a judgement of another expectation');
  }
  const rest = asked.slice(made.length, hasDatabase ? asked.length : made.length + 1);
  return [...made, ...rest.map(({ id }) => stopped(id, ended))];
}

function stopped(id: string, ended: JudgeAnswer['ended']): Judgement {
  if (ended === 'time-limit' || ended === 'cpu-limit') {
    const message = 'Judging it took longer than a run may take.';
    return { id, holds: false, error: ownError('TimeLimit', message, 'expect') };
  }
  if (ended === null || ended === 'output-limit') {
    const message = 'It ended the process that judged it.';
    return { id, holds: false, error: ownError('ProcessExit', message, 'expect') };
  }
  return { id, holds: null, error: null };
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
