/** A test as the site gives it, taken by a simulated learner. */
import { posteriorOf, type Posterior } from '#lib/domain/strength/ability.ts';
import { drawNext, type TestAnswer, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import type { SimulatedPool } from './pool.ts';
import { answers, type Learner, type TrueItems } from './world.ts';

export interface TakenTest {
  given: TestAnswer[];
  posterior: Posterior;
}

/**
 * @param exercises - The pool with what the site takes its items to be.
 * @param earlier - As `drawNext` has it.
 */
export function takeTest(
  { variantOf }: Pick<SimulatedPool, 'variantOf'>,
  exercises: readonly TestExercise[],
  truth: TrueItems,
  learner: Learner,
  seed: string,
  earlier: readonly (readonly string[])[] = [],
): TakenTest {
  const given: TestAnswer[] = [];
  for (;;) {
    const next = drawNext({ pool: exercises, answers: given, seed, earlier, variantOf });
    if (next === null) break;
    const isRight = answers(learner, next.uid, truth.get(next.uid)!);
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
