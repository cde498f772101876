import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labTimeline } from './lab-timeline.ts';
import { clientOf, type LabRequestSeen, type LabResult, type LabSpan } from './lab.ts';
import type { Lane, Timeline } from './timeline.ts';

/** A result of which only what a timeline is made of matters. */
function result(
  requests: Partial<LabRequestSeen>[],
  spans: Partial<LabSpan>[],
  rest: Partial<LabResult> = {},
): LabResult {
  const seen = requests.map((each, place) => ({
    ...{ request: place + 1, sent: 0, connected: 100, answered: null, error: null },
    ...{ status: each.answered === undefined ? null : 200 },
    ...each,
  }));
  const stays = spans.map((each) => ({
    ...{ request: 1, process: 1, thread: 'loop', entered: 0, left: null, ticks: 0, waits: [] },
    ...each,
  }));
  return {
    ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
    truncated: { stdout: false, stderr: false },
    client: clientOf(seen),
    upstream: { count: 0, maxOpen: 0, calls: [] },
    loop: { ticks: 100, longestGapMs: 1 },
    spans: stays,
    cut: false,
    usage: { wallMs: 5_000, cpuMs: 100, peakBytes: 1 },
    limits: { wallMs: 20_000, cpuMs: 1, memoryBytes: 1, outputBytes: 1, diskBytes: 1, files: 1 },
    runtime: { name: 'django-5.2', versions: {} },
    retryAfterSeconds: null,
    ...rest,
  };
}

const lane = ({ lanes }: Timeline, id: string): Lane => lanes.find((each) => each.id === id)!;
const told = ({ spans }: Lane) =>
  spans.map(({ kind, from, until }) => [kind, from / 1000, until / 1000]);

describe('views that await', () => {
  const timeline = labTimeline(
    result(
      [{ answered: 1_005_000 }, { answered: 1_006_000 }],
      [
        { request: 1, entered: 1_000, left: 1_002_000, waits: [[2_000, 1_001_000]] },
        { request: 2, entered: 2_000, left: 1_004_000, waits: [[3_000, 1_003_000]] },
      ],
    ),
  );

  test('each request is sent, runs, waits, runs and is answered', () => {
    expect(told(lane(timeline, 'request-1'))).toEqual([
      ['framework', 0, 1],
      ['runs', 1, 2],
      ['waits', 2, 1001],
      ['runs', 1001, 1002],
      ['framework', 1002, 1005],
    ]);
    expect(lane(timeline, 'request-1').fact).toBe('answered after 1 s');
  });

  test('the event loop is free while both of them wait', () => {
    const loop = lane(timeline, 'loop-1');
    expect(loop.spans.filter(({ kind }) => kind === 'free').at(1)).toMatchObject({
      from: 3_000,
      until: 1_001_000,
    });
    expect(loop.fact).toBe('free for 1 s');
  });

  test('there is no lane of a thread', () => {
    expect(timeline.lanes.map(({ kind }) => kind)).toEqual(['request', 'request', 'loop']);
  });
});

describe('an async view that blocks', () => {
  const timeline = labTimeline(
    result(
      [{ answered: 410_000 }, { answered: 411_000 }],
      [
        { request: 1, entered: 1_000, left: 200_000 },
        { request: 2, entered: 201_000, left: 400_000 },
      ],
    ),
  );

  test('holds the event loop, and nobody else can go on', () => {
    expect(lane(timeline, 'request-1').spans[1]).toMatchObject({ kind: 'blocks' });
    expect(lane(timeline, 'loop-1').spans.map(({ says }) => says)).toContain(
      'held by the view of request 2, and nobody else can go on',
    );
    expect(lane(timeline, 'loop-1').fact).toBe('held for 398 ms');
  });

  test('keeps the next request out of the view', () => {
    expect(lane(timeline, 'request-2').spans[0]).toMatchObject({
      kind: 'queued',
      until: 201_000,
      says: 'waits for the event loop, which others hold',
    });
  });

  test('keeps a finished answer from being sent', () => {
    expect(lane(timeline, 'request-1').spans.at(-1)).toMatchObject({
      kind: 'queued',
      from: 200_000,
      until: 410_000,
    });
    expect(lane(timeline, 'request-1').spans.at(-1)?.says).toContain('cannot be sent');
  });
});

describe('threads', () => {
  const timeline = labTimeline(
    result(
      [{ answered: 500_000 }, { answered: 1_000_000 }, { answered: 500_000 }],
      [
        { request: 1, thread: 'thread-1', entered: 1_000, left: 499_000 },
        { request: 2, thread: 'thread-1', entered: 499_500, left: 999_000 },
        { request: 3, thread: 'thread-1', process: 2, entered: 1_000, left: 499_000 },
      ],
      { loop: null },
    ),
  );

  test('a request that no thread is free for waits for one', () => {
    expect(lane(timeline, 'request-2').spans[0]).toMatchObject({
      kind: 'queued',
      says: 'waits for a free thread',
    });
  });

  test('each thread of each process has a lane, with the requests that it served', () => {
    const first = lane(timeline, 'thread-1-thread-1');
    expect(first.title).toBe('thread 1 of process 1');
    expect(first.fact).toBe('served 2 requests');
    expect(first.spans.map(({ says }) => says)).toEqual(['serves request 1', 'serves request 2']);
    expect(lane(timeline, 'thread-2-thread-1').close?.heading).toBe('threads of process 2');
  });

  test('there is no lane of an event loop where a server has none', () => {
    expect(timeline.lanes.some(({ kind }) => kind === 'loop')).toBe(false);
  });

  test('requests stand in the order in which they got to the view', () => {
    const requests = timeline.lanes.filter(({ kind }) => kind === 'request');
    expect(requests.map(({ id }) => id)).toEqual(['request-1', 'request-3', 'request-2']);
  });
});

test('what is long on its way, and has no reason that is known, is only said not to be there', () => {
  const { lanes } = labTimeline(
    result([{ answered: 200_000 }], [{ entered: 100_000, left: 101_000, thread: 'thread-1' }]),
  );
  expect(lanes[0]?.spans[0]).toMatchObject({ kind: 'queued', says: 'is not in the view yet' });
});

test('a view that was never left is drawn to the end of the run', () => {
  const timeline = labTimeline(
    result([{}, {}], [{ request: 1, entered: 1_000, waits: [[2_000, null]] }]),
  );
  expect(timeline.micros).toBe(5_000_000);
  expect(lane(timeline, 'request-1').spans.at(-1)).toMatchObject({
    kind: 'waits',
    until: 5_000_000,
  });
  expect(lane(timeline, 'request-2').spans).toMatchObject([
    { kind: 'queued', says: 'waits, and is not seen in the view' },
  ]);
  expect(lane(timeline, 'request-2').fact).toBe('not answered');
});

test('a connection that broke is drawn as far as anything is known of it', () => {
  const broken = { connected: 40_000, error: 'ConnectionResetError' };
  const timeline = labTimeline(result([broken, { answered: 90_000 }], []));
  expect(lane(timeline, 'request-1').fact).toBe('not answered: ConnectionResetError');
  expect(lane(timeline, 'request-1').spans.at(-1)?.until).toBe(40_000);
});

test('an answer with an error is told by its status', () => {
  const { lanes } = labTimeline(
    result([{ answered: 30_000, status: 500 }], [{ entered: 1_000, left: 2_000 }]),
  );
  expect(lanes[0]?.fact).toBe('answered with status 500 after 30 ms');
  expect(lanes[0]?.close?.after).toBe('500');
});

describe('two hundred requests', () => {
  const many = Array.from({ length: 200 }, (_, place) => place);
  const timeline = labTimeline(
    result(
      many.map((place) => ({ answered: 300_000 + place })),
      many.map((place) => ({
        request: 200 - place,
        thread: `thread-${(place % 64) + 1}`,
        entered: 1_000 + place,
        left: 250_000,
      })),
    ),
  );
  const requests = timeline.lanes.filter(({ kind }) => kind === 'request');

  test('the first and the last to get to the view are drawn, and it is said how many are not', () => {
    expect(requests).toHaveLength(24);
    expect(requests[0]?.id).toBe('request-200');
    expect(requests.at(-1)?.id).toBe('request-1');
    expect(timeline.moreTasks).toBe(176);
    expect(new Set(requests.map(({ close }) => close?.heading))).toEqual(
      new Set(['the first 12 of 200 requests', 'the last 12']),
    );
  });

  test('so are some threads, and the names of the others are kept', () => {
    expect(timeline.lanes.filter(({ kind }) => kind === 'thread')).toHaveLength(12);
    expect(timeline.leftOut).toHaveLength(52);
  });
});

describe('calls at the upstream', () => {
  const spans = [{ request: 1, entered: 1_000, left: 900_000 }];
  const upstream = (calls: [number, number | null][]) => ({
    upstream: { count: calls.length, maxOpen: 0, calls },
  });

  test('that one request makes one after the other stand in one lane', () => {
    const calls: [number, number | null][] = [
      [10_000, 300_000],
      [310_000, 600_000],
    ];
    const { lanes } = labTimeline(result([{ answered: 910_000 }], spans, upstream(calls)));
    const drawn = lanes.filter(({ id }) => id.startsWith('calls-'));
    expect(drawn.map(({ fact }) => fact)).toEqual(['2 calls']);
    expect(drawn[0]?.close?.heading).toBe('calls at the slow service, 1 at once');
  });

  test('that are open at once stand below each other', () => {
    const calls: [number, number | null][] = [
      [10_000, 300_000],
      [11_000, null],
    ];
    const { lanes } = labTimeline(result([{ answered: 910_000 }], spans, upstream(calls)));
    const drawn = lanes.filter(({ id }) => id.startsWith('calls-'));
    expect(drawn.map((each) => told(each))).toEqual([[['query', 10, 300]], [['query', 11, 910]]]);
  });

  test('of which each request makes one are seen in the lanes of requests', () => {
    const once = labTimeline(result([{ answered: 910_000 }], spans, upstream([[10_000, 20_000]])));
    expect(once.lanes.map(({ kind }) => kind)).toEqual(['request', 'loop']);
  });
});

test('what several lanes say at the same time is written into one of them', () => {
  const { lanes } = labTimeline(
    result(
      [{ answered: 1_005_000 }, { answered: 1_006_000 }, { answered: 1_006_000 }],
      [1, 2, 3].map((request) => ({
        request,
        entered: request * 1_000,
        left: 1_004_000,
        waits: [[request * 1_000 + 500, 1_003_000]] as [number, number][],
      })),
    ),
  );
  const labelled = lanes.filter(
    ({ kind, spans }) => kind === 'request' && spans.some(({ labels }) => labels.length > 0),
  );
  expect(labelled).toHaveLength(1);
});

test('whatever a record says, spans of a lane follow each other within the axis', () => {
  const time = fc.integer({ min: 0, max: 3_000_000 });
  const maybe = fc.option(time);
  const seen = fc.record({
    sent: time,
    connected: maybe,
    answered: maybe,
    status: fc.constantFrom(200, 500, null),
    error: fc.constantFrom(null, null, 'TimeoutError'),
  });
  const stay = fc.record({
    request: fc.integer({ min: 0, max: 40 }),
    process: fc.integer({ min: 1, max: 4 }),
    thread: fc.constantFrom('loop', 'thread-1', 'thread-2'),
    entered: time,
    left: maybe,
    waits: fc.array(fc.tuple(time, maybe), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(
      fc.array(seen, { minLength: 1, maxLength: 40 }),
      fc.array(stay, { maxLength: 60 }),
      fc.array(fc.tuple(time, maybe), { maxLength: 50 }),
      fc.boolean(),
      (requests, spans, calls, hasLoop) => {
        const upstream = { count: calls.length, maxOpen: 0, calls };
        const rest = hasLoop ? { upstream } : { upstream, loop: null };
        const timeline = labTimeline(result(requests, spans, rest));
        expect(timeline.micros).toBeGreaterThanOrEqual(1);
        expect(new Set(timeline.lanes.map(({ id }) => id)).size).toBe(timeline.lanes.length);
        for (const each of timeline.lanes) {
          for (const [place, span] of each.spans.entries()) {
            expect(span.from).toBeGreaterThanOrEqual(each.spans[place - 1]?.until ?? 0);
            expect(span.until).toBeGreaterThan(span.from);
            expect(span.until).toBeLessThanOrEqual(timeline.micros);
            expect(span.says).not.toBe('');
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
