/**
 * The difficulty of an exercise, corrected from answers: each answer moves it a step, and the more answers
 * have been seen, the smaller the step.
 */
import type { Difficulty } from '../exercise.ts';
import { abilities, type Posterior } from './ability.ts';
import { chanceOfRight, labelledDifficulty, shareSolvable, type Item } from './item.ts';

/** An author is trusted to be within this much of the truth, two times in three. In logits. */
const spreadOfLabels = 0.5;

/** Never further than this from the author's label: it is a correction, and nobody can push it away. */
export const farthestFromLabel = 1;

/** What answers have said of an exercise's difficulty so far. */
export interface ItemDifficulty {
  /** In logits. */
  difficulty: number;
  /** How surely: one over the variance. It grows with each answer. */
  precision: number;
}

/** What is known when only the author has spoken. */
export function difficultyAtFirst(label: Difficulty): ItemDifficulty {
  return { difficulty: labelledDifficulty(label), precision: 1 / spreadOfLabels ** 2 };
}

/**
 * The difficulty after one more first, unaided answer: it rises when fewer are right than was expected, and
 * falls when more are. The step is one of stochastic gradient ascent on the likelihood of the answer, with the
 * learner's ability integrated out; its gain is one over the precision, so that early answers count most.
 * @param posterior - What the learner's other answers say of their ability, this one left out.
 */
export function correctDifficulty(
  before: ItemDifficulty,
  label: Difficulty,
  { discrimination, guessing }: Pick<Item, 'discrimination' | 'guessing'>,
  { isRight, posterior }: { isRight: boolean; posterior: Posterior },
): ItemDifficulty {
  const item = { discrimination, guessing, difficulty: before.difficulty };
  const { chance, slope } = expectation(item, posterior);
  const variance = chance * (1 - chance);
  if (variance === 0) return before;
  const precision = before.precision + slope ** 2 / variance;
  const gradient = (slope * ((isRight ? 1 : 0) - chance)) / variance;
  const middle = labelledDifficulty(label);
  const moved = before.difficulty + gradient / precision;
  const difficulty = Math.min(
    middle + farthestFromLabel,
    Math.max(middle - farthestFromLabel, moved),
  );
  return { difficulty, precision };
}

/** How likely the answer was right, and how that changes as the difficulty rises. */
function expectation(item: Item, posterior: Posterior): { chance: number; slope: number } {
  let chance = 0;
  let slope = 0;
  for (const [index, share] of posterior.entries()) {
    const ability = abilities[index]!;
    const solvable = shareSolvable(item, ability);
    chance += share * chanceOfRight(item, ability);
    slope -= share * (1 - item.guessing) * item.discrimination * solvable * (1 - solvable);
  }
  return { chance, slope };
}
