/** What the verdict is expected to cost when a test is over: by that its last exercises are chosen. */
import { chancesOf, type Posterior } from './ability.ts';
import type { Item } from './item.ts';
import { leastExpectedLoss, strengths, strengthShares } from './verdict.ts';

/**
 * The expected loss of the best verdict after an answer to this exercise and, where there is a next one, an answer to
 * the one that is best then.
 * @param next - What may be drawn after it; empty: the test is over.
 */
export function lossAhead(item: Item, next: readonly Item[], before: Posterior): number {
  if (next.length === 0) return leastAfter([item], before);
  const chances = chancesOf(item);
  const right = before.map((share, at) => share * chances[at]!);
  const wrong = before.map((share, at) => share * (1 - chances[at]!));
  return leastAfter(next, right) + leastAfter(next, wrong);
}

/** The expected loss after an answer to the best of these. */
function leastAfter(items: readonly Item[], weights: readonly number[]): number {
  const both = strengthShares(weights);
  const losses = items.map((item) => {
    const right = strengthShares(weights, chancesOf(item));
    const wrong = { ...both };
    for (const each of strengths) wrong[each] -= right[each];
    return leastExpectedLoss(right) + leastExpectedLoss(wrong);
  });
  return Math.min(...losses);
}
