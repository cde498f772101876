/**
 * How difficult an exercise is and how well it tells people apart, corrected from answers: each answer moves the
 * estimates a step, and the more answers have been seen, the smaller the step.
 */
import type { Difficulty } from '../exercise.ts';
import { abilities, type Posterior } from './ability.ts';
import {
  chanceOfRight,
  labelledDifficulty,
  shareSolvable,
  usualDiscrimination,
  type Item,
} from './item.ts';

/** What answers have said of an exercise so far. A precision is one over the variance; it grows with each answer. */
export interface ItemEstimate {
  /** In logits. */
  difficulty: number;
  difficultyPrecision: number;
  discrimination: number;
  /** Of the discrimination's logarithm. */
  discriminationPrecision: number;
}

/** A first, unaided answer. */
export interface ItemEvidence {
  isRight: boolean;
  /** What the learner's other answers say of their ability, this one left out. */
  posterior: Posterior;
}

/** An author's label is taken to be within this much of the truth two times in three. In logits. */
const spreadOfLabels = 0.5;
/** The same of the usual discrimination, as a share of it. */
const spreadOfDiscriminations = 0.25;

/**
 * How much of what an answer would tell, were the learner's ability known from exercises that are known, is counted.
 * They are not: what is wrong with them is the same for all learners, and does not average out as luck does.
 */
const shareCounted = 0.6;

/** Never further than this from the author's label, in logits: it is a correction, and nobody can push it away. */
export const farthestFromLabel = 1;
/** Never more than this many times the usual discrimination, or less than one over it. */
export const farthestDiscrimination = 2;

/** What is known when only the author has spoken. */
export function firstEstimate(label: Difficulty): ItemEstimate {
  return {
    difficulty: labelledDifficulty(label),
    difficultyPrecision: 1 / spreadOfLabels ** 2,
    discrimination: usualDiscrimination,
    discriminationPrecision: 1 / spreadOfDiscriminations ** 2,
  };
}

/**
 * The exercise as the model of answers sees it. Where it is not known well how difficult it is, it tells people apart
 * less well: averaged over all difficulties that it may have, the curve is flatter (MacKay's approximation).
 */
export function itemOf(
  { difficulty, difficultyPrecision, discrimination }: ItemEstimate,
  guessing: number,
): Item {
  const flatter = Math.sqrt(1 + ((Math.PI / 8) * discrimination ** 2) / difficultyPrecision);
  return { discrimination: discrimination / flatter, difficulty, guessing };
}

/**
 * The estimate after one more answer. The difficulty rises when fewer are right than was expected. The
 * discrimination rises when those who are able are right more often than expected, and the others less.
 *
 * The step is one of stochastic gradient ascent on the likelihood of the answer, with the learner's ability
 * integrated out; its gain is one over the precision.
 */
export function correctItem(
  before: ItemEstimate,
  label: Difficulty,
  guessing: number,
  { isRight, posterior }: ItemEvidence,
): ItemEstimate {
  const { chance, byDifficulty, byDiscrimination } = expectation(before, guessing, posterior);
  const variance = chance * (1 - chance);
  if (variance === 0) return before;
  const surprise = (Number(isRight) - chance) / variance;
  const difficultyPrecision =
    before.difficultyPrecision + (shareCounted * byDifficulty ** 2) / variance;
  const discriminationPrecision =
    before.discriminationPrecision + (shareCounted * byDiscrimination ** 2) / variance;
  const difficulty = before.difficulty + (byDifficulty * surprise) / difficultyPrecision;
  const stretch = Math.exp((byDiscrimination * surprise) / discriminationPrecision);
  const middle = labelledDifficulty(label);
  return {
    difficulty: within(difficulty, middle - farthestFromLabel, middle + farthestFromLabel),
    difficultyPrecision,
    discrimination: within(
      before.discrimination * stretch,
      usualDiscrimination / farthestDiscrimination,
      usualDiscrimination * farthestDiscrimination,
    ),
    discriminationPrecision,
  };
}

/** How likely the answer was right, and how that changes with the difficulty and the discrimination's logarithm. */
function expectation(
  { difficulty, discrimination }: ItemEstimate,
  guessing: number,
  posterior: Posterior,
): { chance: number; byDifficulty: number; byDiscrimination: number } {
  const item = { difficulty, discrimination, guessing };
  let chance = 0;
  let byDifficulty = 0;
  let byDiscrimination = 0;
  for (const [at, share] of posterior.entries()) {
    const ability = abilities[at]!;
    const solvable = shareSolvable(item, ability);
    const slope = share * (1 - guessing) * discrimination * solvable * (1 - solvable);
    chance += share * chanceOfRight(item, ability);
    byDifficulty -= slope;
    byDiscrimination += slope * (ability - difficulty);
  }
  return { chance, byDifficulty, byDiscrimination };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
