/** What a browser may see of a lesson's Test. Nothing of how an item went is in it before the sitting is over. */
import type { Difficulty } from './exercise.ts';
import type { AttemptView, ExerciseView, Prose, SolutionView } from './views.ts';

/** Shares of medium exercises that would be solved unaided, from 0 to 1. */
export interface EstimateView {
  low: number;
  middle: number;
  high: number;
  /** How sure it is that the share lies between low and high: 0.9. */
  certainty: number;
}

export type TestVerdictName = 'strong' | 'shaky' | 'weak' | 'not-enough-evidence';

/** A sitting that is over, in one line. */
export interface SittingSummary {
  id: string;
  endedAt: string;
  verdict: TestVerdictName;
  estimate: EstimateView;
}

export interface TestItemView {
  number: number;
  /** As the exercise's own page would show it when its round is over; null: it is not served any more. */
  exercise: ExerciseView | null;
  difficulty: Difficulty | null;
  verdict: 'right' | 'wrong' | 'passed';
  /** Null when passed, or when the exercise is not served any more. */
  attempt: AttemptView | null;
  solution: SolutionView | null;
}

export interface TestResultView extends SittingSummary {
  items: TestItemView[];
  /** By objective, in the lesson's order: only those that were asked about. */
  objectives: { text: Prose; right: number; of: number }[];
  /** Where to go next; the first is the most fitting. */
  next: { mode: string; title: string; href: string; why: string }[];
}

interface TestViewBase {
  /** How many items a sitting has at most. */
  length: number;
  /** Earlier sittings, newest first. */
  earlier: SittingSummary[];
}

/** What a test is, before one begins. */
export interface TestBefore extends TestViewBase {
  state: 'before';
}

export interface TestQuestion extends TestViewBase {
  state: 'question';
  sitting: string;
  number: number;
  /** Without hints, looks, solution; its round has no attempts. */
  exercise: ExerciseView;
}

export interface TestOver extends TestViewBase {
  state: 'over';
  result: TestResultView;
  /** ISO date and time from which another may begin. */
  againFrom: string;
  isAgainOpen: boolean;
}

export type TestView = TestBefore | TestQuestion | TestOver;
