/**
 * What somebody knows of a learner who knows the true items, the population and its habits: the posterior that is
 * right, over all that can be true of a learner.
 */
import { abilities, sharesAbove } from '#lib/domain/strength/ability.ts';
import { testLength } from '#lib/domain/strength/draw-next.ts';
import { strongShare, weakShare } from '#lib/domain/strength/shares.ts';
import { abilityFor, type Strength } from '#lib/domain/strength/verdict.ts';
import { chanceOfAnswer, densityAt, type TrueItems, type World } from './world.ts';

/** A weight for each state: an ability and a habit. */
export type Weights = Float64Array;
export type StrengthShares = Record<Strength, number>;

export interface FullInformation {
  /** Before any answer. */
  start: Weights;
  /** @param number - How many answers came before. */
  after(weights: Weights, uid: string, number: number, isRight: boolean): Weights;
  /** How likely each strength is. */
  shares(weights: Weights): StrengthShares;
  /** The same, together with a right answer to this exercise. */
  sharesWithRight(weights: Weights, uid: string, number: number): StrengthShares;
}

export function fullInformation(truth: TrueItems, world: World): FullInformation {
  const { habits } = world;
  const states = habits.flatMap(({ guesses, share }) =>
    abilities.map((ability) => ({ ability, guesses, share })),
  );
  const overHabits = (shares: number[]) => Float64Array.from(habits.flatMap(() => shares));
  const strongAt = overHabits(sharesAbove(abilityFor(strongShare)));
  const weakAt = overHabits(sharesAbove(abilityFor(weakShare)).map((share) => 1 - share));
  // Where nobody learns meanwhile, the number of the answer makes no difference.
  const numbers = world.learns === 0 ? 1 : testLength;
  const chances = new Map(
    [...truth].map(([uid, item]) => [
      uid,
      Array.from({ length: numbers }, (_, number) =>
        Float64Array.from(states, ({ ability, guesses }) =>
          chanceOfAnswer(world, item, ability, guesses, number),
        ),
      ),
    ]),
  );
  const chanceAt = (uid: string, number: number) => chances.get(uid)![number % numbers]!;
  function shares(weights: Weights, chance?: Weights): StrengthShares {
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
  return {
    start: scaled(
      Float64Array.from(states, ({ ability, share }) => share * densityAt(world, ability)),
    ),
    after(weights, uid, number, isRight) {
      const chance = chanceAt(uid, number);
      return scaled(
        weights.map((weight, at) => weight * (isRight ? chance[at]! : 1 - chance[at]!)),
      );
    },
    shares: (weights) => shares(weights),
    sharesWithRight: (weights, uid, number) => shares(weights, chanceAt(uid, number)),
  };
}

function scaled(weights: Weights): Weights {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
