import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled, scaled, takeToken, type Bucket, type Rate } from './rate-limit.ts';

const rates = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  perMinute: fc.integer({ min: 1, max: 600 }),
});
/** How far a clock moves between two requests, in milliseconds: it may go back. */
const moves = fc.array(fc.integer({ min: -600_000, max: 600_000 }), { maxLength: 300 });

/** Asks after each move of the clock. @returns Which of the requests may pass. */
function askAfter(rate: Rate, steps: number[]): boolean[] {
  let bucket: Bucket | null = null;
  let now = 0;
  return steps.map((step) => {
    now += step;
    const taken = takeToken(bucket, rate, now);
    bucket = taken.bucket;
    return taken.waitMs === null;
  });
}

describe('a bucket', () => {
  it('lets through no more than a burst and the rate for the time that has passed, whatever the clock does', () => {
    fc.assert(
      fc.property(rates, moves, (rate, steps) => {
        const passed = askAfter(rate, steps).filter(Boolean).length;
        const forward = steps.slice(1).reduce((sum, step) => sum + Math.max(0, step), 0);
        expect(passed).toBeLessThanOrEqual(rate.burst + (forward / 60_000) * rate.perMinute + 1e-6);
      }),
    );
  });

  it('lets through whoever keeps to the rate, for ever', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 200 }), (rate, requests) => {
        const pause = Math.ceil(60_000 / rate.perMinute);
        expect(askAfter(rate, Array<number>(requests).fill(pause))).not.toContain(false);
      }),
    );
  });

  it('loses nothing and gains nothing when the clock goes back', () => {
    fc.assert(
      fc.property(rates, fc.double({ min: 0, max: 1, noNaN: true }), (rate, part) => {
        const bucket = { tokens: part * rate.burst, at: 1_000_000 };
        const back = filled(bucket, rate, 5);
        expect(back.tokens).toBe(bucket.tokens);
        const later = filled(back, rate, 5 + 60_000).tokens;
        expect(later).toBeCloseTo(Math.min(rate.burst, back.tokens + rate.perMinute), 6);
      }),
    );
  });

  it('says how long to wait: then one may pass, and not before', () => {
    fc.assert(
      fc.property(rates, moves, (rate, steps) => {
        let bucket: Bucket | null = null;
        let now = 0;
        for (const step of [0, ...steps]) {
          now += Math.max(0, step) / 100;
          const taken = takeToken(bucket, rate, now);
          bucket = taken.bucket;
          if (taken.waitMs === null) continue;
          expect(takeToken(bucket, rate, now + taken.waitMs * 0.99).waitMs).not.toBeNull();
          expect(takeToken(bucket, rate, now + taken.waitMs + 0.001).waitMs).toBeNull();
        }
      }),
    );
  });

  it('is never without room for one, however small the rate is made', () => {
    const small = scaled({ burst: 10, perMinute: 60 }, 0.01);
    expect(small).toEqual({ burst: 1, perMinute: 0.6 });
    expect(takeToken(null, small, 0).waitMs).toBeNull();
  });
});
