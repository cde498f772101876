/** What can be done to a filling while it is being made. Blanks are 0-based here; null is an empty one. */
import type { RoundView } from '../domain/views.ts';

export type Filling = (string | null)[];

/** What is being moved: a token of the bank (`from` null), or the content of a blank. */
export interface Held {
  token: string;
  from: number | null;
}

/** Puts what is held into a blank; what came from another blank changes places with what was there. */
export function place(filling: Filling, held: Held, blank: number): Filling {
  const next = [...filling];
  if (held.from !== null) next[held.from] = filling[blank] ?? null;
  next[blank] = held.token;
  return next;
}

export function empty(filling: Filling, blank: number): Filling {
  return filling.map((token, index) => (index === blank ? null : token));
}

/**
 * What is known of the token in each blank: the verdict on the last attempt holds only
 * for a token that still stands where it stood.
 */
export function marks(filling: Filling, round: RoundView): ('right' | 'wrong' | null)[] {
  const last = round.attempts.at(-1);
  return filling.map((token, index) => {
    if (!last || token === null || last.answer[index] !== token) return null;
    if (last.verdict === 'right') return 'right';
    const known = last.rightBlanks[index];
    if (known === undefined) return null;
    return known ? 'right' : 'wrong';
  });
}

/** Whether this very answer was already given in the round. */
export function alreadyTried(answer: string[], round: RoundView): boolean {
  return round.attempts.some(
    (attempt) =>
      attempt.answer.length === answer.length &&
      attempt.answer.every((token, index) => token === answer[index]),
  );
}
