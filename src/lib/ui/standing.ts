/** How far a learner is with an exercise, in one word. */
import type { RoundView } from '../domain/views.ts';

export type Standing = 'open' | 'begun' | 'out of attempts' | 'answer seen' | 'done';

/** Of the newest round: a new round of a solved exercise begins as open again. */
export function standingOf({ ending, attempts, hints, solution }: RoundView): Standing {
  if (ending === 'right') return 'done';
  if (ending !== null) return solution ? 'answer seen' : 'out of attempts';
  return attempts.length + hints.length > 0 ? 'begun' : 'open';
}

/** An exercise's place in its part of the page: `Practice 1/5`. */
export interface Place {
  part: string;
  number: number;
  of: number;
}
