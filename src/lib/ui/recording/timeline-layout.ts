/** Where the parts of a timeline stand: down in pixels, across in shares of the axis, whatever its width is. */
import { durationText } from '../../domain/duration-text.ts';
import type { Lane, Span, SpanKind } from '../../domain/timeline.ts';

export interface Row {
  lane: Lane;
  /** Of the top of its words, and of the top of its bar, in pixels. */
  top: number;
  bar: number;
  height: number;
  spans: PlacedSpan[];
  /** Over a lane that stands close to others and is the first of them; null: there is none. */
  heading: string | null;
}

export interface PlacedSpan {
  span: Span;
  /** In percent of the axis. */
  x: number;
  width: number;
  labels: PlacedLabel[];
}

/** One form of a span's label, and for which widths of the drawing it is the longest with room. */
export interface PlacedLabel {
  text: string;
  /** Shown from this width on, in pixels; one of {@link widths}. */
  from: number;
  /** ... and up to this one; null: in all wider ones. */
  upTo: number | null;
}

export interface Layout {
  rows: Row[];
  ticks: { at: number; label: string; x: number }[];
  /** Where the axis is drawn, and how high all of it is, in pixels. */
  axis: number;
  height: number;
  /** Space beside the drawing for what stands before and after lanes that are close together, in pixels. */
  sides: { before: number; after: number };
}

/** Widths at which labels come and go, in pixels. TimelineWords.svelte has a rule for each. */
export const widths = [240, 280, 320, 360, 420, 500, 600, 700, 800, 900, 1_000] as const;

const words = 22;
const barOf = { top: 22, below: 16 };
const gap = 12;
const groupGap = 14;
const close = { bar: 16, loop: 20, gap: 4, heading: 24, sides: { before: 28, after: 52 } };
/** Over the lanes, for what is said of a mark. */
const band = 22;
/** Space at the sides of a label, and the width of a character of its size, in pixels. */
const labelPadding = 14;
const labelCharacter = 6.9;
/** A lane with more spans than this is drawn with the shortest of them put together. */
const mostSpans = 150;

/** @param hasMark - Whether a time is marked, which takes a place over the lanes. */
export function layOut(lanes: Lane[], micros: number, hasMark = false): Layout {
  let top = hasMark ? band : 0;
  const rows = lanes.map((lane, place) => {
    const before = lanes[place - 1];
    const spans = thinned(lane.spans, micros).map((span) => placed(span, micros));
    if (lane.close) {
      const heading = before?.close?.heading === lane.close.heading ? null : lane.close.heading;
      if (heading !== null && place > 0) top += close.gap * 2;
      const bar = heading === null ? top : top + close.heading;
      const height = lane.kind === 'loop' ? close.loop : close.bar;
      const row: Row = { lane, top, bar, height, spans, heading };
      top = bar + height + close.gap;
      return row;
    }
    const isNewGroup = before !== undefined && groupOf(lane) !== groupOf(before);
    if (isNewGroup) top += groupGap;
    else if (before && lane.depth < before.depth) top += groupGap / 2;
    const height = lane.depth === 0 ? barOf.top : barOf.below;
    const row: Row = { lane, top, bar: top + words, height, spans, heading: null };
    top += words + height + (lane.depth === 0 ? gap : gap - 4);
    return row;
  });
  const axis = top + 2;
  const sides = lanes.some((lane) => lane.close) ? close.sides : { before: 0, after: 0 };
  return { rows, ticks: ticksOf(micros), axis, height: axis + 26, sides };
}

const groupOf = ({ kind }: Lane) => (kind === 'task' ? 'request' : kind);

function placed(span: Span, micros: number): PlacedSpan {
  const x = (span.from / micros) * 100;
  const width = ((span.until - span.from) / micros) * 100;
  return { span, x, width, labels: placedLabels(span.labels, width) };
}

function placedLabels(labels: string[], width: number): PlacedLabel[] {
  const shown: PlacedLabel[] = [];
  let upTo: number | null = null;
  for (const text of labels) {
    const needs = ((text.length * labelCharacter + labelPadding) / Math.max(width, 0.01)) * 100;
    const from = widths.find((each) => each >= needs);
    if (from === undefined || (upTo !== null && from >= upTo)) continue;
    shown.push({ text, from, upTo });
    upTo = from;
  }
  return shown;
}

/** Of very many spans, neighbours that would be thinner than a hair are put together. */
export function thinned(spans: Span[], micros: number): Span[] {
  if (spans.length <= mostSpans) return spans;
  const hair = micros / 400;
  const thin = ({ from, until }: Span) => until - from < hair;
  const groups: Span[][] = [];
  for (const span of spans) {
    const group = groups.at(-1);
    const first = group?.[0];
    const isNear = first && thin(span) && thin(first) && span.from - first.from < hair * 4;
    if (isNear) group.push(span);
    else groups.push([span]);
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : together(group)));
}

function together(group: Span[]): Span {
  const [first] = group as [Span];
  const times = new Map<SpanKind, number>();
  for (const { kind, from, until } of group) {
    times.set(kind, (times.get(kind) ?? 0) + until - from);
  }
  const [kind] = [...times].sort((one, other) => other[1] - one[1])[0]!;
  const says = `${group.length} short turns, the first of which ${first.says}`;
  return { ...first, kind, until: group.at(-1)!.until, labels: [], says };
}

/** Round times along the axis, four to seven of them. */
export function ticksOf(micros: number): Layout['ticks'] {
  const rough = micros / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  const count = Math.floor(micros / step);
  return Array.from({ length: count + 1 }, (_, place) => {
    const at = place * step;
    return { at, label: at === 0 ? '0' : durationText(at), x: (at / micros) * 100 };
  });
}
