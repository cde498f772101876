/**
 * An exercise as the model of answers sees it: how likely somebody of some ability answers it right at the
 * first attempt, unaided. It is the three-parameter logistic model (3PL): what one can do, and luck.
 */
import type { Difficulty } from '../exercise.ts';

export interface Item {
  /** How sharply it tells those who can from those who cannot; the slope, per logit of ability. */
  discrimination: number;
  /** The ability, in logits, at which one person in two can solve it without luck. */
  difficulty: number;
  /** How often somebody is right who knows nothing: 0 to below 1. */
  guessing: number;
}

/** Until an exercise has answers enough to tell its own, all are taken to tell people apart equally well. */
export const usualDiscrimination = 1.5;

/** What an author's label says in logits. A step takes an exercise from 1 in 2 who can to about 1 in 7. */
const difficultyOfLabel: Record<Difficulty, number> = { easy: -1.2, medium: 0, hard: 1.2 };

/** Where the difficulty of an exercise starts, before anybody has answered it. */
export function labelledDifficulty(label: Difficulty): number {
  return difficultyOfLabel[label];
}

/** The share of such exercises that somebody of this ability can solve, luck left out. */
export function shareSolvable(
  { discrimination, difficulty }: Pick<Item, 'discrimination' | 'difficulty'>,
  ability: number,
): number {
  return 1 / (1 + Math.exp(-discrimination * (ability - difficulty)));
}

/** How likely the first answer is right: they can solve it, or they cannot and are lucky. */
export function chanceOfRight(item: Item, ability: number): number {
  return item.guessing + (1 - item.guessing) * shareSolvable(item, ability);
}
