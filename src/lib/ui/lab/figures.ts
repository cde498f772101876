/** The figures of runs that are compared, a row for each measure. */
import { describeMeasure, type MeasureName } from '../../domain/lab-measures.ts';
import type { LabResult } from '../../domain/lab.ts';
import type { MeasuredScenario } from '../../domain/performance-view.ts';
import type { Spread } from '../../domain/proof.ts';
import { singleSpread } from './lab-words.ts';

/** One of those that are compared. */
export interface Side {
  /** Unique among them. */
  id: string;
  title: string;
  spreadOf: (name: MeasureName) => Spread | null;
}

export interface FigureRow {
  name: MeasureName;
  title: string;
  /** In the order of the sides; null: it has no such number. */
  spreads: (Spread | null)[];
}

/** A scenario as it was measured, over all rounds. */
export function measuredSide(scenario: MeasuredScenario): Side {
  const { scenario: id, title, measured } = scenario;
  return { id, title, spreadOf: (name) => measured[name] ?? null };
}

/** One run. */
export function ownSide(title: string, result: LabResult): Side {
  return { id: 'own', title, spreadOf: (name) => singleSpread(result, name) };
}

const shown: MeasureName[] = [
  'open',
  'upstream-open',
  ...(['per-second', 'median-ms', 'p95-ms', 'wall-ms'] as const),
];

/** @returns Rows of which at least one side has the number, and that is not nothing. */
export function figureRows(
  sides: readonly Side[],
  names: readonly MeasureName[] = shown,
): FigureRow[] {
  return names
    .map((name) => {
      const { title } = describeMeasure(name);
      return { name, title, spreads: sides.map(({ spreadOf }) => spreadOf(name)) };
    })
    .filter(({ spreads }) => spreads.some((spread) => spread !== null && spread.most > 0));
}
