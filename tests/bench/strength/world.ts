/** Learners and exercises as they really are, which the rule never sees. */
import { shareSolvable, type Item } from '#lib/domain/strength/item.ts';
import { testLength, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import { chanceOf, type Chance } from './chance.ts';

/** A share of the learners, and how their abilities are spread: normally. */
export interface Hump {
  share: number;
  mean: number;
  spread: number;
}

/** A share of the learners, and how often those who cannot solve an exercise are lucky, to mere guessing. */
export interface Habit {
  share: number;
  /** 1: always guesses. 0: says "I do not know". More than 1: leaves silly options out first. */
  guesses: number;
}

/** What the simulated world is like. */
export interface World {
  name: string;
  /** Together they are all the learners. */
  humps: readonly Hump[];
  habits: readonly Habit[];
  /** How often an exercise is answered wrong by who can solve it. */
  slips: number;
  /** How much the ability rises from one answer of a test to the next, in logits. */
  learns: number;
  /** How far authors' labels are off, as a standard deviation in logits. */
  labelError: number;
  /** The median discrimination of exercises, and how far others are from it (of the logarithm). */
  discrimination: number;
  discriminationSpread: number;
}

export interface Learner {
  /** When the test is over. */
  ability: number;
  guesses: number;
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
  const { mean, spread } = oneOf(world.humps, chance);
  return {
    ability: mean + spread * chance.normal(),
    guesses: oneOf(world.habits, chance).guesses,
    luck: luckOf(pool, chance),
  };
}

/** One who knows nothing, and guesses as well as anybody of this world does. */
export function makeBlindGuesser(
  pool: readonly TestExercise[],
  { habits }: World,
  seed: string,
): Learner {
  return {
    ability: -Infinity,
    guesses: Math.max(...habits.map(({ guesses }) => guesses)),
    luck: luckOf(pool, chanceOf(seed)),
  };
}

function luckOf(pool: readonly TestExercise[], { uniform }: Chance): Map<string, number> {
  return new Map(pool.map(({ uid }) => [uid, uniform()]));
}

function oneOf<T extends { share: number }>(parts: readonly T[], { uniform }: Chance): T {
  let left = uniform();
  for (const part of parts) {
    if (left < part.share) return part;
    left -= part.share;
  }
  return parts[0]!;
}

/** Whether the learner answers right. @param number - How many answers of the test came before. */
export function answers(
  world: World,
  { ability, guesses, luck }: Learner,
  uid: string,
  item: Item,
  number: number,
): boolean {
  return luck.get(uid)! < chanceOfAnswer(world, item, ability, guesses, number);
}

/** How likely a right answer is: they can solve it and do not slip, or they cannot and are lucky. */
export function chanceOfAnswer(
  { slips, learns }: World,
  item: Item,
  ability: number,
  guesses: number,
  number: number,
): number {
  const solvable = shareSolvable(item, ability - learns * (testLength - 1 - number));
  return (1 - slips) * solvable + (1 - solvable) * Math.min(1, guesses * item.guessing);
}

/** How dense the learners are at an ability. */
export function densityAt({ humps }: World, ability: number): number {
  return humps.reduce(
    (sum, { share, mean, spread }) =>
      sum + (share / spread) * Math.exp(-0.5 * ((ability - mean) / spread) ** 2),
    0,
  );
}
