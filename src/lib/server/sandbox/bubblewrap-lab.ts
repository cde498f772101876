import { clientOf, labBounds, labServers, type LabLoad, type LabResult } from '#lib/domain/lab.ts';
import type { Limits, Versions } from '#lib/domain/run.ts';
import { readAnnouncement, readCanaries } from './answers.ts';
import { Container } from './container.ts';
import { filesProblem } from './files.ts';
import { readLab } from './lab-answers.ts';
import type { Lab, LabAsker, LabRequest } from './lab-port.ts';
import { launchOfLab, type JailTier } from './launch.ts';
import { limitsProblem } from './limits.ts';
import type { SandboxState } from './port.ts';
import { SandboxProblem } from './problems.ts';
import { LocalQueue } from './queue.ts';
import { busy, cancelled, type NotRun, notRun, unable } from './results.ts';
import { hasRuntime } from './runtimes.ts';

export { labDigest } from './runtimes.ts';

export interface LabOptions {
  /** The folder that holds `sandbox/`. */
  root: string;
  /** The Python environment with the runtime's packages. */
  venv: string;
  /** False: programs are not run on this site. */
  execution: boolean;
  /** How plain runs are shut in; the lab is there with `full` only. */
  tier?: JailTier;
}

const mebibyte = 1024 * 1024;

/** What all processes of a lab run together may use unless its request says otherwise. */
const defaultLimits: Limits = {
  wallMs: 20_000,
  cpuMs: 20_000,
  memoryBytes: 1024 * mebibyte,
  outputBytes: 64 * 1024,
  diskBytes: 32 * mebibyte,
  files: 256,
};
/** Of each worker, with Python, the framework and a server in it. */
const leastWorkerBytes = 256 * mebibyte;
const mostLimits: Partial<Limits> = {
  wallMs: 120_000,
  cpuMs: 240_000,
  memoryBytes: 4096 * mebibyte,
};

const defaultLoad: Omit<LabLoad, 'server'> = {
  ...{ workers: 1, threads: 4, requests: 20, atOnce: 20, waitMs: 500, cpuMs: 0 },
};

/** For setting the framework up on a busy host, and for the attendants' reports. */
const graceMs = 60_000;
const waitingRuns = 16;
const waitingOfOwner = 2;
const anyBytes = 1;
const upstream = 'http://127.0.0.1:8001';
/** Of a request line; it is sent as it is. */
const plainPath = /^\/[\x21-\x7e]{0,500}$/;

/** The lab of this host. Nothing is started before it is asked for. */
export function createLab(options: LabOptions): Lab {
  return new BubblewrapLab(options);
}

class BubblewrapLab implements Lab {
  readonly #options: LabOptions;
  /** One at a time: it measures. */
  readonly #queue = new LocalQueue({
    ...{ slots: 1, bytes: anyBytes, waiting: waitingRuns, waitingPerOwner: waitingOfOwner },
  });
  readonly #open = new Set<Container>();
  readonly #tried = new Map<string, Promise<SandboxState['canaries']>>();
  #unowned = 0;

  constructor(options: LabOptions) {
    this.#options = options;
  }

  async runLab(request: LabRequest, asker: LabAsker = {}): Promise<LabResult> {
    const limits = { ...defaultLimits, ...request.limits };
    const load = loadOf(request);
    const refuse = (why: NotRun) => notMade(why, request.runtime, limits);
    const problem = problemWith(request, load, limits);
    if (problem) return refuse(unable(problem));
    const { owner = this.#nobody(), signal, maxWaitMs, onPlace, onStarted } = asker;
    const admission = await this.#queue.enter({
      ...{ bytes: anyBytes, owner },
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
      await this.#mustHold(request.runtime);
      return await this.#runNow(request, load, limits, signal);
    } catch (error) {
      return refuse(unable(said(error)));
    } finally {
      admission.release();
    }
  }

  async state(runtime: string): Promise<SandboxState> {
    try {
      return { ready: true, tier: 'full', problem: '', canaries: await this.#mustHold(runtime) };
    } catch (error) {
      return { ready: false, tier: 'none', problem: said(error), canaries: [] };
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((container) => container.kill()));
  }

  #nobody(): string {
    this.#unowned += 1;
    return `nobody ${this.#unowned}`;
  }

  /** Tries the doors before anything is run behind them; a host that failed is tried again. */
  #mustHold(runtime: string): Promise<SandboxState['canaries']> {
    const known = this.#tried.get(runtime);
    if (known) return known;
    const trying = this.#inContainer(runtime, async (container) => {
      const nothing = {
        ...loadOf({ server: 'asgi' }),
        ...bodyOf({ runtime, program: '', serve: {} }),
      };
      const header = { op: 'canary', limits: defaultLimits };
      const answer = await container.ask(header, { ...nothing, server: 'canary' }, graceMs);
      const canaries = readCanaries(answer);
      const loose = canaries.filter(({ held }) => !held).map(({ name }) => name);
      if (loose.length === 0) return canaries;
      throw new SandboxProblem(
        `The lab does not hold on this host (${loose.join(', ')}), so nothing is run in it. Please report this with the output of ./assay doctor.`,
      );
    });
    this.#tried.set(runtime, trying);
    trying.catch(() => this.#tried.delete(runtime));
    return trying;
  }

  #runNow(
    request: LabRequest,
    load: LabLoad,
    limits: Limits,
    signal: AbortSignal | undefined,
  ): Promise<LabResult> {
    const { waitMs, cpuMs, ...asked } = load;
    const environment = {
      UPSTREAM: `${upstream}/${waitMs}`,
      ...{ WAIT_MS: String(waitMs), CPU_MS: String(cpuMs) },
    };
    return this.#inContainer(request.runtime, async (container, versions) => {
      const body = { ...asked, ...bodyOf(request), environment };
      const answer = await container.ask(
        { op: 'lab', limits },
        body,
        limits.wallMs + graceMs,
        signal && { signal },
      );
      return {
        ...readLab(answer, load.server),
        ...{ limits, retryAfterSeconds: null },
        runtime: { name: request.runtime, versions },
      };
    });
  }

  /** A container for one piece of work; with it ends whatever that left. */
  async #inContainer<T>(
    runtime: string,
    work: (container: Container, versions: Versions) => Promise<T>,
  ): Promise<T> {
    const { root, venv, tier = 'full', execution } = this.#options;
    if (!execution) {
      throw new SandboxProblem(
        'Running programs is switched off on this site (ASSAY_EXECUTION=off); its operator can switch it on.',
      );
    }
    if (!(await hasRuntime(root, runtime))) {
      throw new SandboxProblem(
        `There is no runtime ${JSON.stringify(runtime)} in sandbox/runtimes.`,
      );
    }
    const { command, args, identity } = await launchOfLab({ tier, root, venv, runtime });
    const container = new Container(command, args, identity);
    this.#open.add(container);
    try {
      const announced = readAnnouncement(await container.start({}, {}));
      if ('fault' in announced) throw new SandboxProblem(announced.fault.message);
      return await work(container, announced.versions);
    } finally {
      this.#open.delete(container);
      await container.kill();
    }
  }
}

function loadOf({
  server,
  workers = defaultLoad.workers,
  threads = defaultLoad.threads,
  requests = defaultLoad.requests,
  atOnce = requests,
  waitMs = defaultLoad.waitMs,
  cpuMs = defaultLoad.cpuMs,
}: Pick<LabRequest, keyof LabLoad>): LabLoad {
  return { server, workers, threads, requests, atOnce, waitMs, cpuMs };
}

/** What the processes inside get of a request, beside the load. */
function bodyOf(request: Omit<LabRequest, 'server'>) {
  const { program, fileName, files = {}, apps = {}, rows, serve, path } = request;
  return {
    ...{ program, file: fileName ?? 'program.py', files, apps, serve },
    ...{ rows: rows ?? '', path: path ?? Object.keys(serve)[0] ?? '/', environment: {} },
  };
}

/** What is wrong with a request, in a sentence; null when nothing is. */
function problemWith(request: LabRequest, load: LabLoad, limits: Limits): string | null {
  if (!labServers.includes(load.server)) {
    return `The server must be one of ${labServers.join(', ')}, not ${load.server}.`;
  }
  for (const [name, [least, most]] of Object.entries(labBounds)) {
    const value = load[name as keyof typeof labBounds];
    if (!Number.isSafeInteger(value) || value < least || value > most) {
      return `${name} must be a whole number from ${least} to ${most}, not ${value}.`;
    }
  }
  if (Object.keys(request.serve).length === 0) return 'Nothing is served: `serve` names no view.';
  if (request.path !== undefined && !plainPath.test(request.path)) {
    return 'The path must begin with a slash, and hold no space.';
  }
  for (const [name, most] of Object.entries(mostLimits)) {
    const value = limits[name as keyof Limits];
    if (value > most) return `The limit ${name} must be at most ${most}, not ${value}.`;
  }
  if (limits.memoryBytes / load.workers < leastWorkerBytes) {
    return `The limit memoryBytes must be at least ${leastWorkerBytes} for each of the workers.`;
  }
  return limitsProblem(limits) ?? filesProblem(request, limits);
}

function notMade(why: NotRun, runtime: string, limits: Limits): LabResult {
  const {
    exit: _exit,
    observations: _observations,
    ...plain
  } = notRun(why, { name: runtime, versions: {} }, limits);
  return {
    ...plain,
    client: clientOf([]),
    upstream: { count: 0, maxOpen: 0, calls: [] },
    ...{ loop: null, spans: [], cut: false },
  };
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
