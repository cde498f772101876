import { createHash } from 'node:crypto';
import type { Limits, Versions } from '#lib/domain/run.ts';
import {
  isMissingRows,
  type JudgeAnswer,
  readAnnouncement,
  readCanaries,
  readJudge,
  readRows,
  readRun,
  type AppsFault,
  type RunAnswer,
} from './answers.ts';
import { type AskOptions, Container } from './container.ts';
import { launchOf, type LaunchSetup } from './launch.ts';
import { defaultLimits } from './limits.ts';
import type { JudgeRequest, RunRequest, SandboxState } from './port.ts';
import { SandboxProblem } from './problems.ts';
import { rowsFailed } from './results.ts';
import { hasRuntime } from './runtimes.ts';

/**
 * How much longer than its wall limit a run may take to be answered, before the container is taken for
 * broken: the supervisor inside keeps the limit itself, this is only for when it cannot.
 */
const graceMs = 15_000;

/** Canaries say what the doors hold, not how fast the host is: they get more time than a run. */
const canaryLimits: Limits = { ...defaultLimits, wallMs: 45_000, cpuMs: 20_000 };

/** A canary sang: something that a learner must not be able to do can be done. */
class CanaryProblem extends SandboxProblem {
  readonly canaries: SandboxState['canaries'];

  constructor(canaries: SandboxState['canaries']) {
    const loose = canaries.filter(({ held }) => !held).map(({ name }) => name);
    super(
      `The sandbox does not hold on this host (${loose.join(', ')}), so nothing is run. Please report this with the output of ./assay doctor.`,
    );
    this.canaries = canaries;
  }
}

/** The fixture's apps raised when they were installed: an author's mistake, not this host's. */
export class AppsProblem extends Error {
  readonly fault: AppsFault;

  constructor(fault: AppsFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** What a container is set up with. */
export interface RuntimeSetup extends LaunchSetup {
  /** The fixture's apps, path to source. */
  apps: Record<string, string>;
  /** How many forks wait, made beforehand, while nothing else is to be done. */
  spares: number;
}

/** The canaries that a problem knows of. */
export function canariesOf(problem: unknown): SandboxState['canaries'] {
  return problem instanceof CanaryProblem ? problem.canaries : [];
}

/** A container whose runtime is set up and whose canaries held. */
export class WarmRuntime {
  readonly versions: Versions;
  readonly canaries: SandboxState['canaries'];
  readonly #container: Container;
  readonly #rows = new Map<string, Promise<RunAnswer | null>>();

  private constructor(
    container: Container,
    versions: Versions,
    canaries: SandboxState['canaries'],
  ) {
    this.#container = container;
    this.versions = versions;
    this.canaries = canaries;
  }

  /**
   * Starts a runtime's container and tries the doors.
   * @throws SandboxProblem when this host cannot, or a canary did not hold; AppsProblem.
   */
  static async start({ apps, spares, ...setup }: RuntimeSetup): Promise<WarmRuntime> {
    const { root, runtime } = setup;
    if (!(await hasRuntime(root, runtime))) {
      throw new SandboxProblem(
        `There is no runtime ${JSON.stringify(runtime)} in sandbox/runtimes.`,
      );
    }
    const { command, args, identity, tidyUp } = await launchOf(setup);
    const container = new Container(command, args, identity);
    try {
      const announced = await container.start({ spares, limits: defaultLimits }, { apps });
      const announcement = readAnnouncement(announced);
      if ('fault' in announcement) throw new AppsProblem(announcement.fault);
      const answer = await container.ask(
        { op: 'canary', limits: canaryLimits },
        {},
        canaryLimits.wallMs + graceMs,
      );
      const canaries = readCanaries(answer);
      if (!canaries.every(({ held }) => held)) throw new CanaryProblem(canaries);
      return new WarmRuntime(container, announcement.versions, canaries);
    } catch (error) {
      await container.kill();
      await tidyUp();
      if (error instanceof SandboxProblem || error instanceof AppsProblem) throw error;
      throw new SandboxProblem(error instanceof Error ? error.message : String(error));
    }
  }

  get isAlive(): boolean {
    return this.#container.isAlive;
  }

  /** Runs a program. Throws ContainerLost or ContainerRefusal, after which this is of no more use. */
  async run(request: RunRequest, limits: Limits, options: AskOptions): Promise<RunAnswer> {
    const drive = request.drive?.trim() ? request.drive : '';
    const body = {
      program: request.program,
      file: request.fileName ?? 'program.py',
      files: request.files ?? {},
      serve: request.serve ?? {},
      drive,
      seed: request.seed ?? null,
    };
    for (let isAgain = false; ; isAgain = true) {
      const rows = await this.#prepareRows(request.rows ?? null, limits);
      if (rows.failure) return rowsFailed(rows.failure);
      const header = { op: 'run', rows: rows.digest, limits, inputs: request.inputs ?? null };
      const wishes = {
        stream: !!options.onOutput,
        keepsDatabase: !!request.keepsDatabase,
        record: request.record ?? null,
      };
      const answer = await this.#ask({ ...header, ...wishes }, body, options);
      if (isMissingRows(answer) && rows.digest !== null && !isAgain) {
        // The container keeps the latest few only.
        this.#rows.delete(rows.digest);
        continue;
      }
      const result = readRun(answer);
      return drive ? result : { ...result, observations: null };
    }
  }

  /** Judges; may stop at the expectation that ended the fork. Throws as `run` does. */
  async judge(
    {
      observations,
      reference = {},
      database,
      expectations,
    }: Omit<JudgeRequest, 'runtime' | 'apps'>,
    limits: Limits,
  ): Promise<JudgeAnswer> {
    const body = { observations, reference, database, expectations };
    return readJudge(await this.#ask({ op: 'judge', limits }, body));
  }

  /** Ends the container. */
  stop(): Promise<void> {
    return this.#container.kill();
  }

  async #prepareRows(
    rows: string | null,
    limits: Limits,
  ): Promise<{ digest: string | null; failure: RunAnswer | null }> {
    if (rows === null || rows.trim() === '') return { digest: null, failure: null };
    const digest = createHash('sha256').update(rows).digest('hex');
    let making = this.#rows.get(digest);
    if (!making) {
      making = this.#ask({ op: 'rows', rows: digest, limits }, { rows }).then(readRows);
      this.#rows.set(digest, making);
      // A failure may be the host's: the next run tries again.
      const forget = () => this.#rows.delete(digest);
      making.then((failure) => failure && forget(), forget);
    }
    return { digest, failure: await making };
  }

  #ask(
    header: { limits: Limits } & Record<string, unknown>,
    body: object,
    options: AskOptions = {},
  ): Promise<unknown> {
    return this.#container.ask(header, body, header.limits.wallMs + graceMs, options);
  }
}
