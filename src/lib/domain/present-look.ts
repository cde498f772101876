/**
 * Looking at what an answer does without giving it. Every answer was run in the proof, so this is a
 * look-up; before the first answer of a round it would hand out the key, and so it is refused.
 */
import type { ServedExercise } from './catalogue.ts';
import type { Exercise } from './exercise.ts';
import { findAnswer, presentEvidence, type HighlightCode } from './present-evidence.ts';
import type { Round } from './round.ts';
import type { LookView } from './views.ts';

/** Claims are all judged on one run, which the first answer has already shown. */
const runsDiffer = (exercise: Exercise) =>
  exercise.kind === 'blanks' ||
  (exercise.kind === 'choice' && exercise.options.some(({ code }) => code !== null));

/**
 * @param current - The round that the learner is in now, of the exercise's present content; undefined
 *   before its first attempt.
 */
export function mayLook(exercise: Exercise, current: Round | undefined): boolean {
  if (exercise.pool !== 'try' || !runsDiffer(exercise) || !current) return false;
  return current.attempts.length > 0 || current.ending !== null;
}

/** @returns Null when there is no such answer. Whether it may be shown is for `mayLook` to say. */
export function presentLook(
  served: ServedExercise,
  answer: string[],
  highlight: HighlightCode,
): LookView | null {
  const proven = findAnswer(served.proof, answer);
  return proven ? { answer, evidence: presentEvidence(served, proven, highlight) } : null;
}
