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
import { lossAhead } from './verdict-ahead.ts';

/** How many exercises a test has, where the pool has so many. */
export const testLength = 10;

/** In the first exercises chance has a say, so that tests differ and no exercise is worn out. */
const drawnWithChance = 6;
/** Chance decides among so many of the best. */
const best = 2;

/**
 * So many of the pool rest in a test, others in each: else the two or three that tell most of all would be in
 * every test, be passed on, and be all that is known of the pool.
 */
const restingShare = 0.15;

/** The last exercises are chosen for what the verdict will cost: what can come of two answers can be looked at. */
const lookedAhead = 2;
/** What information weighs against loss: it decides between equals only. */
const hardlyAnything = 0.001;

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
export function drawNext(draw: Draw): TestExercise | null {
  const { pool, answers, seed, variantOf } = draw;
  const toCandidate = (exercise: TestExercise) => ({ ...exercise, variant: variantOf(exercise) });
  const all = pool.map(toCandidate);
  const drawn = answers.map(({ exercise }) => toCandidate(exercise));
  const candidates = offered(all, drawn, draw);
  const posterior = posteriorOf(
    answers.map(({ exercise: { item }, isRight }) => ({ item, isRight })),
  );
  const chosen =
    testLength - drawn.length > lookedAhead
      ? tellingMost(candidates, posterior, `${seed}/${drawn.length}`, drawn.length)
      : bestForVerdict(candidates, posterior, (each) => offered(all, [...drawn, each], draw));
  return pool.find(({ uid }) => uid === chosen?.uid) ?? null;
}

/** What may be drawn after these. */
function offered(
  all: readonly Candidate[],
  drawn: readonly Candidate[],
  { seed, earlier }: Pick<Draw, 'seed' | 'earlier'>,
): Candidate[] {
  const slots = testLength - drawn.length;
  if (slots <= 0) return [];
  const needs = needsOf(all, drawn);
  const taken = new Set(drawn.map(({ variant }) => variant));
  const free = all.filter(({ variant }) => !taken.has(variant));
  const fresh = freshest(free, needs, slots, earlier);
  return balanced(awake(fresh, needs, slots, seed), needs, slots);
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

/** What does not rest in this test; all, where the test could not be completed as well without. */
function awake(fresh: Candidate[], needs: Needs, slots: number, seed: string): Candidate[] {
  const left = fresh.filter(({ uid }) => chanceFrom(`${seed}/rests/${uid}`)() >= restingShare);
  const isEnough = shortfallOf(needs, left, slots) <= shortfallOf(needs, fresh, slots);
  return isEnough ? left : fresh;
}

/** Those after which as much can be covered as before. */
function balanced(free: Candidate[], needs: Needs, slots: number): Candidate[] {
  // Nothing is needed any more: one is as good as another.
  if (needs.objectives.length + needs.difficulties.length === 0) return free;
  const shortfalls = shortfallsAfter(needs, free, slots);
  const least = Math.min(...shortfalls);
  return free.filter((_, index) => shortfalls[index] === least);
}

/** One of those whose answers tell most of the learner's strength. @param number - How many were drawn before. */
function tellingMost(
  candidates: readonly Candidate[],
  posterior: Posterior,
  seed: string,
  number: number,
): Candidate | undefined {
  const ranked = inOrder(candidates, ({ item }) => -classInformation(item, posterior));
  const among = number < drawnWithChance ? Math.min(best, ranked.length) : 1;
  return ranked[Math.floor(chanceFrom(seed)() * among)];
}

/** The one after which the verdict costs the least; where it makes no difference, the one that tells most. */
function bestForVerdict(
  candidates: readonly Candidate[],
  posterior: Posterior,
  offeredAfter: (candidate: Candidate) => Candidate[],
): Candidate | undefined {
  return inOrder(candidates, (each) => {
    const loss = lossAhead(
      each.item,
      offeredAfter(each).map(({ item }) => item),
      posterior,
    );
    return loss - hardlyAnything * classInformation(each.item, posterior);
  })[0];
}

/** From the least cost on; of the same cost by uid, so that the pool's order makes no difference. */
function inOrder(
  candidates: readonly Candidate[],
  costOf: (candidate: Candidate) => number,
): Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, cost: costOf(candidate) }))
    .sort((a, b) => a.cost - b.cost || (a.candidate.uid < b.candidate.uid ? -1 : 1))
    .map(({ candidate }) => candidate);
}
