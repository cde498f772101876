import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { ReadGuess } from '#lib/domain/guess.ts';
import type { PerformanceView } from '#lib/domain/performance-view.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import {
  chooseScenario,
  pairToShow,
  presentPerformance,
  type KeptPair,
  type ShownPair,
} from '#lib/domain/present-performance.ts';
import type { LessonView } from '#lib/domain/views.ts';
import type { LabShelf } from '../recordings/lab-shelf.ts';
import type { Store } from '../store/port.ts';

export interface ShowPerformanceDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSolved' | 'selectModes'>;
  highlight: HighlightCode;
  labRuns: Pick<LabShelf, 'read'>;
}

export interface PerformanceWanted {
  learnerId: string;
  lessonId: string;
  /** Id of the scenario; one that is not there, or null, is the first. */
  scenario: string | null;
  guess: ReadGuess;
}

export interface ShownPerformance {
  lesson: LessonView;
  performance: PerformanceView;
  /** What is wrong with the guess, for its reader; null: nothing, or there is none. */
  problem: string | null;
}

/** `not-measured`: the lesson has scenarios, and this site has no runs of them that could be shown. */
export type PerformanceShown =
  { kind: 'shown'; shown: ShownPerformance } | { kind: 'not-found' } | { kind: 'not-measured' };

/** What was measured is read, and shown, only for who has made a guess or does not want to. */
export async function showPerformance(
  { catalogue, store, highlight, labRuns }: ShowPerformanceDeps,
  { learnerId, lessonId, scenario, guess }: PerformanceWanted,
): Promise<PerformanceShown> {
  const served = findLesson(catalogue, lessonId);
  if (!served?.lesson.lab) return { kind: 'not-found' };
  const { lab } = served;
  if (!lab) return { kind: 'not-measured' };
  const chosen = chooseScenario(lab, scenario);
  const pair = pairToShow(lab, chosen);
  if (!pair) return { kind: 'not-measured' };
  const isWanted = guess.kind === 'made' || guess.kind === 'waived';
  const kept = isWanted ? await readPair(labRuns, pair) : null;
  if (isWanted && !kept) return { kind: 'not-measured' };
  const [solved, modes] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, lessonId),
  ]);
  const made = guess.kind === 'made' ? guess.guess : null;
  return {
    kind: 'shown',
    shown: {
      lesson: presentLesson(served, solved, modes),
      performance: presentPerformance(
        lab,
        { chosen, guess: made },
        kept && { pair, kept },
        highlight,
      ),
      problem: guess.kind === 'wrong' ? guess.problem : null,
    },
  };
}

/** @returns Null where one of the two is not on the shelf any more. */
async function readPair(
  labRuns: ShowPerformanceDeps['labRuns'],
  pair: ShownPair,
): Promise<KeptPair | null> {
  const [chosen, against] = await Promise.all([
    labRuns.read(pair.chosen.run),
    labRuns.read(pair.against.run),
  ]);
  return chosen && against && { chosen, against };
}
