/** Draws figures as bars, with Observable Plot. In a chunk of its own: nothing else on the site needs Plot. */
import { barX, plot, ruleY, text, tickX } from '@observablehq/plot';
import { chartHeight, chartSizes, type ChartBar } from './chart-rows.ts';

/** One after the other, in the order of the sides. Words stand beside each, so that colour is no sign. */
const fills = ['var(--brass)', 'var(--rule-strong)', 'var(--ink)'];
/** For what stands after a bar, in pixels. */
const room = 76;
const barHeight = 14;

/** @param width - In pixels. */
export function drawChart(bars: ChartBar[], width: number): SVGSVGElement {
  const measures = [...new Set(bars.map(({ measure }) => measure))];
  const sides = [...new Set(bars.map(({ side }) => side))];
  const at = { fy: 'measure', y: 'side' } as const;
  const fill = ({ side }: ChartBar) => fills[sides.indexOf(side) % fills.length]!;
  const words = { fill: 'var(--ink)', textAnchor: 'start', lineAnchor: 'middle' } as const;
  const middle = (chartSizes.bar - barHeight) / 2;
  const ends = { ...at, stroke: 'var(--ink)', strokeWidth: 1.5, insetTop: 25, insetBottom: 3 };
  const drawn = plot({
    width,
    height: chartHeight(bars),
    margin: 0,
    insetTop: chartSizes.heading,
    style: { background: 'none', color: 'var(--ink)', fontFamily: 'inherit', fontSize: '14px' },
    x: { axis: null, domain: [0, 1], range: [0, Math.max(80, width - room)] },
    y: { axis: null, domain: sides, padding: 0 },
    fy: { axis: null, domain: measures, padding: 0 },
    color: { type: 'identity' },
    marks: [
      text(measures, {
        ...words,
        fy: (measure: string) => measure,
        text: (measure: string) => measure,
        frameAnchor: 'top-left',
        dy: 22,
        fontWeight: 600,
      }),
      text(bars, { ...words, ...at, x: 0, text: 'title', dy: -7 }),
      barX(bars, { ...at, x1: 0, x2: 'share', fill, insetTop: 22, insetBottom: 2 }),
      ruleY(bars, { ...at, x1: 'least', x2: 'most', stroke: 'var(--ink)', dy: middle - 2 }),
      tickX(bars, { ...ends, x: 'least' }),
      tickX(bars, { ...ends, x: 'most' }),
      text(bars, {
        ...words,
        ...at,
        x: 'most',
        text: 'text',
        dx: 8,
        dy: middle - 2,
        fontWeight: 600,
      }),
    ],
  });
  // The page's policy lets no style element in that is not its own; MeasureChart.svelte has what is needed of it.
  drawn.querySelector('style')?.remove();
  return drawn as SVGSVGElement;
}
