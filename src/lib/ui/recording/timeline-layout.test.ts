import { expect, test } from 'vitest';
import type { Lane, Span } from '../../domain/timeline.ts';
import { layOut, thinned, ticksOf, widths } from './timeline-layout.ts';

function span(from: number, until: number, labels: string[] = []): Span {
  return { kind: 'runs', from, until, labels, says: 'runs', step: from };
}

function lane(spans: Span[], rest: Partial<Lane> = {}): Lane {
  const base = { id: 'lane', title: 'task', name: 'f', fact: '' };
  return { ...base, kind: 'task', depth: 0, spans, ...rest };
}

test('spans stand where their times are, in shares of the axis', () => {
  const { rows } = layOut([lane([span(0, 250), span(500, 1_000)])], 1_000);
  expect(rows[0]?.spans.map(({ x, width }) => [x, width])).toEqual([
    [0, 25],
    [50, 50],
  ]);
});

test('lanes never overlap, and the axis is below all of them', () => {
  const kinds = ['request', 'task', 'loop', 'thread'] as const;
  const lanes = kinds.map((kind) => lane([span(0, 10)], { id: kind, kind }));
  const { rows, axis, height } = layOut(lanes, 10);
  for (const [place, row] of rows.entries()) {
    const next = rows[place + 1]?.top ?? axis;
    expect(row.bar + row.height).toBeLessThan(next);
  }
  expect(height).toBeGreaterThan(axis);
});

test('of the forms of a label each width shows at most one, and the longest that has room', () => {
  const long = 'waits for asyncio.sleep, 203 ms';
  const { rows } = layOut(
    [lane([span(0, 600, [long, 'waits for asyncio.sleep', 'waits'])])],
    1_000,
  );
  const { labels } = rows[0]!.spans[0]!;
  for (const width of widths) {
    const shown = labels.filter(
      ({ from, upTo }) => from <= width && (upTo === null || width < upTo),
    );
    expect(shown.length).toBeLessThanOrEqual(1);
    const room = width * 0.6;
    if (shown[0]) expect(shown[0].text.length * 6.9).toBeLessThanOrEqual(room);
  }
  expect(labels[0]?.text).toBe(long);
  expect(labels.at(-1)?.from).toBe(widths[0]);
});

test('a label for which there is never room is left out', () => {
  const { rows } = layOut([lane([span(0, 1, ['a long label'])])], 1_000);
  expect(rows[0]?.spans[0]?.labels).toEqual([]);
});

test('very many short spans are put together, and long ones among them are not', () => {
  const short = Array.from({ length: 2_000 }, (_, place) => span(place, place + 1));
  const together = thinned([...short, span(3_000, 9_000)], 10_000);
  expect(together.length).toBeLessThan(200);
  expect(together.at(-1)).toMatchObject({ from: 3_000, until: 9_000 });
  expect(together[0]?.says).toMatch(/short turns/);
});

test.each([424, 244_564, 1_000_000, 30])(
  'an axis of %i microseconds has three to seven ticks',
  (micros) => {
    const ticks = ticksOf(micros);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.at(-1)!.x).toBeLessThanOrEqual(100);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  },
);

test('lanes that stand close together have headings over the first of each kind, and no words of their own', () => {
  const near = (id: string, heading: string) =>
    lane([span(0, 10)], { id, close: { heading, before: id, after: '10 µs' } });
  const { rows, axis, sides } = layOut([near('1', 'a'), near('2', 'a'), near('3', 'b')], 10);
  expect(rows.map(({ heading }) => heading)).toEqual(['a', null, 'b']);
  for (const [place, row] of rows.entries()) {
    expect(row.bar + row.height).toBeLessThan(rows[place + 1]?.top ?? axis);
  }
  expect(sides.before).toBeGreaterThan(0);
  expect(rows[1]!.bar - rows[0]!.bar).toBeLessThan(30);
});

test('a mark has a place over the lanes, and without one nothing moves', () => {
  const [without, marked] = [layOut([lane([span(0, 10)])], 10), layOut([lane([])], 10, true)];
  expect(without.rows[0]?.top).toBe(0);
  expect(without.sides).toEqual({ before: 0, after: 0 });
  expect(marked.rows[0]!.top).toBeGreaterThan(14);
});
