/** The numbers that a lab run comes to, by the names that authors use. */
import { mostOpen, type LabResult } from './lab.ts';

interface Measure {
  /** What it is, for people: a noun phrase. */
  title: string;
  unit: 'count' | 'a second' | 'ms';
  /** Null: the run has no such number. */
  of: (result: LabResult) => number | null;
}

const measures = {
  open: {
    title: 'requests open in the view at once',
    unit: 'count',
    of: ({ spans }) => mostOpen(spans),
  },
  'upstream-open': {
    title: 'calls open at the upstream at once',
    unit: 'count',
    of: ({ upstream }) => upstream.maxOpen,
  },
  answered: {
    title: 'requests answered',
    unit: 'count',
    of: ({ client }) => client.answered,
  },
  threads: {
    title: 'threads that ran the view',
    unit: 'count',
    of: ({ spans }) => new Set(spans.map(({ process, thread }) => `${process} ${thread}`)).size,
  },
  ticks: {
    title: 'turns of the event loop during one view, at most',
    unit: 'count',
    of: ({ spans, loop }) => (loop ? Math.max(0, ...spans.map(({ ticks }) => ticks)) : null),
  },
  'per-second': {
    title: 'answers a second',
    unit: 'a second',
    of: ({ client }) => (client.answered === 0 ? null : client.perSecond),
  },
  'wall-ms': {
    title: 'time until the last answer',
    unit: 'ms',
    of: ({ client }) => (client.answered === 0 ? null : client.wallMs),
  },
  'median-ms': {
    title: 'median time to an answer',
    unit: 'ms',
    of: ({ client }) => client.medianMs,
  },
  'p95-ms': {
    title: 'time within which 95 of 100 were answered',
    unit: 'ms',
    of: ({ client }) => client.p95Ms,
  },
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof measures;
export const measureNames = Object.keys(measures) as MeasureName[];

/** Whether it does not depend on how fast the machine is. */
export function isCount(name: MeasureName): boolean {
  return measures[name].unit === 'count';
}

/** @returns Null where the run has no such number: no event loop, no answer. */
export function measure(result: LabResult, name: MeasureName): number | null {
  return measures[name].of(result);
}

/** What a measure is called for people, and its unit. */
export function describeMeasure(name: MeasureName): Pick<Measure, 'title' | 'unit'> {
  const { title, unit } = measures[name];
  return { title, unit };
}
