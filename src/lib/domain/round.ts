/**
 * A round is one learner's go at one exercise: up to its last attempt, a right answer, or "show me".
 * Pure rules; the store keeps what they decide.
 */

/** A guesser gets three tries, then sees the answer; a new round starts afresh and counts as practice. */
export const attemptsPerRound = 3;

export type RoundEnding = 'right' | 'attempts' | 'shown';

export interface Attempt {
  /** Unique for all time. */
  id: string;
  /** 1-based within its round. */
  number: number;
  /** The filling, or a single option id. */
  answer: string[];
  verdict: 'right' | 'wrong';
  /** Names the run record that the verdict rests on. */
  evidenceId: string;
  /** ISO date and time. */
  at: string;
}

export interface Round {
  /** 1-based for this learner and exercise. */
  number: number;
  contentVersion: string;
  hintsShown: number;
  ending: RoundEnding | null;
  attempts: Attempt[];
}

/**
 * How a round stands after one more attempt.
 * @param attemptNumber - 1-based number of the attempt just made.
 * @param verdict - What was found of it.
 * @returns The ending, or null while attempts are left.
 */
export function endingAfter(
  attemptNumber: number,
  verdict: Attempt['verdict'],
): RoundEnding | null {
  if (verdict === 'right') return 'right';
  return attemptNumber >= attemptsPerRound ? 'attempts' : null;
}
