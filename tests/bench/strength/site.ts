/** A site with its exercises: what it takes them to be, and how that is corrected by those who take tests. */
import { correctItem, firstEstimate } from '#lib/domain/strength/correct-item.ts';
import type { TestExercise } from '#lib/domain/strength/draw-next.ts';
import type { SimulatedPool } from './pool.ts';
import { posteriorWithout, takeTest } from './take-test.ts';
import { makeLearner, trueItems, type TrueItems, type World } from './world.ts';

export interface Site {
  pool: SimulatedPool;
  world: World;
  truth: TrueItems;
  seed: string;
  /** After so many learners, what the exercises are taken to be. */
  after: Map<number, readonly TestExercise[]>;
}

/** @param learners - After how many of them the state of the exercises is kept, in rising order. */
export function openSite(
  pool: SimulatedPool,
  world: World,
  learners: readonly number[],
  seed: string,
): Site {
  const truth = trueItems(pool.exercises, world, `${seed}/truth`);
  const known = new Map(
    pool.exercises.map(({ uid, difficulty }) => [uid, firstEstimate(difficulty)]),
  );
  const current = () =>
    pool.exercises.map((each) => {
      const { difficulty, discrimination } = known.get(each.uid)!;
      return { ...each, item: { ...each.item, difficulty, discrimination } };
    });
  const after = new Map<number, readonly TestExercise[]>();
  for (let number = 0; number <= Math.max(...learners); number++) {
    const exercises = current();
    if (learners.includes(number)) after.set(number, exercises);
    const learner = makeLearner(pool.exercises, world, `${seed}/corrects/${number}`);
    const { given } = takeTest(pool, exercises, truth, learner, `${seed}/test/${number}`);
    for (const answer of given) {
      const { uid, difficulty, item } = answer.exercise;
      const posterior = posteriorWithout(given, answer);
      const evidence = { isRight: answer.isRight, posterior };
      known.set(uid, correctItem(known.get(uid)!, difficulty, item.guessing, evidence));
    }
  }
  return { pool, world, truth, seed, after };
}
