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
import { lastByLoss, leastLoss } from './best-possible.ts';
import { fullInformation, sharesIn, type FullInformation } from './full-information.ts';
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
 * For each learner, in the same order. A loss is the one that is expected of the verdict by full information on the
 * answers given: it has the same mean as the loss by the learner's own strength, and less noise.
 */
export interface Comparison {
  /** After so many learners had corrected the difficulties. */
  ours: Map<number, Judged[]>;
  eightOfTen: number[];
  /** The best possible, by the way it draws. */
  best: number[][];
  /** The same, told how often each learner guesses, which nobody could know. */
  bestToldHabit: number[][];
}

export function compare(site: Site, learners: number): Comparison {
  const { pool, world, truth, seed } = site;
  const known = fullInformation(truth, world);
  const made = Array.from({ length: learners }, (_, number) =>
    makeLearner(pool.exercises, world, `${seed}/judged/${number}`),
  );
  const ours = [...site.after].map(([count, exercises]): [number, Judged[]] => [
    count,
    made.map((learner, at) => judge(site, known, exercises, learner, `${seed}/judge/${at}`)),
  ]);
  const best = (isTold: boolean) =>
    lastByLoss.map((byLoss) =>
      made.map((learner) => {
        const habit = isTold ? learner.guesses : null;
        return leastLoss(pool.exercises, truth, known, learner, habit, byLoss);
      }),
    );
  return {
    ours: new Map(ours),
    eightOfTen: made.map((learner, at) => eightOfTen(site, known, learner, `${seed}/eight/${at}`)),
    best: best(false),
    bestToldHabit: best(true),
  };
}

/** What a verdict costs that was taken on these answers. */
function lossOn(
  known: FullInformation,
  given: readonly { uid: string; isRight: boolean }[],
  verdict: TestVerdict,
): number {
  const weights = given.reduce(
    (before, { uid, isRight }) => known.after(before, uid, isRight),
    known.start(null),
  );
  return expectedLoss(verdict, sharesIn(weights));
}

function judge(
  { pool, truth }: Site,
  known: FullInformation,
  exercises: readonly TestExercise[],
  learner: Learner,
  seed: string,
): Judged {
  const { given, posterior } = takeTest(pool, exercises, truth, learner, seed);
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
  { pool, truth }: Site,
  known: FullInformation,
  learner: Learner,
  seed: string,
): number {
  const given = shuffled(pool.exercises, seed)
    .slice(0, testLength)
    .map(({ uid }) => ({ uid, isRight: answers(learner, uid, truth.get(uid)!) }));
  const right = given.filter(({ isRight }) => isRight).length;
  return lossOn(known, given, right >= 8 ? 'strong' : right >= 5 ? 'shaky' : 'weak');
}
