/** The badge of a challenge: a mark for each exercise that was answered right on one's own. */
import type { Attempt, Round } from './round.ts';

/**
 * `earned`: by this attempt. `open`: it can still be earned. `shown`: the solution was shown first, and
 * what one has read cannot be un-read.
 */
export type Mark =
  | { standing: 'earned'; round: Round; attempt: Attempt }
  | { standing: 'open' }
  | { standing: 'shown' };

/**
 * Whether a learner has earned the mark of an exercise: answered right in a round before any of its
 * rounds was ended by having the solution shown. Attempts, hints, time and what came later do not matter.
 * @param rounds - All of the learner's rounds of this exercise, oldest first.
 */
export function markOf(rounds: readonly Round[]): Mark {
  for (const round of rounds) {
    if (round.ending === 'shown') return { standing: 'shown' };
    const attempt = round.attempts.at(-1);
    if (round.ending === 'right' && attempt) return { standing: 'earned', round, attempt };
  }
  return { standing: 'open' };
}
