/**
 * The best that ten answers allow: with full information, any ten exercises in any order, and then the verdict with
 * the least expected loss. Which ten are best is found by looking one answer ahead, as the optimal policy for ten is
 * out of reach; there are two such ways, and what counts is the better one.
 */
import { testLength, type TestExercise } from '#lib/domain/strength/draw-next.ts';
import { expectedLoss, strengths, verdicts } from '#lib/domain/strength/verdict.ts';
import { sharesIn, type FullInformation, type StrengthShares } from './full-information.ts';
import { answers, type Learner, type TrueItems } from './world.ts';

/**
 * How many of the ten are chosen so that the expected loss becomes the least, at the end; the others so that their
 * answers tell most of the learner's strength.
 */
export const lastByLoss = [0, 2];

/**
 * @param exercises - The pool.
 * @param habit - How often the learner guesses, where that is told.
 * @returns The expected loss of the best verdict after ten answers.
 */
export function leastLoss(
  exercises: readonly TestExercise[],
  truth: TrueItems,
  known: FullInformation,
  learner: Learner,
  habit: number | null,
  byLoss: number,
): number {
  let weights = known.start(habit);
  const left = new Set(exercises.map(({ uid }) => uid));
  for (let number = 0; number < testLength; number++) {
    const worth = number < testLength - byLoss ? information : saving;
    const both = sharesIn(weights);
    let best = '';
    let most = -Infinity;
    for (const uid of left) {
      const right = known.withRight(weights, uid);
      const found = worth(right, minus(both, right));
      if (found > most) [best, most] = [uid, found];
    }
    left.delete(best);
    weights = known.after(weights, best, answers(learner, best, truth.get(best)!));
  }
  return leastOfVerdicts(sharesIn(weights));
}

function minus(left: StrengthShares, right: StrengthShares): StrengthShares {
  return {
    strong: Math.max(0, left.strong - right.strong),
    shaky: Math.max(0, left.shaky - right.shaky),
    weak: Math.max(0, left.weak - right.weak),
  };
}

const entropyPart = (share: number) => (share > 0 ? -share * Math.log(share) : 0);

/** Minus what stays open of the strength, on average, once the answer is known. */
function information(right: StrengthShares, wrong: StrengthShares): number {
  return -(openIn(right) + openIn(wrong));
}

function openIn(shares: StrengthShares): number {
  const chance = strengths.reduce((sum, each) => sum + shares[each], 0);
  return strengths.reduce((sum, each) => sum + entropyPart(shares[each]), 0) - entropyPart(chance);
}

/** Minus the expected loss of the verdict then; of equal ones, what tells more is worth more. */
function saving(right: StrengthShares, wrong: StrengthShares): number {
  return -leastOfVerdicts(right) - leastOfVerdicts(wrong) + 0.001 * information(right, wrong);
}

function leastOfVerdicts(shares: StrengthShares): number {
  return Math.min(...verdicts.map((verdict) => expectedLoss(verdict, shares)));
}
