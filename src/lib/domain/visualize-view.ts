/** What a browser may see of a lesson's Visualize. No key is in it before its question was answered right. */
import type { RecordingHead } from './recording.ts';
import type { StepView } from './step-view.ts';
import type { Timeline } from './timeline.ts';
import type { CodeLine, Prose } from './views.ts';

/** A recording as a page begins to show it; the steps come in parts. */
export interface RecordingView {
  head: RecordingHead;
  /** The program's files as they are shown, the main one first. */
  program: { path: string; lines: CodeLine[] }[];
  timeline: Timeline;
  /** The step that the page begins with. */
  begin: StepView;
}

/** Something that the author points out. */
export interface MomentView {
  /** From 0. */
  step: number;
  title: string;
  says: Prose;
}

/** A question about a recording. */
export interface QuestionView {
  id: string;
  ask: Prose;
  /** In this learner's order. */
  options: { id: string; text: Prose }[];
  /** The answers given to it that are known; after a right one there are no more. */
  answers: QuestionAnswer[];
  /** Why each option is right or wrong, by id; empty until it was answered right. */
  reasons: Record<string, Prose>;
}

export interface QuestionAnswer {
  option: string;
  verdict: 'right' | 'wrong';
  why: Prose;
  /** Where it can be seen in the recording, from 0; null: at no one step, or it would give the key away. */
  step: number | null;
}
