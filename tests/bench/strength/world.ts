/** Learners and exercises as they really are, which the rule never sees. */
import { chanceOfRight, shareSolvable, type Item } from '#lib/domain/strength/item.ts';
import type { TestExercise } from '#lib/domain/strength/draw-next.ts';
import { chanceOf, type Chance } from './chance.ts';

/** What the simulated world is like. */
export interface World {
  name: string;
  /** Of the learners' abilities. */
  mean: number;
  spread: number;
  /** How far authors' labels are off, as a standard deviation in logits. */
  labelError: number;
  /** The median discrimination of exercises, and how far others are from it (of the logarithm). */
  discrimination: number;
  discriminationSpread: number;
}

/** How often a learner who cannot solve an exercise guesses, and the share of learners who are so. */
export const habits = [
  { guesses: 1, share: 0.6 },
  { guesses: 0.5, share: 0.3 },
  { guesses: 0, share: 0.1 },
] as const;

/** A blind guesser guesses whatever is asked. */
export interface Learner {
  ability: number;
  guesses: number;
  isBlind: boolean;
  /** Below the chance of a right answer: right. One number for each exercise, whoever asks it. */
  luck: Map<string, number>;
}

/** The true items of a world, by uid. */
export type TrueItems = Map<string, Item>;

export function trueItems(pool: readonly TestExercise[], world: World, seed: string): TrueItems {
  const { normal } = chanceOf(seed);
  return new Map(
    pool.map(({ uid, item }) => [
      uid,
      {
        discrimination: world.discrimination * Math.exp(world.discriminationSpread * normal()),
        difficulty: item.difficulty + world.labelError * normal(),
        guessing: item.guessing,
      },
    ]),
  );
}

export function makeLearner(pool: readonly TestExercise[], world: World, seed: string): Learner {
  const chance = chanceOf(seed);
  return {
    ability: world.mean + world.spread * chance.normal(),
    guesses: habitOf(chance),
    isBlind: false,
    luck: luckOf(pool, chance),
  };
}

export function makeBlindGuesser(pool: readonly TestExercise[], seed: string): Learner {
  return { ability: -Infinity, guesses: 1, isBlind: true, luck: luckOf(pool, chanceOf(seed)) };
}

function luckOf(pool: readonly TestExercise[], { uniform }: Chance): Map<string, number> {
  return new Map(pool.map(({ uid }) => [uid, uniform()]));
}

function habitOf({ uniform }: Chance): number {
  let left = uniform();
  for (const { guesses, share } of habits) {
    if (left < share) return guesses;
    left -= share;
  }
  return habits[0].guesses;
}

/** Whether the learner answers right. */
export function answers(
  { ability, guesses, isBlind, luck }: Learner,
  uid: string,
  item: Item,
): boolean {
  const lucky = luck.get(uid)!;
  if (isBlind) return lucky < item.guessing;
  return lucky < chanceWithHabit(item, ability, guesses);
}

/** Who cannot solve it is right by luck if they guess. */
export function chanceWithHabit(item: Item, ability: number, guesses: number): number {
  return guesses === 1
    ? chanceOfRight(item, ability)
    : shareSolvable(item, ability) + (1 - shareSolvable(item, ability)) * guesses * item.guessing;
}
