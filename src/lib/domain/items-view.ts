/** What an author sees of a lesson's exercises. It names keys, so it is for nobody else. */
import type { Difficulty, Kind, Pool } from './exercise.ts';
import type { Report } from './report.ts';
import type { DistractorStatistics, Figure95 } from './strength/item-statistics.ts';

/** A lesson in an author's list. */
export interface AuthoredLesson {
  id: string;
  title: string;
  href: string;
  exercises: number;
  /** Of them not shown, since they are not proven. */
  heldBack: number;
  /** How often they were answered, whatever for. */
  answers: number;
  /** Reports that are not resolved. */
  reports: number;
}

/** What answers have made of an author's label. */
export interface CorrectedView {
  /** In logits, from the label: above 0 it is harder. A step from one label to the next is 1.2. */
  shift: number;
  /** The label that is nearest to it. */
  nearest: Difficulty;
  /** How many answers have corrected it. */
  answers: number;
}

export interface DistractorView extends Omit<DistractorStatistics, 'chosen'> {
  /** What is offered. */
  text: string;
}

export interface ItemView {
  uid: string;
  title: string;
  kind: Kind;
  pool: Pool;
  /** The file's path within the lesson's folder. */
  file: string;
  label: Difficulty;
  /** Null: no answer has. */
  corrected: CorrectedView | null;
  /** First unaided answers; null: such ones tell nothing of this exercise, so none are counted. */
  answers: number | null;
  /** Share of right ones; null: too few. */
  right: Figure95 | null;
  /** How well it tells those who can from those who cannot, -1 to 1; null: too few. */
  discrimination: Figure95 | null;
  distractors: DistractorView[];
  /** That are not resolved. */
  reports: number;
  /** What to look at, in sentences, the most urgent first; empty: nothing. */
  attention: string[];
}

export interface LessonItemsView {
  id: string;
  title: string;
  href: string;
  /** What needs attention first. */
  items: ItemView[];
  /** How many learners' answers are counted. */
  learners: number;
  /** The newest so many answers are counted; null: all of them. */
  newestOnly: number | null;
}

/** A report on an author's page, its texts cleaned. */
export interface ReportView extends Pick<
  Report,
  'id' | 'at' | 'kind' | 'text' | 'lessonId' | 'mode' | 'round' | 'versions' | 'attempts'
> {
  /** Null: no lesson has it any more. */
  exercise: { title: string; lessonTitle: string } | null;
  /** Whether the exercise is as it was when it was reported. */
  standing: 'same' | 'changed' | 'gone';
}
