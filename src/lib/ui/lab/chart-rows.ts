/** What the chart of figures draws, apart from how: light enough to come with the page. */
import type { MeasureName } from '../../domain/lab-measures.ts';
import { figureRows, type Side } from './figures.ts';
import { amountWords } from './lab-words.ts';

/** A bar. Lengths are shares of the longest of its measure. */
export interface ChartBar {
  measure: string;
  side: string;
  title: string;
  /** The median, and what is written beside it. */
  share: number;
  text: string;
  least: number;
  most: number;
}

const charted: MeasureName[] = ['per-second', 'median-ms', 'p95-ms'];

/** Pixels: of the words over each measure, and of each bar with its words. */
export const chartSizes = { heading: 36, bar: 38 };

/** A bar for each side of each measure. */
export function chartBars(sides: readonly Side[]): ChartBar[] {
  return figureRows(sides, charted).flatMap(({ name, title, spreads }) => {
    const most = Math.max(...spreads.map((spread) => spread?.most ?? 0));
    return spreads.flatMap((spread, place) => {
      const side = sides[place]!;
      if (!spread || most <= 0) return [];
      const share = (value: number) => value / most;
      return {
        measure: title,
        side: side.id,
        title: side.title,
        share: share(spread.median),
        text: amountWords(spread.median, name),
        least: share(spread.least),
        most: share(spread.most),
      };
    });
  });
}

/** How high a chart of these is, in pixels: known before it is drawn. */
export function chartHeight(bars: readonly ChartBar[]): number {
  const measures = new Set(bars.map(({ measure }) => measure)).size;
  const sides = new Set(bars.map(({ side }) => side)).size;
  return measures * (chartSizes.heading + sides * chartSizes.bar);
}
