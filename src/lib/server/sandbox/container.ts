import { type ChildProcess, spawn } from 'node:child_process';
import { readSaid } from './answers.ts';
import { encodeRequest, FrameReader } from './frames.ts';
import type { Identity } from './identity.ts';
import { explainEnd, explainFailure, SandboxProblem } from './problems.ts';

/** The container is gone, or does not answer; what it was doing is not known. */
export class ContainerLost extends Error {}

/** The container is well, and says that it could not do this. */
export class ContainerRefusal extends Error {}

/** What an answer may be preceded by, and who may give it up. */
export interface AskOptions {
  /** Takes what the run has written since. */
  onOutput?: ((stream: 'stdout' | 'stderr', text: string) => void) | undefined;
  /** Aborted: the run is killed; its answer still comes. */
  signal?: AbortSignal | undefined;
}

interface Pending {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  onOutput: AskOptions['onOutput'];
  /** Lets go of the timer and of the signal. */
  release: () => void;
}

const startMs = 60_000;
const keptStderr = 8 * 1024;

/**
 * One bubblewrap container and the channel to the supervisor in it. Outermost guard: whatever does not
 * answer in time is killed, with everything in it.
 */
export class Container {
  readonly #process: ChildProcess;
  readonly #frames = new FrameReader();
  readonly #pending = new Map<string, Pending>();
  #stderr = '';
  #sent = 0;
  #loss: Error | null = null;
  #hasStarted = false;
  readonly #ended: Promise<void>;

  constructor(command: string, args: string[], identity: Identity | null) {
    // No environment, and no descriptor but these three, for anyone inside to find.
    const stdio: ['pipe', 'pipe', 'pipe'] = ['pipe', 'pipe', 'pipe'];
    this.#process = spawn(command, args, { env: {}, cwd: '/', stdio, ...identity });
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-keptStderr);
    });
    // A write to a container that has just died; its end is told by `close`.
    this.#process.stdin?.on('error', () => undefined);
    this.#process.on('error', (error) => this.#lose(new SandboxProblem(error.message)));
    this.#ended = new Promise((resolve) => {
      this.#process.once('close', () => {
        const explain = this.#hasStarted ? explainEnd : explainFailure;
        this.#lose(new ContainerLost(explain(this.#stderr)));
        resolve();
      });
      this.#process.once('error', () => resolve());
    });
  }

  /** False once it has ended or been given up. */
  get isAlive(): boolean {
    return this.#loss === null;
  }

  /**
   * Sets the runtime up.
   * @param header - For the supervisor.
   * @param body - For the zygote.
   * @returns What it announces when it is set up. Rejects with why it did not start.
   */
  async start(header: object, body: object): Promise<unknown> {
    try {
      const announced = await this.#request('', { ...header, op: 'setup' }, body, startMs, {});
      this.#hasStarted = true;
      return announced;
    } catch (error) {
      throw error instanceof ContainerLost ? new SandboxProblem(error.message) : error;
    }
  }

  /**
   * Sends a request.
   * @param header - Read by the supervisor; its id is given here.
   * @param body - Opened only by the fork that does the work.
   * @param timeoutMs - When to give the whole container up.
   * @throws ContainerLost, ContainerRefusal, or FrameError when the request is too large.
   */
  async ask(
    header: object,
    body: object,
    timeoutMs: number,
    options: AskOptions = {},
  ): Promise<unknown> {
    this.#sent += 1;
    return this.#request(String(this.#sent), header, body, timeoutMs, options);
  }

  /** Ends it, and waits until it has ended. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    this.#lose(new ContainerLost('The sandbox was stopped.'));
    await this.#ended;
  }

  async #request(
    id: string,
    header: object,
    body: object,
    timeoutMs: number,
    options: AskOptions,
  ): Promise<unknown> {
    if (this.#loss) throw this.#loss;
    const frames = encodeRequest({ ...header, id }, body);
    const answer = this.#expect(id, timeoutMs, options);
    this.#process.stdin?.write(frames);
    // After the request itself: what is not yet known cannot be cancelled.
    if (options.signal?.aborted) this.#cancel(id);
    return answer;
  }

  #expect(id: string, timeoutMs: number, { onOutput, signal }: AskOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#lose(new ContainerLost('The sandbox did not answer in time.'));
        this.#process.kill('SIGKILL');
      }, timeoutMs);
      const cancel = () => this.#cancel(id);
      signal?.addEventListener('abort', cancel);
      const release = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
      this.#pending.set(id, { resolve, reject, onOutput, release });
    });
  }

  #cancel(run: string): void {
    this.#process.stdin?.write(encodeRequest({ op: 'cancel', id: '', run }, {}));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.feed(chunk)) this.#settle(JSON.parse(frame.toString()));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#lose(new ContainerLost(`The sandbox answered with nonsense: ${message}`));
      this.#process.kill('SIGKILL');
    }
  }

  #settle(answer: { id?: unknown; ok?: unknown; failed?: unknown; said?: unknown }): void {
    const pending = typeof answer.id === 'string' ? this.#pending.get(answer.id) : undefined;
    if (!pending) throw new Error('an answer to no question');
    if (answer.said !== undefined) {
      const { stream, text } = readSaid(answer.said);
      tell(pending.onOutput, stream, text);
      return;
    }
    this.#pending.delete(answer.id as string);
    pending.release();
    if (typeof answer.failed === 'string') pending.reject(new ContainerRefusal(answer.failed));
    else pending.resolve(answer.ok);
  }

  #lose(why: Error): void {
    this.#loss ??= why;
    for (const { reject, release } of this.#pending.values()) {
      release();
      reject(this.#loss);
    }
    this.#pending.clear();
  }
}

/** A listener's trouble is its own: the run goes on, and so does the container. */
function tell(listener: AskOptions['onOutput'], stream: 'stdout' | 'stderr', text: string): void {
  try {
    listener?.(stream, text);
  } catch {
    // Whoever listens hears the result all the same.
  }
}
