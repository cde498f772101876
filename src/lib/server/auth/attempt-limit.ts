/** How often something may be tried, by whom or with what: kept in memory, so that a restart forgets it. */

/** More names than this are not remembered: the oldest are forgotten first. */
const maxKeys = 20_000;

export interface Limit {
  /** How many in a window. */
  times: number;
  windowMs: number;
}

export class AttemptLimit {
  readonly #limit: Limit;
  readonly #now: () => number;
  readonly #windows = new Map<string, { endsAt: number; count: number }>();

  constructor(limit: Limit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts one try. @returns Whether it is still within the limit. */
  take(key: string): boolean {
    const now = this.#now();
    const known = this.#windows.get(key);
    if (known !== undefined && known.endsAt > now) {
      known.count += 1;
      return known.count <= this.#limit.times;
    }
    this.#windows.delete(key);
    this.#windows.set(key, { endsAt: now + this.#limit.windowMs, count: 1 });
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > maxKeys && oldest !== undefined) this.#windows.delete(oldest);
    return true;
  }
}
