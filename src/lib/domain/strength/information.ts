/** How much an answer is expected to tell of how a learner stands. */
import { chancesOf, type Posterior } from './ability.ts';
import type { Item } from './item.ts';
import { strengths, strengthShares } from './verdict.ts';

/**
 * The mutual information of the answer and the learner's strength, in nats: how much less is open, on average,
 * once the answer is known. Telling a weak learner from a hopeless one is worth nothing to it.
 */
export function classInformation(item: Item, posterior: Posterior): number {
  const both = strengthShares(posterior);
  const right = strengthShares(posterior, chancesOf(item));
  const chance = right.strong + right.shaky + right.weak;
  return strengths.reduce((sum, each) => {
    const wrongShare = both[each] - right[each];
    return (
      sum +
      surprise(right[each], both[each] * chance) +
      surprise(wrongShare, both[each] * (1 - chance))
    );
  }, 0);
}

/** What a share adds to the information that is expected to be as large as if the two were independent. */
function surprise(share: number, ifIndependent: number): number {
  return share > 0 && ifIndependent > 0 ? share * Math.log(share / ifIndependent) : 0;
}
