/** What the forms of a card do with a learner's press, and with what the server says of it. */
import type { ActionResult } from '$app/forms';
import type { ExerciseView } from '../domain/views.ts';
import { alreadyTried } from './filling.ts';
import type { KindRules } from './kinds/kind.ts';

export type Act = 'answer' | 'look' | 'hint' | 'show' | 'again';

/** Why an act cannot be sent yet: in words, and where something has to be put (a selector). */
export interface Obstacle {
  problem: string;
  at: string | null;
}

/** @returns Null when nothing stands in the way. Only an answer uses an attempt. */
export function obstacleTo(
  act: Act,
  exercise: ExerciseView,
  answer: string[],
  rules: KindRules,
): Obstacle | null {
  if (act !== 'answer' && act !== 'look') return null;
  const gap = rules.gap(exercise, answer);
  if (gap) {
    const then = act === 'answer' ? 'check again; no attempt was used' : 'look again';
    return { problem: `${gap.problem} and ${then}.`, at: gap.at };
  }
  if (act === 'answer' && alreadyTried(answer, exercise.round)) {
    const problem =
      'You gave this answer before in this round, and it was wrong. Change it; no attempt was used.';
    return { problem, at: null };
  }
  return null;
}

/** The answer that a card begins with: the last one of the round, else what lies there at the start. */
export function beginAnswer(exercise: ExerciseView, rules: KindRules): string[] {
  const start = rules.start(exercise);
  const last = exercise.round.attempts.at(-1)?.answer;
  return last?.length === start.length ? last : start;
}

/** What is lost when the solution is shown now, in sentences; empty: nothing. @param mark - Of a challenge. */
export function lossByShowing(
  exercise: ExerciseView,
  answer: string[],
  rules: KindRules,
  mark: string,
): string {
  const isCode = exercise.kind === 'fix' || exercise.kind === 'write';
  const begun = beginAnswer(exercise, rules);
  const isUnsent = exercise.round.ending === null && answer.some((part, i) => part !== begun[i]);
  const text =
    isCode && isUnsent ? 'What you wrote has not been checked, and this ends the round.' : '';
  return [text, mark].filter(Boolean).join(' ');
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
