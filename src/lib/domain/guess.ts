/** A reader's guess, as it stands in the address of the page. */
import { labBounds } from './lab.ts';
import type { Guess } from './performance-view.ts';

/** The least and the most of each number of a guess. */
export const guessBounds = {
  open: [1, labBounds.requests[1]],
  ms: [1, 600_000],
} as const satisfies Record<keyof Guess, readonly [number, number]>;

/** What an address says of a guess. */
export type ReadGuess =
  | { kind: 'made'; guess: Guess }
  /** They would rather see it. */
  | { kind: 'waived' }
  | { kind: 'none' }
  /** A sentence or two for the reader. */
  | { kind: 'wrong'; problem: string };

const titles = {
  open: 'Requests in the view at once',
  ms: 'Milliseconds until the last answer',
} satisfies Record<keyof Guess, string>;

/** Reads `open`, `ms` and `guess=none` of an address; one of the two numbers may be left out. */
export function readGuess(asked: URLSearchParams): ReadGuess {
  if (asked.get('guess') === 'none') return { kind: 'waived' };
  if (!asked.has('open') && !asked.has('ms')) return { kind: 'none' };
  const guess = { open: readNumber(asked, 'open'), ms: readNumber(asked, 'ms') };
  const wrong = (['open', 'ms'] as const).filter((name) => Number.isNaN(guess[name]));
  if (wrong.length > 0) return { kind: 'wrong', problem: wrong.map(whatToWrite).join(' ') };
  if (guess.open === null && guess.ms === null) {
    return { kind: 'wrong', problem: 'Write a number first, or choose to see what was measured.' };
  }
  return { kind: 'made', guess };
}

/** @returns Null where nothing is written; NaN for what is no number within bounds. */
function readNumber(asked: URLSearchParams, name: keyof Guess): number | null {
  const written = asked.get(name)?.trim() ?? '';
  if (written === '') return null;
  const [least, most] = guessBounds[name];
  const number = /^\d{1,9}$/.test(written) ? Number(written) : NaN;
  return number >= least && number <= most ? number : NaN;
}

function whatToWrite(name: keyof Guess): string {
  const [least, most] = guessBounds[name];
  return `${titles[name]}: write a whole number from ${least} to ${most}.`;
}
