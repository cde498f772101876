/** What the forms of a card do with a learner's press, and with what the server says of it. */
import type { ActionResult } from '$app/forms';
import type { ExerciseView } from '../domain/views.ts';
import { alreadyTried, firstEmpty, type Filling } from './filling.ts';

export type Act = 'answer' | 'look' | 'hint' | 'show' | 'again';

/** What a learner has laid out and not sent yet. */
export interface Draft {
  filling: Filling;
  chosen: string | null;
}

/** Why an act cannot be sent yet: in words, and whether something has to be filled in. */
export interface Obstacle {
  problem: string;
  missing: boolean;
}

/** The answer as it would be sent; an empty string where nothing stands yet. */
export function answerOf(exercise: ExerciseView, { filling, chosen }: Draft): string[] {
  return exercise.kind === 'blanks' ? filling.map((token) => token ?? '') : [chosen ?? ''];
}

/** @returns Null when nothing stands in the way. Only an answer uses an attempt. */
export function obstacleTo(act: Act, exercise: ExerciseView, draft: Draft): Obstacle | null {
  if (act !== 'answer' && act !== 'look') return null;
  const unused = act === 'answer' ? '; no attempt was used' : '';
  const again = act === 'answer' ? 'check again' : 'look again';
  const blank = exercise.kind === 'blanks' ? firstEmpty(draft.filling) : -1;
  if (blank >= 0) {
    const problem = `Blank ${blank + 1} is empty. Put a token in it and ${again}${unused}.`;
    return { problem, missing: true };
  }
  if (exercise.kind === 'choice' && !draft.chosen) {
    return { problem: `No option is chosen. Choose one and ${again}${unused}.`, missing: true };
  }
  if (act === 'answer' && alreadyTried(answerOf(exercise, draft), exercise.round)) {
    const problem =
      'You gave this answer before in this round, and it was wrong. Change it; no attempt was used.';
    return { problem, missing: false };
  }
  return null;
}

/** Why nothing came of what was sent; empty: something did. */
export function problemOf(result: ActionResult): string {
  if (result.type === 'failure') {
    const said: unknown = result.data?.['problem'];
    return typeof said === 'string' ? said : 'The server did not take this. Try again.';
  }
  if (result.type !== 'error') return '';
  return result.status !== undefined && result.status < 500
    ? result.error.message
    : 'This could not be sent. What you have here is kept: try again in a moment.';
}

/** Whether a redirect goes to another page than the one that is open. */
export function leadsAway(target: string): boolean {
  return new URL(target, location.href).pathname !== location.pathname;
}
