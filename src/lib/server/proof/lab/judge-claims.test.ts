import { describe, expect, test } from 'vitest';
import { clientOf, type LabResult, type LabSpan } from '#lib/domain/lab.ts';
import type { LabInequality, LessonLab } from '#lib/domain/lesson-lab.ts';
import { judgeClaims, spreadOf, wasCalm, type Series } from './judge-claims.ts';

const waitMs = 500;

interface Made {
  /** Views open at once. */
  open?: number;
  wallMs?: number;
  /** How late the upstream's only call ended; null: there was none. */
  lateMs?: number | null;
}

/** A run that came to this. */
function run({ open = 1, wallMs = 100, lateMs = 1 }: Made): LabResult {
  const seen = { sent: 0, connected: 0, status: 200, error: null };
  const span: LabSpan = {
    ...{ request: 1, process: 1, thread: 'loop', entered: 0, left: 10, ticks: 0, waits: [] },
  };
  const calls = lateMs === null ? [] : [[0, (waitMs + lateMs) * 1000] as [number, number]];
  return {
    ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
    truncated: { stdout: false, stderr: false },
    client: clientOf([{ ...seen, request: 1, answered: wallMs * 1000 }]),
    upstream: { count: calls.length, maxOpen: calls.length, calls },
    ...{ loop: null, cut: false, retryAfterSeconds: null },
    spans: Array.from({ length: open }, () => span),
    usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 },
    limits: { wallMs: 1, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
    runtime: { name: 'django-5.2', versions: {} },
  };
}

const wallOf = (scenario: string) => ({ scenario, measure: 'wall-ms' as const });
const ratio: LabInequality = {
  ...{ left: wallOf('slow'), compared: '>=', factor: 2, right: wallOf('fast') },
};
const count: LabInequality = {
  ...{ left: { scenario: 'fast', measure: 'open' }, compared: '==', factor: 4, right: null },
};

function labOf(...claimed: LabInequality[]): LessonLab {
  const load = {
    ...{
      server: 'asgi' as const,
      workers: 1,
      threads: 1,
      requests: 1,
      atOnce: 1,
      waitMs,
      cpuMs: 0,
    },
  };
  const scenarios = ['slow', 'fast', 'other'].map((id) => ({
    ...{ id, title: id, says: id, program: '', view: 'view', load, knobs: [], against: 'slow' },
  }));
  const claims = claimed.map((inequality, index) => ({
    ...{ id: `claim-${index}`, says: 'It is so.', holds: 'a.open == 1', inequality },
  }));
  const told = {
    title: 'A lab',
    intro: 'It is.',
    contentVersion: 'v',
    file: 'lab.yaml',
    places: {},
  };
  return { ...told, scenarios, claims };
}

const series = (made: Record<string, Made>): Series =>
  new Map(Object.entries(made).map(([id, each]) => [id, run(each)]));

/** Series in which `slow` took so long, in milliseconds, and `fast` a hundred. */
const slowTook = (walls: number[], others: { lateMs?: number | null } = {}) =>
  walls.map((wallMs) => series({ slow: { wallMs, ...others }, fast: others, other: {} }));

const judge = (all: Series[], ...claimed: LabInequality[]) => {
  const { claims, wanted } = judgeClaims(labOf(...claimed), all);
  return { ...claims[0]!, wanted };
};

describe('a claim about times', () => {
  test('holds when it does in each of three series, with the spread of both sides', () => {
    expect(judge(slowTook([210, 400, 300]), ratio)).toEqual({
      ...{ id: 'claim-0', verdict: 'holds', series: 3, holding: 3, calm: 3, wanted: [] },
      left: { least: 210, median: 300, most: 400 },
      right: { least: 100, median: 100, most: 100 },
    });
  });

  test('holds on a busy host as well: what speaks for it need not be calm', () => {
    expect(judge(slowTook([210, 400, 300], { lateMs: 400 }), ratio)).toMatchObject({
      ...{ verdict: 'holds', calm: 0 },
    });
  });

  test('is looked at within each series, not across them', () => {
    // Each time the host was three times as slow as the time before; both sides were so alike.
    const all = [1, 3, 9].map((times) =>
      series({ slow: { wallMs: 250 * times }, fast: { wallMs: 100 * times }, other: {} }),
    );
    expect(judge(all, ratio)).toMatchObject({ verdict: 'holds' });
  });

  test('is refuted when it does in none, and the host was calm', () => {
    expect(judge(slowTook([150, 110, 199]), ratio)).toMatchObject({
      ...{ verdict: 'refuted', holding: 0, calm: 3, wanted: [] },
    });
  });

  test('is looked at again when it does in none and the host was busy', () => {
    const busy = slowTook([150, 110, 199], { lateMs: 400 });
    expect(judge(busy, ratio)).toMatchObject({
      ...{ verdict: 'inconclusive', calm: 0, wanted: ['slow', 'fast'] },
    });
    const calm = slowTook([150, 110, 199]);
    expect(judge([...busy, ...calm], ratio)).toMatchObject({ verdict: 'refuted', calm: 3 });
  });

  test.each<[string, number[], string]>([
    ['five of six', [150, 300, 300, 300, 300, 300], 'holds'],
    ['four of six', [150, 150, 300, 300, 300, 300], 'inconclusive'],
    ['seven of nine', [150, 150, 300, 300, 300, 300, 300, 300, 300], 'inconclusive'],
    ['one of six', [300, 150, 150, 150, 150, 150], 'inconclusive'],
  ])('that holds in %s is judged so', (_, walls, verdict) => {
    expect(judge(slowTook(walls), ratio)).toMatchObject({ verdict });
  });

  test('is refuted by the calm series, whatever the busy ones say', () => {
    const busy = slowTook([300, 300, 300], { lateMs: 400 }).slice(0, 2);
    expect(judge([...busy, ...slowTook([150, 150, 150, 150])], ratio)).toMatchObject({
      ...{ verdict: 'refuted', series: 6, holding: 2, calm: 4 },
    });
  });

  test('is inconclusive for good after nine series', () => {
    const busy = slowTook(Array<number>(9).fill(150), { lateMs: 400 });
    expect(judge(busy.slice(0, 6), ratio).wanted).toEqual(['slow', 'fast']);
    expect(judge(busy, ratio)).toMatchObject({
      ...{ verdict: 'inconclusive', series: 9, holding: 0, calm: 0, wanted: [] },
    });
  });

  test.each<[string, number[], string[]]>([
    ['two of three', [150, 300, 300], ['slow', 'fast']],
    ['one of three', [150, 150, 300], []],
    ['four of six', [150, 300, 150, 300, 300, 300], []],
  ])('that holds in %s is run again only if that could settle it', (_, walls, wanted) => {
    expect(judge(slowTook(walls), ratio)).toMatchObject({ verdict: 'inconclusive', wanted });
  });

  test('is not judged anew by series that were made for the sake of another', () => {
    const all = [...slowTook([300, 300, 300]), ...slowTook([150, 150, 150])];
    expect(judge(all, ratio)).toMatchObject({ verdict: 'holds', series: 3, holding: 3 });
  });

  test('is judged by those series only in which both sides were run', () => {
    const without = [1, 2, 3].map(() => series({ slow: { wallMs: 1 }, other: {} }));
    const all = [...slowTook([300, 300, 300]), ...without];
    expect(judge(all, ratio)).toMatchObject({ verdict: 'holds', series: 3 });
  });
});

describe('a claim about counts', () => {
  const opened = (...open: number[]) =>
    open.map((each) => series({ slow: {}, fast: { open: each, lateMs: 400 }, other: {} }));

  test.each<[number[], string]>([
    [[4, 4, 4], 'holds'],
    [[3, 3, 5], 'refuted'],
    [[4, 4, 3], 'inconclusive'],
    [[4, 4, 3, 4, 4, 4], 'holds'],
    [[4, 3, 3, 3, 3, 3, 3, 3, 3], 'inconclusive'],
  ])('is judged by every series, calm or not: %j is %s', (open, verdict) => {
    expect(judge(opened(...open), count)).toMatchObject({ verdict, calm: open.length });
  });

  test('asks for its own scenario only when it is open', () => {
    expect(judge(opened(4, 4, 3), count).wanted).toEqual(['fast']);
  });

  test('of a number that a run has not got does not hold', () => {
    const ticks: LabInequality = { ...count, left: { scenario: 'fast', measure: 'ticks' } };
    expect(judge(opened(4, 4, 4), ticks)).toMatchObject({ verdict: 'refuted', left: null });
  });

  test('may be held against another count', () => {
    const other: LabInequality = {
      ...{ left: count.left, compared: '<=', factor: 2 },
      right: { scenario: 'slow', measure: 'open' },
    };
    expect(judge(opened(2, 2, 2), other)).toMatchObject({ verdict: 'holds' });
    expect(judge(opened(3, 3, 3), other)).toMatchObject({ verdict: 'refuted' });
  });
});

describe('a host', () => {
  const calls = (...late: (number | null)[]) => ({
    upstream: {
      ...{ count: late.length, maxOpen: 1 },
      calls: late.map((by): [number, number | null] => [
        1_000,
        by === null ? null : 1_000 + (1_000 + by) * 1_000,
      ]),
    },
  });

  test('was calm when the waits of the upstream ended in time', () => {
    expect(wasCalm(calls(0, 1, 60, 100), 1_000)).toBe(true);
    expect(wasCalm(calls(0, 1, 60, 101), 1_000)).toBe(false);
    // One of ten may be late, whatever the reason.
    expect(wasCalm(calls(0, 0, 0, 0, 0, 0, 0, 0, 0, 900), 1_000)).toBe(true);
  });

  test('is allowed some milliseconds for a short wait', () => {
    expect(wasCalm(calls(940), 1_900)).toBe(true);
    const short = { upstream: { count: 1, maxOpen: 1, calls: [[0, 49_000] as [number, number]] } };
    expect(wasCalm(short, 0)).toBe(true);
    expect(wasCalm(short, -2)).toBe(false);
  });

  test('is not known to be so where nothing waited', () => {
    expect(wasCalm(calls(), 1_000)).toBeNull();
    expect(wasCalm(calls(null), 1_000)).toBeNull();
  });

  test('is known by the scenarios beside those that do not wait', () => {
    const none = { wallMs: 100, lateMs: null };
    const beside = (lateMs: number | null) =>
      [1, 2, 3].map(() => series({ slow: none, fast: none, other: { lateMs } }));
    expect(judge(beside(1), ratio)).toMatchObject({ verdict: 'refuted', calm: 3 });
    expect(judge(beside(400), ratio)).toMatchObject({ verdict: 'inconclusive', calm: 0 });
    // Where nothing waits at all, nothing speaks against it.
    expect(judge(beside(null), ratio)).toMatchObject({ verdict: 'refuted', calm: 3 });
  });
});

test('a spread is the least, the middle and the most', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ least: 1, median: 2, most: 3 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ least: 1, median: 2.5, most: 4 });
  expect(spreadOf([])).toBeNull();
});
