/**
 * A round is one learner's go at one exercise: up to its last attempt, a right answer, or "show me".
 * Pure rules; the store keeps what they decide.
 */
import type { Exercise } from './exercise.ts';
import type { JudgedAnswer } from './proof.ts';

/** A guesser gets three tries, then sees the answer; a new round starts afresh and counts as practice. */
const attemptsOfMost = 3;
/** A challenge is to be thought about first. */
const attemptsOfChallenge = 2;
/** What a test asks is answered once; so is what one rates oneself. */
const onlyOne = 1;

export type RoundEnding = 'right' | 'attempts' | 'shown';

export interface Attempt {
  /** Unique for all time. */
  id: string;
  /** 1-based within its round. */
  number: number;
  /** The filling, a single option id, the placed lines, or the source of each file in order of path. */
  answer: string[];
  verdict: 'right' | 'wrong';
  /** Names the run record that the verdict rests on. */
  evidenceId: string;
  /** What running this answer came to; null where the verdict was looked up among the proven answers. */
  judged: JudgedAnswer | null;
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
 * How many attempts a round of an exercise has.
 * @returns Null: as many as it takes. Something that is built is worked at until it stands.
 */
export function attemptsAllowed({ kind, pool }: Pick<Exercise, 'kind' | 'pool'>): number | null {
  if (pool === 'project') return null;
  if (pool === 'test' || kind === 'recall') return onlyOne;
  return pool === 'challenge' ? attemptsOfChallenge : attemptsOfMost;
}

/**
 * How a round stands after one more attempt.
 * @param attemptNumber - 1-based number of the attempt just made.
 * @param verdict - What was found of it.
 * @param allowed - How many the round has; null: as many as it takes.
 * @returns The ending, or null while attempts are left.
 */
export function endingAfter(
  attemptNumber: number,
  verdict: Attempt['verdict'],
  allowed: number | null,
): RoundEnding | null {
  if (verdict === 'right') return 'right';
  return allowed !== null && attemptNumber >= allowed ? 'attempts' : null;
}
