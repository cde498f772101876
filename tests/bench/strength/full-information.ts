/**
 * What somebody knows of a learner who knows the true items, the population and its habits: the posterior that is
 * right, over all that can be true of a learner.
 */
import { abilities, sharesAbove } from '#lib/domain/strength/ability.ts';
import { abilityFor, strongShare, weakShare, type Strength } from '#lib/domain/strength/verdict.ts';
import { chanceWithHabit, habits, type TrueItems, type World } from './world.ts';

/** A weight for each state: an ability and a habit. */
export type Weights = Float64Array;
export type StrengthShares = Record<Strength, number>;

const states = habits.flatMap((habit) => abilities.map((ability) => ({ ability, ...habit })));
const strongAt = overHabits(sharesAbove(abilityFor(strongShare)));
const weakAt = overHabits(sharesAbove(abilityFor(weakShare)).map((share) => 1 - share));

export interface FullInformation {
  /** Before any answer. @param guesses - The learner's habit where it is known. */
  start(guesses: number | null): Weights;
  after(weights: Weights, uid: string, isRight: boolean): Weights;
  /** How likely each strength is, with a right answer to this exercise. */
  withRight(weights: Weights, uid: string): StrengthShares;
}

export function fullInformation(truth: TrueItems, world: World): FullInformation {
  const chances = new Map(
    [...truth].map(([uid, item]) => [
      uid,
      Float64Array.from(states, ({ ability, guesses }) => chanceWithHabit(item, ability, guesses)),
    ]),
  );
  return {
    start: (guesses) =>
      scaled(
        Float64Array.from(states, (state) => {
          if (guesses !== null && state.guesses !== guesses) return 0;
          return state.share * Math.exp(-0.5 * ((state.ability - world.mean) / world.spread) ** 2);
        }),
      ),
    after(weights, uid, isRight) {
      const chance = chances.get(uid)!;
      return scaled(
        weights.map((weight, at) => weight * (isRight ? chance[at]! : 1 - chance[at]!)),
      );
    },
    withRight: (weights, uid) => sharesIn(weights, chances.get(uid)),
  };
}

/** How likely each strength is; with a chance for each state, together with what has that chance. */
export function sharesIn(weights: Weights, chance?: Weights): StrengthShares {
  let all = 0;
  let strong = 0;
  let weak = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]! * (chance?.[at] ?? 1);
    all += weight;
    strong += weight * strongAt[at]!;
    weak += weight * weakAt[at]!;
  }
  return { strong, shaky: Math.max(0, all - strong - weak), weak };
}

function overHabits(shares: number[]): Weights {
  return Float64Array.from(habits.flatMap(() => shares));
}

function scaled(weights: Weights): Weights {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
