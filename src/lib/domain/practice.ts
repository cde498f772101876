/**
 * What a learner did with exercises, as far as ability, memory and days of practice are read from it. Nothing of that is
 * stored: it follows from rounds and sittings, so that merging two learners, or replaying an answer, cannot bend it.
 */
import type { RoundEnding } from './round.ts';

/** One answer, without what makes it long. */
export interface PractisedAttempt {
  /** 1-based within its round. */
  number: number;
  verdict: 'right' | 'wrong';
  /** What was chosen; null where the answer is longer than `longestChosen` characters of JSON: it is typed. */
  chosen: string[] | null;
  /** Number of hints shown before it. */
  helpUsed: number;
  /** ISO date and time. */
  at: string;
}

/** A round of an exercise of any pool but the Test's, whose answers are in sittings. */
export interface PractisedRound {
  exerciseUid: string;
  /** 1-based for this learner and exercise. */
  number: number;
  contentVersion: string;
  hintsShown: number;
  ending: RoundEnding | null;
  /** ISO date and time; null: it is open. */
  endedAt: string | null;
  /** In order; empty: there were hints only, or it was given up at once. */
  attempts: PractisedAttempt[];
}

/** Longer answers are typed, and nobody asks of those what was chosen. */
export const longestChosen = 400;

/**
 * The learner's very first answer to the exercise, if it was given unaided. It alone says what they could do: everything
 * after it is practice.
 * @param rounds - Of one exercise, oldest first.
 */
export function firstUnaided(rounds: readonly PractisedRound[]): PractisedAttempt | null {
  const round = rounds.find(({ attempts, hintsShown, ending }) => {
    return attempts.length > 0 || hintsShown > 0 || ending !== null;
  });
  const first = round?.attempts[0];
  return first?.helpUsed === 0 ? first : null;
}

/** When the round was last answered or given up; null: nothing of the kind happened yet. */
export function lastMoment({ attempts, endedAt }: PractisedRound): string | null {
  return attempts.at(-1)?.at ?? endedAt;
}
