/** What a browser may see of how well a learner knows a lesson. Two quantities, side by side, never mixed. */
import type { EstimateView, TestVerdictName } from '../test-view.ts';

/** What the newest Test and first unaided answers say. */
export interface AbilityView {
  verdict: TestVerdictName;
  estimate: EstimateView;
  /** How many answers it rests on. */
  answers: number;
  /** Whether a Test is among them: then only what came since its beginning counts. */
  hasTest: boolean;
}

/** What FSRS says is left of it today. */
export interface MemoryView {
  /** Mean chance, 0 to 1, that an objective that was met is still known. */
  left: number;
  /** How many objectives were met, */
  met: number;
  /** of how many. */
  of: number;
}

export interface StrengthView {
  /** Null: nothing was answered unaided. */
  ability: AbilityView | null;
  /** Null: no objective was met. */
  memory: MemoryView | null;
}

/** How it stood at the end of a day. */
export interface StrengthPoint extends StrengthView {
  /** `2026-11-26`, where the learner is. */
  date: string;
}

/** How a learner stands in a lesson, and how that came. */
export interface LessonStrength {
  lessonId: string;
  strength: StrengthView;
  /** Oldest first. */
  history: StrengthPoint[];
}
