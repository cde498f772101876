/** What the page of a Test says, in words and numbers. */
import { lossOf, strongShare, weakShare } from '#lib/domain/strength/verdict.ts';
import type { EstimateView, TestItemView, TestVerdictName } from '#lib/domain/test-view.ts';
import { counted, day, listed } from '#lib/ui/wording.ts';

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

const { strong, shaky, weak, 'not-enough-evidence': none } = lossOf;

/** What each mistake costs, and a verdict that settles nothing. */
export const costs = {
  strongOfWeak: strong.weak,
  strongOfShaky: strong.shaky,
  weakOfStrong: weak.strong,
  oneOff: shaky.weak,
  none: none.strong,
};

/** Below this likelihood, in percent, `strong` costs more than to settle nothing. */
export const leastForStrong = ofHundred(1 - costs.none / costs.strongOfShaky);

/** Each verdict, and what is said by it. */
export const verdictRules: { word: string; means: string }[] = [
  {
    word: verdictWords.strong.word,
    means: `You would solve ${strongFrom} or more of the 100.`,
  },
  {
    word: verdictWords.shaky.word,
    means: `You would solve ${weakBelow} or more, and not yet ${strongFrom}.`,
  },
  {
    word: verdictWords.weak.word,
    means: `You would solve fewer than ${weakBelow}.`,
  },
  {
    word: verdictWords['not-enough-evidence'].word,
    means: 'Your answers did not settle it. That is no mark: take another test later.',
  },
];

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

export const itemWords: Record<TestItemView['verdict'], string> = {
  right: 'Right',
  wrong: 'Not right',
  passed: 'Passed',
};

/** `6 right, 3 not right and 1 passed`; what there is none of is left out. */
export function tally(items: readonly Pick<TestItemView, 'verdict'>[]): string {
  const verdicts = Object.keys(itemWords) as TestItemView['verdict'][];
  return listed(
    verdicts.flatMap((verdict) => {
      const count = items.filter((item) => item.verdict === verdict).length;
      return count > 0 ? [`${count} ${itemWords[verdict].toLowerCase()}`] : [];
    }),
  );
}

/** `27 Nov 2026, 02:40 UTC`: the same on the server and in the browser. */
export function minute(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${day(iso)}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** `Question 3 of 10` */
export function placeText(number: number, length: number): string {
  return `Question ${number} of ${length}`;
}

/** `ten questions`, as far as one counts in words. */
export function questions(count: number): string {
  const words = 'no one two three four five six seven eight nine ten'.split(' ');
  const word = words[count];
  return word === undefined
    ? counted(count, 'question')
    : `${word} question${count === 1 ? '' : 's'}`;
}
