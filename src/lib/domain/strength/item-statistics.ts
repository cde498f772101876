/**
 * What first answers say of an exercise, for its author. Each figure comes with how sure it is, and none is
 * given where there are too few answers: a number from five people misleads.
 */

/** A first answer of one learner, given unaided. */
export interface FirstAnswer {
  isRight: boolean;
  /** What was chosen: an option, an output; null where there is nothing to choose from. */
  chosen: string | null;
  /** The ability that the learner's other answers suggest, this one left out. */
  otherwise: number;
}

/** A figure, and the interval in which the true one lies with 95 %. */
export interface Figure95 {
  value: number;
  low: number;
  high: number;
}

export interface DistractorStatistics {
  chosen: string;
  count: number;
  /** Its share of all answers. */
  share: Figure95;
  /**
   * `dead`: hardly anybody takes it, so it only makes guessing easier. `open`: it cannot be told yet.
   */
  state: 'alive' | 'dead' | 'open';
}

export interface ItemStatistics {
  answers: number;
  /** Share of right answers; null: too few answers. */
  right: Figure95 | null;
  /**
   * Point-biserial correlation of being right and the ability otherwise shown, -1 to 1. Near 0 it tells nobody
   * from anybody, below 0 something is wrong with it. Null: too few answers, or all alike.
   */
  discrimination: Figure95 | null;
  /** One for each wrong answer that could be chosen, in their order. */
  distractors: DistractorStatistics[];
}

/** Below this many, a share of right answers is not given; */
const fewestForShare = 10;
/** nor, below this, a correlation. */
const fewestForCorrelation = 30;
/** A distractor is dead when surely fewer than this take it. */
const deadBelow = 0.05;
const z = 1.96;

/**
 * @param answers - At most one of each learner.
 * @param distractors - The wrong answers that can be chosen; empty where it is typed or built.
 */
export function itemStatistics(
  answers: readonly FirstAnswer[],
  distractors: readonly string[],
): ItemStatistics {
  const rights = answers.filter(({ isRight }) => isRight).length;
  return {
    answers: answers.length,
    right: answers.length < fewestForShare ? null : shareOf(rights, answers.length),
    discrimination: discriminationOf(answers),
    distractors: distractors.map((chosen) => distractorOf(chosen, answers)),
  };
}

function distractorOf(chosen: string, answers: readonly FirstAnswer[]): DistractorStatistics {
  const count = answers.filter((answer) => answer.chosen === chosen).length;
  const share = shareOf(count, answers.length);
  const state = share.high < deadBelow ? 'dead' : share.low >= deadBelow ? 'alive' : 'open';
  return { chosen, count, share, state };
}

/** A share with its Wilson interval, which stays within 0 and 1 and is honest for few answers. */
function shareOf(count: number, all: number): Figure95 {
  if (all === 0) return { value: 0, low: 0, high: 1 };
  const value = count / all;
  const middle = (value + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
  const reach =
    (z * Math.sqrt((value * (1 - value)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all);
  return { value, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/** The correlation with its interval by Fisher's transformation. */
function discriminationOf(answers: readonly FirstAnswer[]): Figure95 | null {
  if (answers.length < fewestForCorrelation) return null;
  const value = correlation(
    answers.map(({ isRight }) => Number(isRight)),
    answers.map(({ otherwise }) => otherwise),
  );
  if (value === null) return null;
  const reach = z / Math.sqrt(answers.length - 3);
  const at = Math.atanh(Math.min(0.999, Math.max(-0.999, value)));
  return { value, low: Math.tanh(at - reach), high: Math.tanh(at + reach) };
}

/** Pearson's; null where one of the two does not vary. */
function correlation(left: readonly number[], right: readonly number[]): number | null {
  const meanLeft = meanOf(left);
  const meanRight = meanOf(right);
  let both = 0;
  let ofLeft = 0;
  let ofRight = 0;
  for (const [index, each] of left.entries()) {
    const fromLeft = each - meanLeft;
    const fromRight = right[index]! - meanRight;
    both += fromLeft * fromRight;
    ofLeft += fromLeft ** 2;
    ofRight += fromRight ** 2;
  }
  if (ofLeft < 1e-12 || ofRight < 1e-12) return null;
  return Math.min(1, Math.max(-1, both / Math.sqrt(ofLeft * ofRight)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
