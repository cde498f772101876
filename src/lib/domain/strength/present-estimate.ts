/** Says of an ability what a page may: the verdict, and the share of medium exercises that it solves. */
import type { EstimateView, TestVerdictName } from '../test-view.ts';
import { estimateOf, type Posterior } from './ability.ts';
import { labelledDifficulty, shareSolvable, usualDiscrimination } from './item.ts';
import { verdictOf } from './verdict.ts';

/** Of how many intervals in a hundred it is said that they hold what they estimate. */
const certainty = 0.9;

export function presentEstimate(posterior: Posterior): {
  verdict: TestVerdictName;
  estimate: EstimateView;
} {
  const { ability, low, high } = estimateOf(posterior);
  const shares = {
    low: shareOfMedium(low),
    middle: shareOfMedium(ability),
    high: shareOfMedium(high),
  };
  return { verdict: verdictOf(posterior), estimate: { ...shares, certainty } };
}

/** The share of medium exercises that somebody of this ability solves, luck left out. */
function shareOfMedium(ability: number): number {
  const medium = { discrimination: usualDiscrimination, difficulty: labelledDifficulty('medium') };
  return shareSolvable(medium, ability);
}
