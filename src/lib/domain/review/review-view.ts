/** What a browser may see of a learner's review. */
import type { ExerciseView, NextMode, ModeView, Prose } from '../views.ts';
import type { DueView } from './due-view.ts';

/** What a card is about. */
export interface CardView {
  objective: Prose;
  lesson: { title: string; href: string };
}

/** One of today's questions: asked, or over. */
export interface ReviewQuestion {
  card: CardView;
  exercise: ExerciseView;
  /** Which of today's it is, from 1, */
  number: number;
  /** of how many. */
  of: number;
  /** Whether its round is over. */
  isOver: boolean;
  due: DueView;
}

/** What there is to say when nothing is asked. */
export interface ReviewRest {
  due: DueView;
  /** When cards come again; null: there are none. */
  next: NextCards | null;
  /** What was asked today, in order. */
  done: DoneView[];
  /** Where to go on learning; null: nothing is left open, or nothing was begun. */
  onward: { lesson: string; mode: ModeView; how: NextMode['how'] } | null;
}

export interface NextCards {
  /** `2026-11-26`, where the learner is. */
  date: string;
  /** From today. */
  inDays: number;
  cards: number;
}

export interface DoneView {
  card: CardView;
  /** Last part of its address. */
  exercise: string;
  title: string;
  /** Found, be it with help or not at once. */
  isFound: boolean;
}
