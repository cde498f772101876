/**
 * The best that ten answers allow: with full information, any ten exercises in any order, and then the verdict with
 * the least expected loss. The optimal policy for ten is out of reach; the best that was found is used, so the true
 * optimum may be a little lower. Each answer but the last two is the one that tells most of the learner's strength;
 * the last two are optimal, by looking at all that can come of them.
 */
import { testLength, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import { expectedLoss, strengths, verdicts } from '#lib/domain/strength/verdict.ts';
import type { FullInformation, StrengthShares, Weights } from './full-information.ts';
import { answers, type Learner, type TrueItems, type World } from './world.ts';

const lookedAhead = 2;

/** @returns The expected loss of the best verdict after ten answers. */
export function leastLoss(
  exercises: readonly TestExercise[],
  world: World,
  truth: TrueItems,
  known: FullInformation,
  learner: Learner,
): number {
  let weights = known.start;
  let left = exercises.map(({ uid }) => uid);
  for (let number = 0; number < testLength; number++) {
    const value = testLength - number > lookedAhead ? open : lossAhead;
    const best = leastBy(left, (uid) => value(known, weights, uid, number, left));
    left = left.filter((uid) => uid !== best);
    const isRight = answers(world, learner, best, truth.get(best)!, number);
    weights = known.after(weights, best, number, isRight);
  }
  return leastOfVerdicts(known.shares(weights));
}

/** The expected loss of the best verdict once all exercises of the pool were answered: no ten are below it. */
export function lossAfterAll(
  exercises: readonly TestExercise[],
  world: World,
  truth: TrueItems,
  known: FullInformation,
  learner: Learner,
): number {
  // What is learned meanwhile is learned over ten answers: the others are taken to come with the last.
  const weights = exercises.reduce((before, { uid }, at) => {
    const number = Math.min(at, testLength - 1);
    const isRight = answers(world, learner, uid, truth.get(uid)!, number);
    return known.after(before, uid, number, isRight);
  }, known.start);
  return leastOfVerdicts(known.shares(weights));
}

function leastBy(uids: readonly string[], value: (uid: string) => number): string {
  let best = uids[0]!;
  let least = Infinity;
  for (const uid of uids) {
    const found = value(uid);
    if (found < least) [best, least] = [uid, found];
  }
  return best;
}

/** What stays open of the strength, on average, once the answer is known. */
function open(known: FullInformation, weights: Weights, uid: string, number: number): number {
  const right = known.sharesWithRight(weights, uid, number);
  return openIn(right) + openIn(minus(known.shares(weights), right));
}

/** The expected loss of the best verdict after this answer and, where it is not the last, the best one more. */
function lossAhead(
  known: FullInformation,
  weights: Weights,
  uid: string,
  number: number,
  left: readonly string[],
): number {
  const right = known.sharesWithRight(weights, uid, number);
  const wrong = minus(known.shares(weights), right);
  if (number === testLength - 1) return leastOfVerdicts(right) + leastOfVerdicts(wrong);
  const others = left.filter((each) => each !== uid);
  const after = (isRight: boolean, chance: number) => {
    const then = known.after(weights, uid, number, isRight);
    return (
      chance * Math.min(...others.map((each) => lossAhead(known, then, each, number + 1, others)))
    );
  };
  return after(true, chanceOf(right)) + after(false, chanceOf(wrong));
}

function minus(left: StrengthShares, right: StrengthShares): StrengthShares {
  return {
    strong: Math.max(0, left.strong - right.strong),
    shaky: Math.max(0, left.shaky - right.shaky),
    weak: Math.max(0, left.weak - right.weak),
  };
}

function chanceOf(shares: StrengthShares): number {
  return strengths.reduce((sum, each) => sum + shares[each], 0);
}

const entropyPart = (share: number) => (share > 0 ? -share * Math.log(share) : 0);

function openIn(shares: StrengthShares): number {
  return (
    strengths.reduce((sum, each) => sum + entropyPart(shares[each]), 0) -
    entropyPart(chanceOf(shares))
  );
}

function leastOfVerdicts(shares: StrengthShares): number {
  return Math.min(...verdicts.map((verdict) => expectedLoss(verdict, shares)));
}
