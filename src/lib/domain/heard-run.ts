/** A run that is going on, and all who hear it: from the beginning, each at a pace of their own. */

/** What can be heard of a run. After `result` nothing more comes. */
export type RunEvent<Result> =
  | { kind: 'queued'; ahead: number }
  | { kind: 'started' }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; text: string }
  | { kind: 'result'; result: Result };

/** Someone who hears a run. */
export interface RunListener<Result> {
  /**
   * The next event, from the beginning of the run on; null after the result and after `leave`.
   * @throws Whatever making the run threw, which it never should.
   */
  next(): Promise<RunEvent<Result> | null>;
  /** Gone. A run that nobody listens to any more is cancelled. */
  leave(): void;
}

/** One run and all who hear it. */
export class HeardRun<Result> {
  readonly #events: RunEvent<Result>[] = [];
  /** Those who are still there, with the number of events each has heard. */
  readonly #listeners = new Map<RunListener<Result>, Hearing>();
  readonly #cancel = new AbortController();
  #isOver = false;
  #failure: { error: unknown } | null = null;

  /** What whoever makes the run is given to tell its listeners what happens. */
  asker() {
    return {
      signal: this.#cancel.signal,
      onPlace: (ahead: number) => this.#add({ kind: 'queued', ahead }),
      onStarted: () => this.#add({ kind: 'started' }),
      onOutput: (stream: 'stdout' | 'stderr', text: string) =>
        this.#add({ kind: 'output', stream, text }),
    };
  }

  end(result: Result): void {
    this.#add({ kind: 'result', result });
    this.#isOver = true;
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#isOver = true;
    this.#wakeAll();
  }

  join(): RunListener<Result> {
    // Of the places that the run had in the queue, only the last one is still true.
    const first = this.#events.findLastIndex(({ kind }) => kind === 'queued');
    const hearing: Hearing = { heard: Math.max(0, first), wake: null };
    const listener: RunListener<Result> = {
      next: () => this.#next(listener, hearing),
      leave: () => this.#leave(listener, hearing),
    };
    this.#listeners.set(listener, hearing);
    return listener;
  }

  async #next(listener: RunListener<Result>, hearing: Hearing): Promise<RunEvent<Result> | null> {
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

  #leave(listener: RunListener<Result>, hearing: Hearing): void {
    this.#listeners.delete(listener);
    hearing.wake?.();
    if (this.#listeners.size === 0 && !this.#isOver) this.#cancel.abort();
  }

  #add(event: RunEvent<Result>): void {
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
function joinedEvent<Result>(
  last: RunEvent<Result> | undefined,
  next: RunEvent<Result>,
): RunEvent<Result> | null {
  if (last?.kind === 'queued' && next.kind === 'queued') return next;
  if (last?.kind !== 'output' || next.kind !== 'output') return null;
  return last.stream === next.stream ? { ...next, text: last.text + next.text } : null;
}
