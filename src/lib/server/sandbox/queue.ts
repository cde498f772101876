/** Gives its place back; calling it twice does nothing more. */
export type Release = () => void;

/** One run that wants a place. */
export interface Entry {
  /** The most memory that the run can take. */
  bytes: number;
  /** Whose run it is: places go round between owners. */
  owner: string;
  /** Joins even a full queue and goes before others: for work that a run already admitted needs. */
  isPatient?: boolean;
  /** Aborted while it waits: whoever asked is gone. */
  signal?: AbortSignal;
  /** The longest wait, in milliseconds. */
  maxWaitMs?: number;
  /** How many go first; told on joining the queue, and whenever that changes. */
  onPlace?: (ahead: number) => void;
}

export type Admission =
  | { kind: 'admitted'; release: Release }
  /** `retryAfterSeconds`: whole, at least 1. `isOwners`: it is the owner's own runs that are too many. */
  | { kind: 'busy'; retryAfterSeconds: number; isOwners: boolean }
  | { kind: 'gone' };

/**
 * What stands before the pool. One implementation serves this process; another may spread runs over
 * machines. A place is for one run.
 */
export interface RunQueue {
  /** Waits for a place. Answers `busy` at once when too many wait, and when the wait grows too long. */
  enter(entry: Entry): Promise<Admission>;
}

export interface QueueLimits {
  /** Runs at once. */
  slots: number;
  /** Memory of all runs together. */
  bytes: number;
  /** How many may wait. */
  waiting: number;
  /** How many of one owner's may wait. */
  waitingPerOwner: number;
}

interface Waiter {
  entry: Entry;
  /** Answers whoever waits, and lets go of timer and signal. */
  settle: (admission: Admission) => void;
  /** How many go first, as it was told; null before it was told anything. */
  told: number | null;
  isWaiting: boolean;
}

/** How much the latest run counts in the average. */
const weight = 0.2;
const mostSeconds = 60;
/** The longest time that a timer holds: 2^31 - 1 ms. Who would wait longer waits without one. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The queue of one process: first come, first served for one owner, and in turn between owners. Whoever
 * is next waits until there is room; smaller runs behind do not overtake a large one.
 */
export class LocalQueue implements RunQueue {
  readonly #limits: QueueLimits;
  readonly #now: () => number;
  #patient: Waiter[] = [];
  /** Each owner's waiters; the owner whose turn it is stands first. */
  readonly #owners = new Map<string, Waiter[]>();
  /** How many of owners' wait, counted as they come and go: in a crowd nobody has time to count anew. */
  #inLine = 0;
  #running = 0;
  #bytes = 0;
  /** How long places were held of late; null before the first was given back. */
  #averageMs: number | null = null;
  #isTelling = false;

  /**
   * @param now - A clock in milliseconds that never goes back.
   * @throws RangeError for limits that nothing could be counted with.
   */
  constructor(limits: QueueLimits, now: () => number = () => performance.now()) {
    for (const [name, value] of Object.entries(limits)) {
      const least = name === 'slots' ? 1 : 0;
      if (!(value >= least)) {
        throw new RangeError(`limits.${name} must be a number from ${least}, not ${value}`);
      }
    }
    this.#limits = limits;
    this.#now = now;
  }

  /** Rejects with a RangeError for an entry that nothing could be counted with. */
  enter(entry: Entry): Promise<Admission> {
    const wrong = whatIsWrong(entry);
    if (wrong) return Promise.reject(new RangeError(wrong));
    if (entry.signal?.aborted) return Promise.resolve({ kind: 'gone' });
    const refusal = this.#refusalOf(entry);
    if (refusal) return Promise.resolve(refusal);
    return new Promise((resolve) => {
      const waiter = this.#makeWaiter(entry, resolve);
      this.#add(waiter);
      this.#admit();
      this.#tellPlaces();
    });
  }

  /** Why the entry may not even wait. */
  #refusalOf({ bytes, owner, isPatient, maxWaitMs }: Entry): Admission | null {
    if (bytes > this.#limits.bytes) {
      return { kind: 'busy', retryAfterSeconds: mostSeconds, isOwners: false };
    }
    const before = isPatient ? this.#patient.length : this.#waiting;
    if (before === 0 && this.#hasRoom(bytes)) return null;
    const own = this.#owners.get(owner)?.length ?? 0;
    if (!isPatient && own >= this.#limits.waitingPerOwner) return this.#busy(true);
    if (!isPatient && this.#waiting >= this.#limits.waiting) return this.#busy(false);
    return maxWaitMs !== undefined && maxWaitMs <= 0 ? this.#busy(false) : null;
  }

  get #waiting(): number {
    return this.#patient.length + this.#inLine;
  }

  /** The time in which those who wait, and one more, are served. */
  #busy(isOwners: boolean): Admission {
    const toServe = this.#waiting + 1;
    const seconds = Math.ceil((toServe * (this.#averageMs ?? 0)) / this.#limits.slots / 1000);
    const retryAfterSeconds = Math.min(Math.max(seconds, 1), mostSeconds);
    return { kind: 'busy', retryAfterSeconds, isOwners };
  }

  #makeWaiter(entry: Entry, resolve: (admission: Admission) => void): Waiter {
    const leave = (admission: Admission) => {
      this.#remove(waiter);
      waiter.settle(admission);
      // A large run that left may have stood before smaller ones.
      this.#admit();
      this.#tellPlaces();
    };
    const onAbort = () => leave({ kind: 'gone' });
    entry.signal?.addEventListener('abort', onAbort);
    const { maxWaitMs = Infinity } = entry;
    const timer =
      maxWaitMs > longestTimerMs
        ? undefined
        : setTimeout(() => leave(this.#busy(false)), Math.max(0, maxWaitMs)).unref();
    const waiter: Waiter = {
      ...{ entry, told: null, isWaiting: true },
      settle: (admission) => {
        waiter.isWaiting = false;
        clearTimeout(timer);
        entry.signal?.removeEventListener('abort', onAbort);
        resolve(admission);
      },
    };
    return waiter;
  }

  #add(waiter: Waiter): void {
    const { isPatient, owner } = waiter.entry;
    if (isPatient) {
      this.#patient.push(waiter);
      return;
    }
    this.#owners.set(owner, [...(this.#owners.get(owner) ?? []), waiter]);
    this.#inLine += 1;
  }

  #remove(waiter: Waiter): void {
    this.#patient = this.#patient.filter((other) => other !== waiter);
    const { owner } = waiter.entry;
    const line = this.#owners.get(owner) ?? [];
    const rest = line.filter((other) => other !== waiter);
    this.#inLine -= line.length - rest.length;
    if (rest.length > 0) this.#owners.set(owner, rest);
    else this.#owners.delete(owner);
  }

  /** Everyone who waits, in the order in which places will be given. */
  #order(): Waiter[] {
    const lines = [...this.#owners.values()];
    const rounds = Math.max(0, ...lines.map((line) => line.length));
    const inTurn = Array.from({ length: rounds }, (_, round) =>
      lines.flatMap((line) => line[round] ?? []),
    );
    return [...this.#patient, ...inTurn.flat()];
  }

  #hasRoom(bytes: number): boolean {
    return this.#running < this.#limits.slots && this.#bytes + bytes <= this.#limits.bytes;
  }

  #admit(): void {
    for (let next = this.#next(); next && this.#hasRoom(next.entry.bytes); next = this.#next()) {
      const { entry } = next;
      this.#remove(next);
      if (!entry.isPatient) this.#endTurn(entry.owner);
      next.settle({ kind: 'admitted', release: this.#place(entry.bytes) });
    }
  }

  #next(): Waiter | undefined {
    return this.#patient[0] ?? this.#owners.values().next().value?.[0];
  }

  /** An owner who has had a turn goes behind all others. */
  #endTurn(owner: string): void {
    const rest = this.#owners.get(owner);
    this.#owners.delete(owner);
    if (rest) this.#owners.set(owner, rest);
  }

  #place(bytes: number): Release {
    this.#running += 1;
    this.#bytes += bytes;
    const began = this.#now();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#running -= 1;
      this.#bytes -= bytes;
      const heldMs = this.#now() - began;
      const average = this.#averageMs ?? heldMs;
      this.#averageMs = average + weight * (heldMs - average);
      this.#admit();
      this.#tellPlaces();
    };
  }

  /** Afterwards, and once for all that has just changed: a listener may enter and leave, too. */
  #tellPlaces(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      const moved = [...this.#order().entries()].filter(
        ([ahead, { entry, told }]) => entry.onPlace && told !== ahead,
      );
      for (const [ahead, waiter] of moved) {
        // Unless a listener before has sent it away.
        if (waiter.isWaiting) tell(waiter, ahead);
      }
    });
  }
}

/** A listener's trouble, now or later, is not the queue's, nor that of those behind. */
function tell(waiter: Waiter, ahead: number): void {
  waiter.told = ahead;
  new Promise<void>((resolve) => resolve(waiter.entry.onPlace?.(ahead))).catch(() => undefined);
}

function whatIsWrong({ bytes, maxWaitMs }: Entry): string | null {
  if (!(bytes >= 0)) return `bytes must be a number from 0, not ${bytes}`;
  if (Number.isNaN(maxWaitMs)) return 'maxWaitMs must be a number of milliseconds, not NaN';
  return null;
}
