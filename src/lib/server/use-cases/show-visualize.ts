import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import {
  presentRecording,
  presentVisualize,
  type VisualizeView,
} from '#lib/domain/present-visualize.ts';
import { partSteps } from '#lib/domain/recording.ts';
import type { LessonView } from '#lib/domain/views.ts';
import type { RecordingView } from '#lib/domain/visualize-view.ts';
import type { RecordingShelf } from '../recordings/recording-shelf.ts';
import type { Store } from '../store/port.ts';

export interface ShowVisualizeDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSolved' | 'selectModes' | 'selectQuizRights'>;
  highlight: HighlightCode;
  recordings: Pick<RecordingShelf, 'readHead' | 'readSteps'>;
}

export interface ShownVisualize {
  lesson: LessonView;
  visualize: VisualizeView;
  recording: RecordingView;
}

/** `not-recorded`: the lesson has a program to watch, and this site has no recording of it that could be shown. */
export type VisualizeShown =
  { kind: 'shown'; shown: ShownVisualize } | { kind: 'not-found' } | { kind: 'not-recorded' };

/** @param wanted - Number of the step to show, from 0; one that is not there is the nearest that is. */
export async function showVisualize(
  { catalogue, store, highlight, recordings }: ShowVisualizeDeps,
  learnerId: string,
  lessonId: string,
  wanted: number,
): Promise<VisualizeShown> {
  const served = findLesson(catalogue, lessonId);
  if (!served?.lesson.visualize) return { kind: 'not-found' };
  const { visualize } = served;
  const head = visualize && (await recordings.readHead(visualize.recording));
  const lastPart = head ? Math.floor((head.steps - 1) / partSteps) : 0;
  const steps = head && (await recordings.readSteps(head.id, lastPart));
  if (!visualize || !head || !steps) return { kind: 'not-recorded' };
  const [solved, kept, rights] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, lessonId),
    store.selectQuizRights(learnerId, lessonId),
  ]);
  const right = new Set(rights.map(({ question }) => question));
  const begin = Math.min(Math.max(0, wanted), head.steps - 1);
  const { program } = visualize.visualize;
  return {
    kind: 'shown',
    shown: {
      lesson: presentLesson(served, solved, kept),
      visualize: presentVisualize(visualize, learnerId, right, highlight),
      recording: presentRecording(head, steps, { program, begin, highlight }),
    },
  };
}
