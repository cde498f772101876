import { expect, test } from 'vitest';
import type { MeasureName } from '../../domain/lab-measures.ts';
import type { Spread } from '../../domain/proof.ts';
import { chartBars, chartHeight } from './chart-rows.ts';
import { figureRows, type Side } from './figures.ts';

function side(id: string, spreads: Partial<Record<MeasureName, Spread>>): Side {
  return { id, title: `the ${id}`, spreadOf: (name) => spreads[name] ?? null };
}

const spread = (least: number, median: number, most: number): Spread => ({ least, median, most });
const fast = side('fast', { 'per-second': spread(18, 20, 20), open: spread(20, 20, 20) });
const slow = side('slow', { 'per-second': spread(4, 5, 8), 'median-ms': spread(400, 500, 600) });

test('a bar is as long as its median is, in shares of the most of its measure', () => {
  const bars = chartBars([fast, slow]).filter(({ measure }) => measure === 'answers a second');
  expect(bars).toMatchObject([
    { side: 'fast', share: 1, text: '20', least: 0.9, most: 1 },
    { side: 'slow', share: 0.25, text: '5', least: 0.2, most: 0.4 },
  ]);
});

test('who has no such number has no bar of it', () => {
  const bars = chartBars([fast, slow]).filter(({ measure }) => measure.startsWith('median'));
  expect(bars.map((bar) => bar.side)).toEqual(['slow']);
});

test('how high a chart is, is known before it is drawn', () => {
  const one = chartHeight(chartBars([fast]));
  expect(chartHeight(chartBars([fast, slow]))).toBeGreaterThan(one);
  expect(chartHeight(chartBars([side('none', {})]))).toBe(0);
});

test('a table has a row for each measure that anybody has, and a place for each side', () => {
  const rows = figureRows([fast, slow]);
  expect(rows.map(({ name }) => name)).toEqual(['open', 'per-second', 'median-ms']);
  expect(rows[0]?.spreads).toEqual([spread(20, 20, 20), null]);
});
