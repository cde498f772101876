import { availableParallelism } from 'node:os';
import type { Judgement, Limits, RunResult, Versions } from '#lib/domain/run.ts';
import type { JudgeAnswer } from './answers.ts';
import { ClosedSandbox } from './closed-sandbox.ts';
import { FrameError } from './frames.ts';
import { costOf, defaultLimits, limitsOf, limitsProblem, slotsFor } from './limits.ts';
import type {
  Counts,
  Expectation,
  JudgeRequest,
  RunRequest,
  Sandbox,
  SandboxState,
} from './port.ts';
import { SandboxProblem } from './problems.ts';
import { LocalQueue, type RunQueue } from './queue.ts';
import { notRun, ownError } from './results.ts';
import { canariesOf, WarmRuntime } from './warm-runtime.ts';

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
  /** What stands before the pool; this process's own queue when left out. */
  queue?: RunQueue;
}

/** How many runs may wait for a slot before the answer is `busy`. */
const waitingRuns = 256;

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
  const slots = slotsFor(options.poolMemoryBytes, availableParallelism());
  if (slots === 0) {
    const mebibytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
    return new ClosedSandbox(
      `The sandbox's memory of ${mebibytes(options.poolMemoryBytes)} MiB does not hold one run, which may take ${mebibytes(costOf(defaultLimits))} MiB. Give it more in the settings.`,
    );
  }
  const queue =
    options.queue ??
    new LocalQueue({ slots, bytes: options.poolMemoryBytes, waiting: waitingRuns });
  return new BubblewrapSandbox(options, queue);
}

class BubblewrapSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  readonly #queue: RunQueue;
  readonly #warm = new Map<string, Promise<WarmRuntime>>();
  #isClosed = false;

  constructor(options: SandboxOptions, queue: RunQueue) {
    this.#options = options;
    this.#queue = queue;
  }

  async run(request: RunRequest): Promise<RunResult> {
    const limits = limitsOf(request.limits);
    const named = { name: request.runtime, versions: {} };
    const problem = this.#problemWith(limits);
    if (problem) return notRun('infrastructure', problem, named, limits);
    const release = await this.#queue.enter(costOf(limits));
    if (release === 'busy') {
      return notRun('busy', 'Too many programs are waiting. Try again in a moment.', named, limits);
    }
    try {
      return await this.#withRuntime(request.runtime, async (warm) => ({
        ...(await warm.run(request, limits)),
        limits,
        runtime: { name: request.runtime, versions: warm.versions },
      }));
    } catch (error) {
      return notRun('infrastructure', messageOf(error), named, limits);
    } finally {
      release();
    }
  }

  async judge(request: JudgeRequest): Promise<{ judgements: Judgement[]; counts: Counts }> {
    const judgements: Judgement[] = [];
    let counts: Counts = {};
    try {
      do {
        const left = request.expectations.slice(judgements.length);
        const answer = await this.#judgeSome(request, left, defaultLimits);
        counts = answer.counts;
        judgements.push(...settle(left, answer));
      } while (judgements.length < request.expectations.length);
    } catch {
      const left = request.expectations.slice(judgements.length);
      judgements.push(...left.map(({ id }) => ({ id, holds: null, error: null })));
    }
    return { judgements, counts };
  }

  async state(runtime: string): Promise<SandboxState> {
    try {
      const { canaries } = await this.#runtime(runtime);
      return { ready: true, tier: 'full', problem: '', canaries };
    } catch (error) {
      const canaries = canariesOf(error);
      return { ready: false, tier: 'none', problem: messageOf(error), canaries };
    }
  }

  async versions(runtime: string): Promise<Versions> {
    return (await this.#runtime(runtime)).versions;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const started of await Promise.allSettled(this.#warm.values())) {
      if (started.status === 'fulfilled') await started.value.stop();
    }
  }

  #problemWith(limits: Limits): string | null {
    if (costOf(limits) > this.#options.poolMemoryBytes) {
      return 'The run may take more memory than all runs together are given.';
    }
    return limitsProblem(limits);
  }

  async #judgeSome(
    { runtime, observations }: JudgeRequest,
    expectations: Expectation[],
    limits: Limits,
  ): Promise<JudgeAnswer> {
    // A run that was let in must be judged, however many wait.
    const release = await this.#queue.enter(costOf(limits), true);
    if (release === 'busy') throw new Error('the queue turned a patient entry away');
    try {
      return await this.#withRuntime(runtime, (warm) =>
        warm.judge(observations, expectations, limits),
      );
    } finally {
      release();
    }
  }

  /** Does the work; where the container is lost over it, once more in a new one. */
  async #withRuntime<T>(name: string, work: (warm: WarmRuntime) => Promise<T>): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      const warm = await this.#runtime(name);
      try {
        return await work(warm);
      } catch (error) {
        if (error instanceof FrameError) throw error;
        // Whatever it was, a container in which it happened is not trusted with the next run.
        await warm.stop();
        if (isAgain) throw error;
      }
    }
  }

  async #runtime(name: string): Promise<WarmRuntime> {
    if (this.#isClosed) throw new SandboxProblem('The sandbox has been closed.');
    const { root, venv } = this.#options;
    const known = this.#warm.get(name);
    if (known) {
      const warm = await known;
      if (warm.isAlive) return warm;
      // Someone else may have begun a new one while this one was looked at.
      if (this.#warm.get(name) !== known) return this.#runtime(name);
    }
    const starting = WarmRuntime.start(root, venv, name);
    this.#warm.set(name, starting);
    // A host that cannot now may be able to later.
    starting.catch(() => this.#warm.delete(name));
    return starting;
  }
}

/** The judgements made, and, where judging stopped, what is to be said of the expectation it stopped at. */
function settle(asked: Expectation[], { ended, judgements }: JudgeAnswer): Judgement[] {
  const made = judgements.slice(0, asked.length);
  if (made.some(({ id }, index) => id !== asked[index]?.id)) {
    throw new Error('a judgement of another expectation');
  }
  const stoppedAt = asked[made.length];
  return stoppedAt ? [...made, stopped(stoppedAt.id, ended)] : made;
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
