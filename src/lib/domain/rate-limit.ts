/**
 * How often something may be done: a bucket of tokens that fills at a steady rate up to a brim. Who has saved up may do
 * several things at once; in the long run nobody does more than the rate. Time comes from the caller.
 */

export interface Rate {
  /** What a full bucket holds: how many at once. */
  burst: number;
  /** How many come back in a minute. */
  perMinute: number;
}

export interface Bucket {
  tokens: number;
  /** When it held that many, in milliseconds of the caller's clock. */
  at: number;
}

/** What one more would leave. `waitMs`: null when it may be done now, else how long until it may. */
export interface Taken {
  bucket: Bucket;
  waitMs: number | null;
}

const minute = 60_000;

/**
 * What a bucket holds now. A clock that has gone back gives nothing and takes nothing away: it is counted on from there.
 * @param bucket - Null: it was never taken from, or was forgotten, and is full.
 */
export function filled(bucket: Bucket | null, { burst, perMinute }: Rate, now: number): Bucket {
  if (!bucket) return { tokens: burst, at: now };
  const elapsed = Math.max(0, now - bucket.at);
  return { tokens: Math.min(burst, bucket.tokens + (elapsed / minute) * perMinute), at: now };
}

/** Takes one token, where there is one. */
export function takeToken(bucket: Bucket | null, rate: Rate, now: number): Taken {
  const before = filled(bucket, rate, now);
  if (before.tokens < 1) {
    return { bucket: before, waitMs: ((1 - before.tokens) / rate.perMinute) * minute };
  }
  return { bucket: { ...before, tokens: before.tokens - 1 }, waitMs: null };
}

/** Both numbers of a rate, made larger or smaller alike; a whole token fits in however small it gets. */
export function scaled({ burst, perMinute }: Rate, factor: number): Rate {
  return { burst: Math.max(1, burst * factor), perMinute: perMinute * factor };
}
