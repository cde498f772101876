/** Kudos: thanks for a lesson, from whoever has done something of it. */
import type { Lesson } from './exercise.ts';
import type { ModeProgress } from './mode.ts';
import type { PractisedRound } from './practice.ts';

/** What a browser may see of a lesson's kudos. */
export interface KudosView {
  /** How many learners give theirs. */
  count: number;
  /** Whether this learner does. */
  isGiven: boolean;
  /** Whether they may. */
  mayGive: boolean;
}

/**
 * Whether a learner knows enough of a lesson to thank it: they have answered one of its exercises, or are done with one
 * of its modes.
 * @param rounds - All of the learner's.
 * @param modes - What they opened, of any lesson.
 */
export function mayGiveKudos(
  { id, exercises }: Pick<Lesson, 'id' | 'exercises'>,
  rounds: readonly PractisedRound[],
  modes: readonly ModeProgress[],
): boolean {
  if (modes.some(({ lessonId, doneAt }) => lessonId === id && doneAt !== null)) return true;
  const uids = new Set(exercises.map(({ uid }) => uid));
  return rounds.some(({ exerciseUid, attempts }) => uids.has(exerciseUid) && attempts.length > 0);
}
