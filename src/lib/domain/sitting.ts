/** One learner's go at one lesson's Test. docs/decisions/013 has the reasons. */
import type { JudgedAnswer } from './proof.ts';

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

export interface SittingItem {
  /** From 1. */
  number: number;
  exerciseUid: string;
  contentVersion: string;
  /** Tokens, or ids of options, outputs or lines, as this learner sees them. */
  orderShown: string[];
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

/** Between the end of one sitting and the beginning of the next, in milliseconds. */
export const pauseBetweenSittings = 24 * 60 * 60 * 1000;
