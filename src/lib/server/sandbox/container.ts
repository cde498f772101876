import { type ChildProcess, spawn } from 'node:child_process';
import { encodeRequest, FrameReader } from './frames.ts';
import type { Identity } from './identity.ts';
import { explainFailure, SandboxProblem } from './problems.ts';

/** The container is gone, or does not answer; what it was doing is not known. */
export class ContainerLost extends Error {}

/** The container is well, and says that it could not do this. */
export class ContainerRefusal extends Error {}

interface Pending {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
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
        this.#lose(new ContainerLost(explainFailure(this.#stderr)));
        resolve();
      });
      this.#process.once('error', () => resolve());
    });
  }

  /** False once it has ended or been given up. */
  get isAlive(): boolean {
    return this.#loss === null;
  }

  /** What it announces when its runtime is set up. Rejects with why it did not start. */
  started(): Promise<unknown> {
    return this.#expect('', startMs).catch((error: unknown) => {
      throw error instanceof ContainerLost ? new SandboxProblem(error.message) : error;
    });
  }

  /**
   * Sends a request.
   * @param header - Read by the supervisor; its id is given here.
   * @param body - Opened only by the fork that does the work.
   * @param timeoutMs - When to give the whole container up.
   * @throws ContainerLost, ContainerRefusal, or FrameError when the request is too large.
   */
  async ask(header: object, body: object, timeoutMs: number): Promise<unknown> {
    if (this.#loss) throw this.#loss;
    this.#sent += 1;
    const id = String(this.#sent);
    const frames = encodeRequest({ ...header, id }, body);
    const answer = this.#expect(id, timeoutMs);
    this.#process.stdin?.write(frames);
    return answer;
  }

  /** Ends it, and waits until it has ended. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    this.#lose(new ContainerLost('The sandbox was stopped.'));
    await this.#ended;
  }

  #expect(id: string, timeoutMs: number): Promise<unknown> {
    if (this.#loss) return Promise.reject(this.#loss);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#lose(new ContainerLost('The sandbox did not answer in time.'));
        this.#process.kill('SIGKILL');
      }, timeoutMs);
      this.#pending.set(id, { resolve, reject, timer });
    });
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

  #settle(answer: { id?: unknown; ok?: unknown; failed?: unknown }): void {
    const pending = typeof answer.id === 'string' ? this.#pending.get(answer.id) : undefined;
    if (!pending) throw new Error('an answer to no question');
    this.#pending.delete(answer.id as string);
    clearTimeout(pending.timer);
    if (typeof answer.failed === 'string') pending.reject(new ContainerRefusal(answer.failed));
    else pending.resolve(answer.ok);
  }

  #lose(why: Error): void {
    this.#loss ??= why;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(this.#loss);
    }
    this.#pending.clear();
  }
}
