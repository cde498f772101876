/** Gives its place back; calling it twice does nothing more. */
export type Release = () => void;

/**
 * What stands before the pool. One implementation serves this process; another may spread runs over
 * machines. A place is for one run.
 */
export interface RunQueue {
  /**
   * Waits for a place, first come, first served.
   * @param bytes - The most memory that the run can take.
   * @param isPatient - Joins the queue even when it is full: for work that a run already admitted needs.
   * @returns The place, or `busy` at once when too many wait.
   */
  enter(bytes: number, isPatient?: boolean): Promise<Release | 'busy'>;
}

export interface QueueLimits {
  /** Runs at once. */
  slots: number;
  /** Memory of all runs together. */
  bytes: number;
  /** How many may wait. */
  waiting: number;
}

interface Waiter {
  bytes: number;
  admit: (release: Release) => void;
}

/** The queue of one process. */
export class LocalQueue implements RunQueue {
  readonly #limits: QueueLimits;
  readonly #waiters: Waiter[] = [];
  #running = 0;
  #bytes = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  enter(bytes: number, isPatient = false): Promise<Release | 'busy'> {
    const fits = this.#waiters.length === 0 && this.#hasRoom(bytes);
    if (!fits && !isPatient && this.#waiters.length >= this.#limits.waiting) {
      return Promise.resolve('busy');
    }
    return new Promise((admit) => {
      this.#waiters.push({ bytes, admit });
      this.#admit();
    });
  }

  #hasRoom(bytes: number): boolean {
    return this.#running < this.#limits.slots && this.#bytes + bytes <= this.#limits.bytes;
  }

  /** The first in line goes first, even when a smaller one behind it would fit. */
  #admit(): void {
    for (let next = this.#waiters[0]; next && this.#hasRoom(next.bytes); next = this.#waiters[0]) {
      this.#waiters.shift();
      next.admit(this.#place(next.bytes));
    }
  }

  #place(bytes: number): Release {
    this.#running += 1;
    this.#bytes += bytes;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#running -= 1;
      this.#bytes -= bytes;
      this.#admit();
    };
  }
}
