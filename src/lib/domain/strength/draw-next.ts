/**
 * The next exercise of a test: among those that keep the test balanced, one that tells most about how the
 * learner stands. The same answers and seed give the same exercise, so a test can be left and taken up again.
 */
import type { Difficulty } from '../exercise.ts';
import { chanceFrom } from '../shuffle.ts';
import { posteriorOf, type Posterior } from './ability.ts';
import { needsOf, shortfallOf, shortfallsAfter, type Needs } from './coverage.ts';
import { classInformation } from './information.ts';
import type { Item } from './item.ts';

/** How many exercises a test has, where the pool has so many. */
export const testLength = 10;

/** In the first exercises chance has a say, so that tests differ and no exercise is worn out. */
const drawnWithChance = 6;
/** Chance decides among so many of the best. */
const best = 3;

/** An exercise of a test pool. */
export interface TestExercise {
  uid: string;
  objective: string;
  difficulty: Difficulty;
  item: Item;
}

/** An exercise that was drawn, and what came of its one attempt. */
export interface TestAnswer {
  exercise: TestExercise;
  isRight: boolean;
}

export interface Draw {
  pool: readonly TestExercise[];
  /** In the order in which they were given. */
  answers: readonly TestAnswer[];
  /** Other for each test: its id. */
  seed: string;
  /** Uids of the exercises of earlier tests, the last test first. */
  earlier: readonly (readonly string[])[];
  /** The same text for two exercises of which a test may have only one: those of one program. */
  variantOf: (exercise: TestExercise) => string;
}

/** What may be drawn next, and what of it covers what. */
interface Candidate {
  uid: string;
  objective: string;
  difficulty: Difficulty;
  variant: string;
  item: Item;
}

/** @returns Null when the test is over: it has its exercises, or the pool has no more for it. */
export function drawNext({ pool, answers, seed, earlier, variantOf }: Draw): TestExercise | null {
  const slots = testLength - answers.length;
  if (slots <= 0) return null;
  const toCandidate = (exercise: TestExercise) => ({ ...exercise, variant: variantOf(exercise) });
  const drawn = answers.map(({ exercise }) => toCandidate(exercise));
  const taken = new Set(drawn.map(({ variant }) => variant));
  const all = pool.map(toCandidate);
  const needs = needsOf(all, drawn);
  const free = all.filter(({ variant }) => !taken.has(variant));
  const fresh = freshest(free, needs, slots, earlier);
  const posterior = posteriorOf(
    answers.map(({ exercise: { item }, isRight }) => ({ item, isRight })),
  );
  const chosen = choose(balanced(fresh, needs, slots), posterior, answers.length, seed);
  return pool.find(({ uid }) => uid === chosen?.uid) ?? null;
}

/**
 * What was in no earlier test, or in the fewest of the last ones, with which the test can be completed as well
 * as with all.
 */
function freshest(
  free: Candidate[],
  needs: Needs,
  slots: number,
  earlier: readonly (readonly string[])[],
): Candidate[] {
  if (earlier.length === 0) return free;
  const least = shortfallOf(needs, free, slots);
  for (let tests = earlier.length; tests > 0; tests--) {
    const seen = new Set(earlier.slice(0, tests).flat());
    const fresh = free.filter(({ uid }) => !seen.has(uid));
    if (shortfallOf(needs, fresh, slots) <= least) return fresh;
  }
  return free;
}

/** Those after which as much can be covered as before. */
function balanced(free: Candidate[], needs: Needs, slots: number): Candidate[] {
  const shortfalls = shortfallsAfter(needs, free, slots);
  const least = Math.min(...shortfalls);
  return free.filter((_, index) => shortfalls[index] === least);
}

function choose(
  candidates: Candidate[],
  posterior: Posterior,
  number: number,
  seed: string,
): Candidate | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, worth: classInformation(candidate.item, posterior) }))
    .sort((a, b) => b.worth - a.worth || (a.candidate.uid < b.candidate.uid ? -1 : 1));
  const among = number < drawnWithChance ? Math.min(best, ranked.length) : 1;
  const place = Math.floor(chanceFrom(`${seed}/${number}`)() * among);
  return ranked[place]?.candidate;
}
