/** Blind guessers: who knows nothing, and takes a test ten times in a row. */
import { verdictOf } from '#lib/domain/strength/verdict.ts';
import { shareOf } from './figures.ts';
import type { Site } from './site.ts';
import { takeTest } from './take-test.ts';
import { makeBlindGuesser } from './world.ts';

export const retakes = 10;

export interface Guessed {
  tests: number;
  /** How often one test says "strong", and how often one of ten in a row does. */
  once: { value: number; atMost: number };
  ever: { value: number; atMost: number };
}

/**
 * @param state - After how many learners the exercises are looked at.
 * @param count - How many guessers, over all sites.
 */
export function guess(sites: readonly Site[], state: number, count: number): Guessed {
  const each = Math.ceil(count / sites.length);
  const times = sites.flatMap((site) =>
    Array.from({ length: each }, (_, number) => timesStrong(site, state, number)),
  );
  const tests = times.length * retakes;
  return {
    tests,
    once: shareOf(
      times.reduce((sum, strong) => sum + strong, 0),
      tests,
    ),
    ever: shareOf(times.filter((strong) => strong > 0).length, times.length),
  };
}

/** In how many of ten tests a guesser is called strong. */
function timesStrong(site: Site, state: number, number: number): number {
  const exercises = site.after.get(state)!;
  const earlier: string[][] = [];
  let times = 0;
  for (let test = 0; test < retakes; test++) {
    const seed = `${site.seed}/guesser/${number}/${test}`;
    const learner = makeBlindGuesser(site.pool.exercises, site.world, seed);
    const { given, posterior } = takeTest(site, exercises, learner, seed, earlier);
    if (verdictOf(posterior) === 'strong') times += 1;
    earlier.unshift(given.map(({ exercise }) => exercise.uid));
  }
  return times;
}
