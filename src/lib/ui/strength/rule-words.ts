/** The rule of verdicts, in words and numbers. */
import { lossOf } from '../../domain/strength/verdict.ts';
import { strongFrom, verdictWords, weakBelow } from './strength-words.ts';

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
export const leastForStrong = Math.round(100 * (1 - costs.none / costs.strongOfShaky));

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
