/**
 * A learner asks for a run of a program of their own. One id is one run: whoever asks again with the same
 * id hears the same run, or is told its result once more.
 */
import type { Recording } from '#lib/domain/recording.ts';
import { hostOutcomes, type RunResult } from '#lib/domain/run.ts';
import type { RunRequest, Sandbox } from '../sandbox/port.ts';

/**
 * A run's result without observations: what a drive observes is for judges, and no learner's run has one. In place of
 * a recording it has its name: null when the run left none that can be read, absent where none was asked for.
 */
export type AskedResult = Omit<RunResult, 'observations' | 'recording'> & {
  recording?: string | null | undefined;
};

/** What can be heard of a run. After `result` nothing more comes. */
export type RunEvent =
  | { kind: 'queued'; ahead: number }
  | { kind: 'started' }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { kind: 'result'; result: AskedResult };

/** Someone who hears a run. */
export interface RunListener {
  /**
   * The next event, from the beginning of the run on; null after the result and after `leave`.
   * @throws Whatever the sandbox threw, which it never should.
   */
  next(): Promise<RunEvent | null>;
  /** Gone. A run that nobody listens to any more is cancelled. */
  leave(): void;
}

export interface AskedRun {
  /** A learner; the name space of ids, and the one between whom places are shared out. */
  owner: string;
  /** Chosen by the owner. */
  id: string;
  /** Of all that was asked for: the same id with another digest is refused. */
  digest: string;
  request: RunRequest;
}

export type AskForRunResult = { kind: 'run'; listener: RunListener } | { kind: 'other-request' };
export type AskForRun = (asked: AskedRun) => AskForRunResult;

export interface AskForRunDeps {
  sandbox: Pick<Sandbox, 'run'>;
  now: () => Date;
  /** @returns The name under which the recording is found. */
  keepRecording: (recording: Recording) => Promise<string>;
  /** Told why the host could not make a run: for the log, since it may speak of the host. */
  onTrouble: (problem: string) => void;
}

/** How long a result is kept for who asks again, and how many of them. */
export const keptResults = { milliseconds: 5 * 60_000, inAll: 64, ofOneOwner: 8 };

/** The longest wait for a place: shorter than the minute after which proxies give an answer up. */
export const maxWaitMs = 30_000;

/** What a learner reads of trouble that is the host's. */
const hostTrouble =
  'The sandbox could not make this run. Nothing was learnt of the program; ask again.';

interface Kept {
  run: HeardRun;
  owner: string;
  /** In milliseconds. */
  until: number;
}

/** @returns The way in for all who ask; it holds the runs that go on and the results that are kept. */
export function createAskForRun({
  sandbox,
  now,
  keepRecording,
  onTrouble,
}: AskForRunDeps): AskForRun {
  const ongoing = new Map<string, HeardRun>();
  // In the order in which the runs ended: the oldest first.
  const kept = new Map<string, Kept>();

  function keep(key: string, owner: string, run: HeardRun): void {
    kept.set(key, { run, owner, until: now().getTime() + keptResults.milliseconds });
    const own = [...kept].filter(([, each]) => each.owner === owner);
    for (const [old] of own.slice(0, -keptResults.ofOneOwner)) kept.delete(old);
    for (const old of [...kept.keys()].slice(0, -keptResults.inAll)) kept.delete(old);
  }

  function forgetOld(): void {
    for (const [key, { until }] of kept) if (until <= now().getTime()) kept.delete(key);
  }

  function start(key: string, { owner, digest, request }: AskedRun): HeardRun {
    const run = new HeardRun(digest);
    ongoing.set(key, run);
    const settle = async () => {
      const result = await sandbox.run(request, { owner, maxWaitMs, ...run.asker() });
      if (result.outcome === 'infrastructure') onTrouble(result.error?.message ?? '');
      const told = { ...askedResult(result), ...(await named(request, result)) };
      run.end(told);
      // What the host did not manage is no answer: whoever asks again gets a run.
      if (!hostOutcomes.has(result.outcome)) keep(key, owner, endedRun(digest, told));
    };
    settle()
      .catch((error: unknown) => {
        onTrouble(String(error));
        run.fail(error);
      })
      .finally(() => ongoing.delete(key));
    return run;
  }

  /** What is told of the recording, where one was asked for. One that cannot be kept is as good as none. */
  async function named(
    { record }: RunRequest,
    { recording = null }: RunResult,
  ): Promise<Pick<AskedResult, 'recording'>> {
    if (record === undefined) return {};
    if (!recording) return { recording: null };
    try {
      return { recording: await keepRecording(recording) };
    } catch (error) {
      onTrouble(`a recording could not be kept: ${String(error)}`);
      return { recording: null };
    }
  }

  return (asked) => {
    forgetOld();
    const key = JSON.stringify([asked.owner, asked.id]);
    const known = ongoing.get(key) ?? kept.get(key)?.run;
    if (known && known.digest !== asked.digest) return { kind: 'other-request' };
    return { kind: 'run', listener: (known ?? start(key, asked)).join() };
  };
}

function askedResult({
  observations: _,
  recording: __,
  ...result
}: RunResult): Omit<AskedResult, 'recording'> {
  if (result.outcome !== 'infrastructure' || !result.error) return result;
  return { ...result, error: { ...result.error, message: hostTrouble } };
}

/** A run of which only the result is left: it holds all output, so the rest need not be kept. */
function endedRun(digest: string, result: AskedResult): HeardRun {
  const run = new HeardRun(digest);
  run.end(result);
  return run;
}

/** One run and all who hear it. */
class HeardRun {
  readonly digest: string;
  readonly #events: RunEvent[] = [];
  /** Those who are still there, with the number of events each has heard. */
  readonly #listeners = new Map<RunListener, Hearing>();
  readonly #cancel = new AbortController();
  #isOver = false;
  #failure: { error: unknown } | null = null;

  constructor(digest: string) {
    this.digest = digest;
  }

  /** What the sandbox is given to tell this run's listeners what happens. */
  asker() {
    return {
      signal: this.#cancel.signal,
      onPlace: (ahead: number) => this.#add({ kind: 'queued', ahead }),
      onStarted: () => this.#add({ kind: 'started' }),
      onOutput: (stream: 'stdout' | 'stderr', text: string) =>
        this.#add({ kind: 'output', stream, text }),
    };
  }

  end(result: AskedResult): void {
    this.#add({ kind: 'result', result });
    this.#isOver = true;
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#isOver = true;
    this.#wakeAll();
  }

  join(): RunListener {
    // Of the places that the run had in the queue, only the last one is still true.
    const first = this.#events.findLastIndex(({ kind }) => kind === 'queued');
    const hearing: Hearing = { heard: Math.max(0, first), wake: null };
    const listener: RunListener = {
      next: () => this.#next(listener, hearing),
      leave: () => this.#leave(listener, hearing),
    };
    this.#listeners.set(listener, hearing);
    return listener;
  }

  async #next(listener: RunListener, hearing: Hearing): Promise<RunEvent | null> {
    while (this.#listeners.has(listener)) {
      const event = this.#events[hearing.heard];
      if (event) {
        hearing.heard += 1;
        return event;
      }
      if (this.#failure) throw this.#failure.error;
      if (this.#isOver) return null;
      await new Promise<void>((wake) => (hearing.wake = wake));
    }
    return null;
  }

  #leave(listener: RunListener, hearing: Hearing): void {
    this.#listeners.delete(listener);
    hearing.wake?.();
    if (this.#listeners.size === 0 && !this.#isOver) this.#cancel.abort();
  }

  #add(event: RunEvent): void {
    if (this.#isOver) return;
    const last = this.#events.length - 1;
    const isUnheard = [...this.#listeners.values()].every(({ heard }) => heard <= last);
    const joined = isUnheard ? joinedEvent(this.#events[last], event) : null;
    if (joined) this.#events[last] = joined;
    else this.#events.push(event);
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const hearing of this.#listeners.values()) {
      hearing.wake?.();
      hearing.wake = null;
    }
  }
}

interface Hearing {
  heard: number;
  wake: (() => void) | null;
}

/** Two events that nobody has heard yet, told as one: a program that writes letter by letter stays small. */
function joinedEvent(last: RunEvent | undefined, next: RunEvent): RunEvent | null {
  if (last?.kind === 'queued' && next.kind === 'queued') return next;
  if (last?.kind !== 'output' || next.kind !== 'output') return null;
  return last.stream === next.stream ? { ...next, text: last.text + next.text } : null;
}
