/** A test as the site gives it, taken by a simulated learner. */
import { posteriorOf, type Posterior } from '#lib/domain/strength/ability.ts';
import { drawNext, type TestAnswer, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import type { SimulatedPool } from './pool.ts';
import { answers, type Learner, type TrueItems, type World } from './world.ts';

export interface TakenTest {
  given: TestAnswer[];
  posterior: Posterior;
}

/**
 * @param exercises - The pool with what the site takes its items to be.
 * @param earlier - As `drawNext` has it.
 */
export function takeTest(
  { pool, world, truth }: { pool: SimulatedPool; world: World; truth: TrueItems },
  exercises: readonly TestExercise[],
  learner: Learner,
  seed: string,
  earlier: readonly (readonly string[])[] = [],
): TakenTest {
  const { variantOf } = pool;
  const given: TestAnswer[] = [];
  for (;;) {
    const next = drawNext({ pool: exercises, answers: given, seed, earlier, variantOf });
    if (next === null) break;
    const isRight = answers(world, learner, next.uid, truth.get(next.uid)!, given.length);
    given.push({ exercise: next, isRight });
  }
  return { given, posterior: posteriorWithout(given, null) };
}

/** What the answers say, one of them left out. */
export function posteriorWithout(given: readonly TestAnswer[], left: TestAnswer | null): Posterior {
  return posteriorOf(
    given
      .filter((each) => each !== left)
      .map(({ exercise, isRight }) => ({ item: exercise.item, isRight })),
  );
}
