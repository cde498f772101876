/** What is said of a verdict and of an estimate, in words and numbers. */
import { strongShare, weakShare } from '../../domain/strength/shares.ts';
import type { MemoryView } from '../../domain/strength/strength-view.ts';
import type { EstimateView, TestVerdictName } from '../../domain/test-view.ts';

/** A verdict, and what it says of who got it. */
export const verdictWords: Record<TestVerdictName, { word: string; says: string }> = {
  strong: {
    word: 'Strong',
    says: 'You know this. Your answers leave little doubt of it.',
  },
  shaky: {
    word: 'Shaky',
    says: 'You know a good part of this, and not yet enough to rely on it.',
  },
  weak: {
    word: 'Weak',
    says: 'Much of this is still before you. Below is where to begin.',
  },
  'not-enough-evidence': {
    word: 'Not enough evidence yet',
    says: 'Your answers did not settle how you stand. That is no mark: another test will tell more.',
  },
};

const ofHundred = (share: number) => Math.round(100 * share);

/** Of 100 medium exercises: from so many on it is strong, below so many weak. */
export const strongFrom = ofHundred(strongShare);
export const weakBelow = ofHundred(weakShare);

/** `62 to 88`, of a hundred. */
export function rangeText({ low, high }: EstimateView): string {
  return `${ofHundred(low)} to ${ofHundred(high)}`;
}

/** `78`, of a hundred. */
export function middleText({ middle }: EstimateView): string {
  return String(ofHundred(middle));
}

/** `between 62 and 88` */
export function betweenText({ low, high }: EstimateView): string {
  return `between ${ofHundred(low)} and ${ofHundred(high)}`;
}

/** `between 62 and 88 of 100 medium exercises` */
export function estimateText(estimate: EstimateView): string {
  return `${betweenText(estimate)} of 100 medium exercises`;
}

/** `84 %`, of what was met. */
export function leftText({ left }: Pick<MemoryView, 'left'>): string {
  return `${ofHundred(left)} %`;
}
