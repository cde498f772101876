/** What a learner finds at their home. */
import type { BadgeView, ModeView, NextMode } from '../views.ts';
import type { DaysView } from './practised-days.ts';

export interface HomeView {
  /** Lessons to go on with, the one opened last first. */
  onward: OnwardView[];
  /** Lessons of which something is done, in the order of the catalogue. */
  lessons: HomeLesson[];
  days: DaysView;
  /** Of challenges in which a mark is earned. */
  badges: HomeBadge[];
  /** Where one begins who has done nothing yet; null: they have, or there is no lesson. */
  begin: OnwardView | null;
}

export interface LessonLink {
  id: string;
  title: string;
  href: string;
}

export interface OnwardView {
  lesson: LessonLink;
  how: NextMode['how'];
  mode: Pick<ModeView, 'title' | 'href' | 'minutes'>;
}

export interface HomeLesson extends LessonLink {
  /** Its modes, and how many of them are done. */
  modes: { done: number; of: number };
  exercises: { shown: number; done: number };
}

export interface HomeBadge {
  lesson: LessonLink;
  /** The page of the challenge. */
  href: string;
  badge: BadgeView;
}
