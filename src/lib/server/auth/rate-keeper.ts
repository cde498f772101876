/**
 * Counts how often learners and addresses do what costs something. It lives in the memory of one process: where there
 * are several, each counts for itself, and a restart forgets.
 */
import { scaled, takeToken, type Bucket, type Rate } from '#lib/domain/rate-limit.ts';

/**
 * What is counted, and how much of it is usual. Of one learner: faster than anybody works. Of one address: a class of
 * forty behind it, each of whom sends a form every two seconds and runs a program every eight.
 */
export const rates = {
  /** Every form: answers, hints, rounds and what else writes. */
  'write by learner': { burst: 60, perMinute: 60 },
  'write by address': { burst: 600, perMinute: 1200 },
  /** Runs of programs. */
  'run by learner': { burst: 20, perMinute: 30 },
  'run by address': { burst: 200, perMinute: 300 },
  /** Runs under load, of which a site makes one at a time. */
  'lab run by learner': { burst: 8, perMinute: 6 },
  'lab run by address': { burst: 60, perMinute: 60 },
  'report by learner': { burst: 10, perMinute: 4 },
  'report by address': { burst: 60, perMinute: 30 },
  'export by learner': { burst: 10, perMinute: 4 },
  'export by address': { burst: 60, perMinute: 60 },
  /** Signing in and up, and asking for a new password; accounts.ts counts tries at one account. */
  'sign-in by address': { burst: 60, perMinute: 30 },
  /** Learners of whom nothing was heard before: a cookie is easily made up. */
  'new learner by address': { burst: 200, perMinute: 30 },
} satisfies Record<string, Rate>;

export type RateName = keyof typeof rates;

/** One thing that a request counts as. */
export interface Counted {
  rate: RateName;
  /** Whose it is: a learner's id, or an address. */
  who: string;
}

export interface RateKeeperOptions {
  /** How many times the usual rates are allowed; 0: nothing is counted. */
  factor: number;
  /** A clock in milliseconds. */
  now?: () => number;
  /** How many buckets are kept, and how many learners are known. */
  most?: number;
}

/** Of the buckets that were longest not asked for, the fullest of so many is forgotten first. */
const lookedAt = 8;
/** Longer than any address is. */
const longestName = 64;

export class RateKeeper {
  readonly #factor: number;
  readonly #now: () => number;
  readonly #most: number;
  /** Longest not asked for first. */
  readonly #buckets = new Map<string, Bucket>();
  readonly #known = new Set<string>();

  constructor({ factor, now = () => performance.now(), most = 20_000 }: RateKeeperOptions) {
    this.#factor = factor;
    this.#now = now;
    this.#most = most;
  }

  /** How many buckets are kept now. */
  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Counts one request as each of these. One that is refused is not counted.
   * @returns Null: it may pass. Else after how many whole seconds, at least 1, to ask again.
   */
  take(counted: readonly Counted[]): number | null {
    if (this.#factor === 0) return null;
    const now = this.#now();
    const taken = counted.map(({ rate, who }) => {
      const key = `${rate}\t${who.slice(0, longestName)}`;
      const bucket = this.#buckets.get(key) ?? null;
      return { key, ...takeToken(bucket, scaled(rates[rate], this.#factor), now) };
    });
    const waitMs = Math.max(0, ...taken.map((each) => each.waitMs ?? 0));
    if (waitMs > 0) {
      // What is empty is kept in mind; nothing else has changed.
      for (const { key, bucket, waitMs: own } of taken) if (own !== null) this.#keep(key, bucket);
      return Math.max(1, Math.ceil(waitMs / 1000));
    }
    for (const { key, bucket } of taken) this.#keep(key, bucket);
    return null;
  }

  /** Whether this learner has written since the start of this process, as far as is remembered. */
  knows(learnerId: string): boolean {
    return this.#known.has(learnerId);
  }

  /** Remembers that this learner has written. */
  remember(learnerId: string): void {
    this.#known.delete(learnerId);
    this.#known.add(learnerId);
    if (this.#known.size > this.#most) this.#known.delete(first(this.#known));
  }

  #keep(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > this.#most) this.#buckets.delete(this.#leastMissed());
  }

  /** The bucket that can best be forgotten, since a forgotten one is full: rarely asked for, and nearly full anyway. */
  #leastMissed(): string {
    const oldest = [...this.#buckets.entries().take(lookedAt)];
    return oldest.reduce((best, next) => (emptied(next) < emptied(best) ? next : best))[0];
  }
}

/** How much of a bucket was taken out when it was last looked at, in parts of its burst. */
function emptied([key, { tokens }]: [string, Bucket]): number {
  const name = key.slice(0, key.indexOf('\t')) as RateName;
  return 1 - tokens / rates[name].burst;
}

function first<Item>(items: Set<Item>): Item {
  const [item] = items;
  return item as Item;
}
