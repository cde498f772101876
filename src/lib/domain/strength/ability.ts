/**
 * What is known of a learner's ability on a lesson: a probability for each ability on a grid. It starts from
 * what is known of anybody, and each first, unaided answer multiplies into it (Bayes).
 */
import { chanceOfRight, type Item } from './item.ts';

const leastAbility = -5;
const steps = 100;
const stepSize = 0.1;

/** The abilities that are told apart, in logits, in rising order. 0 solves half of the medium exercises. */
export const abilities: readonly number[] = Array.from(
  { length: steps + 1 },
  (_, step) => leastAbility + step * stepSize,
);

/** A probability for each of `abilities`; they sum to 1. */
export type Posterior = readonly number[];

/** How likely an exercise is answered right, for each of `abilities`. */
export type Chances = readonly number[];

/** An item is the same in all of a test, and is looked at for each of its draws. */
const knownChances = new WeakMap<Item, Chances>();

/** @param item - Is not changed afterwards. */
export function chancesOf(item: Item): Chances {
  const known = knownChances.get(item);
  if (known) return known;
  const chances = abilities.map((ability) => chanceOfRight(item, ability));
  knownChances.set(item, chances);
  return chances;
}

/** A first answer that was given unaided. */
export interface ItemAnswer {
  item: Item;
  isRight: boolean;
}

/** Between those who have never met a lesson's concept and those who use it daily lies much. */
const spreadOfAnybody = 1.5;

/** What is known of anybody: a normal distribution around 0. */
export const priorOfAnybody: Posterior = toShares(
  abilities.map((ability) => Math.exp(-0.5 * (ability / spreadOfAnybody) ** 2)),
);

/** What is known after some answers, in whatever order they came. */
export function posteriorOf(
  answers: readonly ItemAnswer[],
  before: Posterior = priorOfAnybody,
): Posterior {
  return answers.reduce<Posterior>(afterAnswer, before);
}

function afterAnswer(before: Posterior, { item, isRight }: ItemAnswer): Posterior {
  const right = chancesOf(item);
  return toShares(before.map((share, at) => share * (isRight ? right[at]! : 1 - right[at]!)));
}

function toShares(weights: readonly number[]): Posterior {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

export interface AbilityEstimate {
  /** The mean of the posterior (EAP), in logits. */
  ability: number;
  /** The ability lies between these with 90 %: 5 % below, 5 % above. */
  low: number;
  high: number;
}

/** The ability that is expected, and the interval in which it lies with 90 %. */
export function estimateOf(posterior: Posterior): AbilityEstimate {
  return {
    ability: posterior.reduce((sum, share, index) => sum + share * abilities[index]!, 0),
    low: quantileOf(posterior, 0.05),
    high: quantileOf(posterior, 0.95),
  };
}

/** The ability below which this share of the posterior lies. */
function quantileOf(posterior: Posterior, share: number): number {
  let below = 0;
  for (const [index, each] of posterior.entries()) {
    if (below + each >= share) {
      const within = each > 0 ? (share - below) / each : 0;
      return abilities[index]! + (within - 0.5) * stepSize;
    }
    below += each;
  }
  return abilities.at(-1)!;
}

/**
 * How much of what each of `abilities` stands for lies above a threshold: all that is nearer to it than to its
 * neighbours, so that one at the threshold lies above it in part.
 */
export function sharesAbove(threshold: number): number[] {
  return abilities.map((ability) =>
    Math.min(1, Math.max(0, (ability - threshold) / stepSize + 0.5)),
  );
}
