/** Many runs at once: as many as go, as many as are asked for, and far too many. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunResult } from '#lib/domain/run.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { runtime } from './container-parts.ts';
import { runOnce } from './ours.ts';
import { mustBeRight, program } from './program.ts';

const owners = 200;

/**
 * Keeps this many runs going.
 * @returns How many came to their end, in how many milliseconds.
 */
export async function sustain(
  sandbox: Sandbox,
  inFlight: number,
  forMs: number,
): Promise<{ runs: number; ms: number }> {
  const began = performance.now();
  let runs = 0;
  const keepRunning = async () => {
    while (performance.now() - began < forMs) {
      await runOnce(sandbox, 'Assay');
      runs += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, keepRunning));
  return { runs, ms: performance.now() - began };
}

/** What became of runs that were asked for, whether or not there was room for them. */
export interface Offered {
  /** Milliseconds to the result of each that was run. */
  finishedMs: number[];
  /** Milliseconds until each of the others was told `busy`. */
  busyMs: number[];
}

/**
 * Asks for runs at random moments, however the ones before fare: learners do not wait for each other.
 * @param perSecond - How many on average.
 */
export async function offer(sandbox: Sandbox, perSecond: number, forMs: number): Promise<Offered> {
  const offered: Offered = { finishedMs: [], busyMs: [] };
  const asked: Promise<void>[] = [];
  const random = randomNumbers(perSecond);
  const began = performance.now();
  for (let at = 0; at < forMs; at += (-Math.log(1 - random()) / perSecond) * 1000) {
    const wait = began + at - performance.now();
    if (wait > 0) await delay(wait);
    asked.push(ask(sandbox, asked.length, offered));
  }
  await Promise.all(asked);
  return offered;
}

/** Asks for this many at the same moment. */
export async function flood(sandbox: Sandbox, runs: number): Promise<Offered> {
  const offered: Offered = { finishedMs: [], busyMs: [] };
  await Promise.all(Array.from({ length: runs }, (_, n) => ask(sandbox, n, offered)));
  return offered;
}

async function ask(sandbox: Sandbox, n: number, { finishedMs, busyMs }: Offered): Promise<void> {
  const began = performance.now();
  const result = await sandbox.run({ runtime, program }, { owner: `learner-${n % owners}` });
  const ms = performance.now() - began;
  if (result.outcome === 'busy') {
    busyMs.push(ms);
    mustSayWhen(result);
  } else {
    mustBeRight('Assay', result.outcome === 'finished' ? result.stdout : JSON.stringify(result));
    finishedMs.push(ms);
  }
}

function mustSayWhen({ retryAfterSeconds }: RunResult): void {
  if (retryAfterSeconds !== null && retryAfterSeconds >= 1) return;
  throw new Error(`busy must say when to come again, and said ${String(retryAfterSeconds)}`);
}

/** The same numbers in every run of the benchmark (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = Math.floor(seed * 1000);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
