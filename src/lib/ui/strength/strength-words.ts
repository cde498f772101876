/** What is said of a verdict and of an estimate, in words and numbers. */
import type {
  AbilityView,
  MemoryView,
  StrengthPoint,
} from '../../domain/strength/strength-view.ts';
import { lossOf, strongShare, weakShare } from '../../domain/strength/verdict.ts';
import type { EstimateView, TestVerdictName } from '../../domain/test-view.ts';
import { counted, day } from '../wording.ts';

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

/** `84 %`, of what was met. */
export function leftText({ left }: Pick<MemoryView, 'left'>): string {
  return `${ofHundred(left)} %`;
}

/** What an ability was found from. */
export function restsOn({ answers, hasTest }: Pick<AbilityView, 'answers' | 'hasTest'>): string {
  const many = counted(answers, 'answer');
  return hasTest
    ? `It rests on ${many}: those of your newest test, and first ones without help since.`
    : `It rests on ${many}: ${answers === 1 ? 'a first one' : 'first ones'}, without help. A test tells more.`;
}

/** A history in a sentence, for who does not see the drawing. */
export function historyText(history: readonly StrengthPoint[]): string {
  const said = history.flatMap(({ date, ability }) =>
    ability ? [{ date, word: verdictWords[ability.verdict].word.toLowerCase() }] : [],
  );
  const [first, last] = [said[0], said.at(-1)];
  const days = counted(history.length, 'day');
  if (!first || !last) return `${days} of practice.`;
  const from = `on ${day(first.date)} ${first.word}`;
  return first === last
    ? `${days} of practice: ${from}.`
    : `${days} of practice: ${from}, on ${day(last.date)} ${last.word}. The table below has each day.`;
}
