import { describe, expect, it } from 'vitest';
import { describeMeasure, isCount, measure, measureNames } from './lab-measures.ts';
import { clientOf, type LabRequestSeen, type LabResult, type LabSpan } from './lab.ts';

function seen(request: number, sent: number, answered: number | null): LabRequestSeen {
  const status = answered === null ? null : 200;
  return { request, sent, connected: sent, answered, status, error: null };
}

function span(request: number, entered: number, left: number | null, more: Partial<LabSpan> = {}) {
  return { request, process: 1, thread: 'loop', entered, left, ticks: 0, waits: [], ...more };
}

/** Three requests in two processes; the second waits beside the first, the third comes after both. */
const three: LabResult = {
  ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
  truncated: { stdout: false, stderr: false },
  client: clientOf([seen(1, 0, 200_000), seen(2, 1_000, 251_000), seen(3, 2_000, 500_000)]),
  upstream: {
    ...{ count: 4, maxOpen: 3 },
    calls: [
      [10, 100],
      [20, 110],
      [30, 120],
      [310, 400],
    ],
  },
  loop: { ticks: 90, longestGapMs: 12 },
  spans: [
    span(1, 10, 190, { ticks: 7 }),
    span(2, 20, 240, { ticks: 31 }),
    span(3, 300, 490, { process: 2, ticks: 12 }),
  ],
  cut: false,
  usage: { wallMs: 900, cpuMs: 300, peakBytes: 1 },
  limits: {
    ...{ wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
  },
  runtime: { name: 'django-5.2', versions: {} },
  retryAfterSeconds: null,
};
const unanswered: LabResult = {
  ...three,
  client: clientOf([seen(1, 0, null)]),
  upstream: { count: 0, maxOpen: 0, calls: [] },
  spans: [],
};

function all(result: LabResult) {
  return Object.fromEntries(measureNames.map((name) => [name, measure(result, name)]));
}

describe('measure', () => {
  it('comes to every number by its name', () => {
    expect(all(three)).toEqual({
      ...{ open: 2, 'upstream-open': 3, answered: 3, threads: 2, ticks: 31 },
      ...{ 'per-second': 6, 'wall-ms': 500, 'median-ms': 250, 'p95-ms': 498 },
    });
  });

  it('has no times where nothing was answered, and counts all the same', () => {
    expect(all(unanswered)).toEqual({
      ...{ open: 0, 'upstream-open': 0, answered: 0, threads: 0, ticks: 0 },
      ...{ 'per-second': null, 'wall-ms': null, 'median-ms': null, 'p95-ms': null },
    });
  });

  it('counts a view that was never left as open', () => {
    const spans = [span(1, 0, null), span(2, 5, 6), span(3, 7, null)];
    expect(measure({ ...three, spans }, 'open')).toBe(2);
  });

  it('tells threads apart by name and process, and counts one that comes again once', () => {
    const spans = [
      span(1, 0, 1, { thread: 'thread-1' }),
      span(2, 0, 1, { thread: 'thread-2' }),
      span(3, 1, 2, { thread: 'thread-1' }),
      span(4, 0, 1, { thread: 'thread-1', process: 2 }),
    ];
    expect(measure({ ...three, spans }, 'threads')).toBe(3);
  });

  it('takes the view during which the loop turned most', () => {
    const spans = [span(1, 0, 1), span(2, 1, 2, { ticks: 1 }), span(3, 2, 3)];
    expect(measure({ ...three, spans }, 'ticks')).toBe(1);
    expect(measure({ ...three, spans: spans.filter(({ ticks }) => ticks === 0) }, 'ticks')).toBe(0);
  });

  it('has no turns of a loop that the server has not', () => {
    expect(measure({ ...three, loop: null }, 'ticks')).toBeNull();
  });
});

describe('isCount', () => {
  it('is true of what does not depend on how fast the machine is', () => {
    expect(measureNames.filter(isCount)).toEqual([
      ...['open', 'upstream-open', 'answered', 'threads', 'ticks'],
    ]);
  });
});

describe('describeMeasure', () => {
  it('gives people a noun phrase and a unit, and nothing else', () => {
    expect(describeMeasure('wall-ms')).toEqual({ title: 'time until the last answer', unit: 'ms' });
    const told = measureNames.map((name) => describeMeasure(name).title);
    expect(new Set(told).size).toBe(measureNames.length);
  });
});
