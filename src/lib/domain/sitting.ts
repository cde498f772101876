/** One learner's go at one lesson's Test. docs/decisions/013 has the reasons. */
import type { Difficulty } from './exercise.ts';
import type { JudgedAnswer } from './proof.ts';
import type { Item } from './strength/item.ts';

/** A learner's answer to an item; `passed`: they said that they do not know. */
export interface SittingAnswer {
  /** As an attempt keeps it; empty when passed. */
  answer: string[];
  verdict: 'right' | 'wrong' | 'passed';
  /** Names the run record that the verdict rests on; null when passed. */
  evidenceId: string | null;
  /** What running this answer came to; null where the verdict was looked up, or it was passed. */
  judged: JudgedAnswer | null;
  /** ISO date and time. */
  at: string;
}

/** An exercise that was drawn, with all that an estimate needs of it: later changes of it change no verdict. */
export interface DrawnExercise {
  /** From 1. */
  number: number;
  exerciseUid: string;
  contentVersion: string;
  /** Tokens, or ids of options, outputs or lines, as this learner sees them. */
  orderShown: string[];
  objective: string;
  difficulty: Difficulty;
  /** What it was taken to be when it was drawn. */
  model: Item;
}

export interface SittingItem extends DrawnExercise {
  /** ISO date and time. */
  drawnAt: string;
  /** Null: not answered yet; only the last item can be so. */
  answered: SittingAnswer | null;
}

export interface Sitting {
  /** Unique for all time. */
  id: string;
  lessonId: string;
  /** What chance there is in drawing comes from it. */
  seed: string;
  startedAt: string;
  /** Null: it is open. */
  endedAt: string | null;
  items: SittingItem[];
}

/** One that is over. */
export type EndedSitting = Sitting & { endedAt: string };

export function hasEnded(sitting: Sitting): sitting is EndedSitting {
  return sitting.endedAt !== null;
}

/** What can be answered now: the last item of an open sitting, when it has no answer yet. */
export function openItemOf({ endedAt, items }: Sitting): SittingItem | null {
  const last = items.at(-1);
  return endedAt === null && last?.answered === null ? last : null;
}

/** Between the end of one sitting and the beginning of the next, in milliseconds. */
export const pauseBetweenSittings = 24 * 60 * 60 * 1000;

/**
 * Whether it is too early for another sitting. A clock that was put back by more than the pause keeps nobody out.
 * @param endedAt - ISO date and time at which the last one ended.
 */
export function isPause(endedAt: string, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(endedAt)) < pauseBetweenSittings;
}
