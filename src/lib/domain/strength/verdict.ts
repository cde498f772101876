/**
 * Strong, shaky, weak, or not enough evidence. A verdict is a decision: each mistake has its price, and the
 * verdict is the one whose expected price is the least (Bayes).
 */
import { sharesAbove, type Chances, type Posterior } from './ability.ts';
import { usualDiscrimination } from './item.ts';
import { strongShare, weakShare } from './shares.ts';

/** How a learner really stands, seen by nobody. */
export const strengths = ['strong', 'shaky', 'weak'] as const;
export type Strength = (typeof strengths)[number];

/** What a test says. */
export const verdicts = [...strengths, 'not-enough-evidence'] as const;
export type TestVerdict = (typeof verdicts)[number];

/** The ability with which this share of the medium exercises can be solved. */
export function abilityFor(share: number): number {
  return Math.log(share / (1 - share)) / usualDiscrimination;
}

const strongFrom = abilityFor(strongShare);
const weakBelow = abilityFor(weakShare);

export function strengthOf(ability: number): Strength {
  if (ability >= strongFrom) return 'strong';
  return ability < weakBelow ? 'weak' : 'shaky';
}

/**
 * What a verdict costs, by how the learner really stands. To be sent away too early is the worst, to practise
 * what one can is a pity; "not enough evidence" always costs another test.
 */
export const lossOf: Record<TestVerdict, Record<Strength, number>> = {
  strong: { strong: 0, shaky: 2, weak: 4 },
  shaky: { strong: 1, shaky: 0, weak: 1 },
  weak: { strong: 3, shaky: 1, weak: 0 },
  'not-enough-evidence': { strong: 0.5, shaky: 0.5, weak: 0.5 },
};

const strongAt = sharesAbove(strongFrom);
const weakAt = sharesAbove(weakBelow).map((share) => 1 - share);

/**
 * How likely each strength is.
 * @param chances - Of something else, by the ability; then each is how likely both are. Left out: 1.
 */
export function strengthShares(posterior: Posterior, chances?: Chances): Record<Strength, number> {
  let all = 0;
  let strong = 0;
  let weak = 0;
  for (let at = 0; at < posterior.length; at++) {
    const share = posterior[at]! * (chances?.[at] ?? 1);
    all += share;
    strong += share * strongAt[at]!;
    weak += share * weakAt[at]!;
  }
  return { strong, shaky: Math.max(0, all - strong - weak), weak };
}

export function expectedLoss(verdict: TestVerdict, shares: Record<Strength, number>): number {
  return strengths.reduce((sum, each) => sum + shares[each] * lossOf[verdict][each], 0);
}

/** What the best verdict costs; of shares that do not sum to 1, its part of the cost. */
export function leastExpectedLoss(shares: Record<Strength, number>): number {
  return Math.min(...verdicts.map((verdict) => expectedLoss(verdict, shares)));
}

/** The verdict with the least expected loss; of two that cost the same, the one that claims less. */
export function verdictOf(posterior: Posterior): TestVerdict {
  const shares = strengthShares(posterior);
  return verdicts.reduce((best, each) =>
    expectedLoss(each, shares) <= expectedLoss(best, shares) ? each : best,
  );
}
