/** What verdicts cost, on the same learners: ours, "8 of 10 right", and the best that ten answers allow. */
import { estimateOf } from '#lib/domain/strength/ability.ts';
import { testLength, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import {
  expectedLoss,
  strengthOf,
  verdictOf,
  type Strength,
  type TestVerdict,
} from '#lib/domain/strength/verdict.ts';
import { shuffled } from '#lib/domain/shuffle.ts';
import { leastLoss, lossAfterAll } from './best-possible.ts';
import { fullInformation, type FullInformation } from './full-information.ts';
import { meanOf, type Figure } from './figures.ts';
import type { Site } from './site.ts';
import { takeTest } from './take-test.ts';
import { answers, makeLearner, type Learner } from './world.ts';

export interface Judged {
  truth: Strength;
  verdict: TestVerdict;
  loss: number;
  /** Whether the 90 % interval holds the true ability. */
  isWithin: boolean;
  /** Uids of the exercises that were drawn. */
  drawn: string[];
}

/**
 * By site, and there for each learner, in the same order. A loss is the one that is expected of the verdict by full
 * information on the answers given: it has the same mean as the loss by the learner's own strength, and less noise.
 */
export interface Comparison {
  /** After so many learners had corrected the exercises. */
  ours: Map<number, Judged[][]>;
  eightOfTen: number[][];
  best: number[][];
  /** When all exercises of the pool were answered. */
  afterAll: number[][];
}

export const lossesOf = (judged: Judged[][]) => judged.map((site) => site.map(({ loss }) => loss));

/** How often the 90 % interval holds the true ability. */
export function coverage(judged: Judged[][]): Figure {
  return meanOf(judged.map((site) => site.map(({ isWithin }) => Number(isWithin))));
}

export function compareAll(sites: readonly Site[], learners: number): Comparison {
  const all = sites.map((site) => compare(site, Math.floor(learners / sites.length)));
  const states = [...sites[0]!.after.keys()];
  return {
    ours: new Map(states.map((count) => [count, all.map(({ ours }) => ours.get(count)!)])),
    eightOfTen: all.map(({ eightOfTen }) => eightOfTen),
    best: all.map(({ best }) => best),
    afterAll: all.map(({ afterAll }) => afterAll),
  };
}

function compare(site: Site, learners: number) {
  const { pool, world, truth, seed } = site;
  const known = fullInformation(truth, world);
  const made = Array.from({ length: learners }, (_, number) =>
    makeLearner(pool.exercises, world, `${seed}/judged/${number}`),
  );
  const ours = [...site.after].map(([count, exercises]): [number, Judged[]] => [
    count,
    made.map((learner, at) => judge(site, known, exercises, learner, `${seed}/judge/${at}`)),
  ]);
  return {
    ours: new Map(ours),
    eightOfTen: made.map((learner, at) => eightOfTen(site, known, learner, `${seed}/eight/${at}`)),
    best: made.map((learner) => leastLoss(pool.exercises, world, truth, known, learner)),
    afterAll: made.map((learner) => lossAfterAll(pool.exercises, world, truth, known, learner)),
  };
}

/** What a verdict costs that was taken on these answers. */
function lossOn(
  known: FullInformation,
  given: readonly { uid: string; isRight: boolean }[],
  verdict: TestVerdict,
): number {
  const weights = given.reduce(
    (before, { uid, isRight }, number) => known.after(before, uid, number, isRight),
    known.start,
  );
  return expectedLoss(verdict, known.shares(weights));
}

function judge(
  site: Site,
  known: FullInformation,
  exercises: readonly TestExercise[],
  learner: Learner,
  seed: string,
): Judged {
  const { given, posterior } = takeTest(site, exercises, learner, seed);
  const { low, high } = estimateOf(posterior);
  const verdict = verdictOf(posterior);
  const taken = given.map(({ exercise: { uid }, isRight }) => ({ uid, isRight }));
  return {
    truth: strengthOf(learner.ability),
    verdict,
    loss: lossOn(known, taken, verdict),
    isWithin: low <= learner.ability && learner.ability <= high,
    drawn: taken.map(({ uid }) => uid),
  };
}

/** What sites do: ten exercises by chance; 8 right are strong, 5 shaky, fewer weak. */
function eightOfTen(
  { pool, world, truth }: Site,
  known: FullInformation,
  learner: Learner,
  seed: string,
): number {
  const given = shuffled(pool.exercises, seed)
    .slice(0, testLength)
    .map(({ uid }, number) => ({
      uid,
      isRight: answers(world, learner, uid, truth.get(uid)!, number),
    }));
  const right = given.filter(({ isRight }) => isRight).length;
  return lossOn(known, given, right >= 8 ? 'strong' : right >= 5 ? 'shaky' : 'weak');
}
