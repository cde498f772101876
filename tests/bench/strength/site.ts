/** A site with its exercises: what it takes them to be, and how that is corrected by those who take tests. */
import { correctItem, firstEstimate, itemOf } from '#lib/domain/strength/correct-item.ts';
import type { TestAnswer, TestExercise } from '#lib/domain/strength/draw-next.ts';
import type { SimulatedPool } from './pool.ts';
import { posteriorWithout, takeTest } from './take-test.ts';
import { makeLearner, trueItems, type TrueItems, type World } from './world.ts';

export interface Site {
  pool: SimulatedPool;
  world: World;
  truth: TrueItems;
  seed: string;
  /** After so many learners, what the exercises are taken to be; after `Infinity`, what they are. */
  after: Map<number, readonly TestExercise[]>;
}

/** @param learners - As `openSite` has it. */
export function openSites(
  pool: SimulatedPool,
  world: World,
  count: number,
  learners: readonly number[],
): Site[] {
  return Array.from({ length: count }, (_, number) =>
    openSite(pool, world, learners, `${world.name}/${number}`),
  );
}

/** @param learners - After how many of them the state of the exercises is kept, in rising order. */
function openSite(
  pool: SimulatedPool,
  world: World,
  learners: readonly number[],
  seed: string,
): Site {
  const truth = trueItems(pool.exercises, world, `${seed}/truth`);
  const known = new Map(
    pool.exercises.map(({ uid, difficulty }) => [uid, firstEstimate(difficulty)]),
  );
  let exercises: readonly TestExercise[] = pool.exercises.map((each) => ({
    ...each,
    item: itemOf(firstEstimate(each.difficulty), each.item.guessing),
  }));
  const correct = (answer: TestAnswer, given: readonly TestAnswer[]) => {
    const { uid, difficulty, item } = answer.exercise;
    const evidence = { isRight: answer.isRight, posterior: posteriorWithout(given, answer) };
    const estimate = correctItem(known.get(uid)!, difficulty, item.guessing, evidence);
    known.set(uid, estimate);
    return estimate;
  };
  const after = new Map<number, readonly TestExercise[]>();
  for (let number = 0; number <= Math.max(...learners); number++) {
    if (learners.includes(number)) after.set(number, exercises);
    const learner = makeLearner(pool.exercises, world, `${seed}/corrects/${number}`);
    const { given } = takeTest(
      { pool, world, truth },
      exercises,
      learner,
      `${seed}/test/${number}`,
    );
    const corrected = new Map(given.map((answer) => [answer.exercise.uid, correct(answer, given)]));
    exercises = exercises.map((each) => {
      const estimate = corrected.get(each.uid);
      return estimate ? { ...each, item: itemOf(estimate, each.item.guessing) } : each;
    });
  }
  after.set(
    Infinity,
    pool.exercises.map((each) => ({ ...each, item: truth.get(each.uid)! })),
  );
  return { pool, world, truth, seed, after };
}
