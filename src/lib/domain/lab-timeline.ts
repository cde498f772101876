/** From a lab run to what a timeline draws: who held what when, and which requests waited for it. */
import { durationText } from './duration-text.ts';
import {
  callLanes,
  grouped,
  heldStretches,
  loopLanes,
  threadLanes,
  type Stretch,
} from './lab-timeline-holders.ts';
import type { LabRequestSeen, LabResult, LabSpan } from './lab.ts';
import { blockingMicros } from './recording-index.ts';
import type { Lane, Span, Timeline } from './timeline.ts';
import { inOrder, labelledOnce } from './timeline-spans.ts';

/** The most lanes of requests that are drawn. */
const mostRequests = 24;

/**
 * Requests in the order in which they got to the view, then event loops, threads, and calls where they are more than
 * the requests. Of very many requests the
 * first and the last ones are drawn; `moreTasks` has how many are not.
 */
export function labTimeline(result: LabResult): Timeline {
  const micros = lengthOf(result);
  const ofRequest = grouped(result.spans, ({ request }) => request);
  const held = heldStretches(result, micros);
  const arrived = arrivals(result, ofRequest);
  const isAll = arrived.length <= mostRequests;
  const half = mostRequests / 2;
  const parts = isAll
    ? [{ heading: countWords(arrived.length), of: arrived }]
    : [
        { heading: `the first ${half} of ${arrived.length} requests`, of: arrived.slice(0, half) },
        { heading: `the last ${half}`, of: arrived.slice(-half) },
      ];
  const draw = { result, micros, held };
  const requests = parts.flatMap(({ heading, of }) =>
    of.map((seen) => requestLane(draw, seen, ofRequest.get(seen.request) ?? [], heading)),
  );
  const threads = threadLanes(result, micros);
  return {
    lanes: labelledOnce(
      [
        ...requests,
        ...loopLanes(result, held, micros),
        ...threads.lanes,
        ...callLanes(result, micros),
      ],
      micros,
    ),
    micros,
    leftOut: threads.leftOut,
    moreTasks: isAll ? 0 : arrived.length - mostRequests,
  };
}

const countWords = (count: number) => `${count} request${count === 1 ? '' : 's'}`;

/** To the last thing that is known; of a run that left something open, to its own end. */
function lengthOf({ client, spans, upstream, usage }: LabResult): number {
  const ends = [
    ...client.requests.flatMap(({ sent, connected, answered }) => [sent, connected, answered]),
    ...spans.flatMap(({ entered, left, waits }) => [entered, left, ...waits.flat()]),
    ...upstream.calls.flat(),
  ];
  const isOpen =
    client.requests.some(({ answered, error }) => answered === null && error === null) ||
    spans.some(({ left }) => left === null);
  return Math.max(1, isOpen ? usage.wallMs * 1000 : 0, ...ends.map((each) => each ?? 0));
}

/** Those that never got to the view are the last. */
function arrivals(
  { client }: LabResult,
  ofRequest: ReadonlyMap<number, LabSpan[]>,
): LabRequestSeen[] {
  const entered = ({ request }: LabRequestSeen) => {
    const times = (ofRequest.get(request) ?? []).map((span) => span.entered);
    return times.length === 0 ? Infinity : Math.min(...times);
  };
  return client.requests.toSorted((one, other) => {
    const [a, b] = [entered(one), entered(other)];
    return a === b ? one.sent - other.sent : a - b;
  });
}

interface Drawn {
  result: LabResult;
  micros: number;
  /** Of event loops. */
  held: Stretch[];
}

function requestLane(draw: Drawn, seen: LabRequestSeen, stays: LabSpan[], heading: string): Lane {
  const { request, sent, answered, status, error } = seen;
  const end = answered ?? (error === null ? draw.micros : lastKnown(seen, stays));
  const spans: Span[] = [];
  let at = Math.max(sent, 0);
  for (const stay of stays.toSorted((one, other) => one.entered - other.entered)) {
    spans.push(...wayTo(draw, seen, at, stay), ...inView(draw, stay));
    at = Math.max(at, stay.left ?? draw.micros);
  }
  spans.push(
    stays.length === 0 ? neverThere(draw, at, end) : wayBack(draw, at, end, stays.at(-1)!),
  );
  return {
    id: `request-${request}`,
    kind: 'request',
    title: `request ${request}`,
    name: null,
    depth: 0,
    spans: inOrder(spans, draw.micros),
    fact: requestFact(seen),
    close: {
      heading,
      before: String(request),
      after:
        answered === null ? 'none' : isGood(status) ? durationText(answered - sent) : `${status}`,
    },
  };
}

const isGood = (status: number | null) => status !== null && status < 400;

function requestFact({ sent, answered, status, error }: LabRequestSeen): string {
  if (answered === null) return error === null ? 'not answered' : `not answered: ${error}`;
  const after = `after ${durationText(answered - sent)}`;
  return isGood(status) ? `answered ${after}` : `answered with status ${status} ${after}`;
}

function lastKnown({ sent, connected }: LabRequestSeen, stays: LabSpan[]): number {
  return Math.max(sent, connected ?? 0, ...stays.map(({ left }) => left ?? 0));
}

/** A span that leads to no step. */
function span(
  kind: Span['kind'],
  from: number,
  until: number,
  labels: string[],
  says?: string,
): Span {
  return { kind, from, until, labels, says: says ?? labels[0] ?? '', step: null };
}

/** From the sending to the view: what is long has a reason. */
function wayTo(draw: Drawn, seen: LabRequestSeen, from: number, stay: LabSpan): Span[] {
  const until = stay.entered;
  if (until - from < blockingMicros) {
    return [span('framework', from, until, [], 'is on its way to the view')];
  }
  const reached = seen.connected ?? from;
  if (reached - from >= blockingMicros) {
    return [
      span('queued', from, reached, ['not connected yet'], 'waits to be connected'),
      reasoned(draw, reached, until, stay),
    ];
  }
  return [reasoned(draw, from, until, stay)];
}

function reasoned(draw: Drawn, from: number, until: number, stay: LabSpan): Span {
  const { process, thread } = stay;
  const share = heldShare(draw, from, until, process);
  if (share > 0.5) {
    const labels = ['waits: the event loop is held', 'loop is held'];
    return span('queued', from, until, labels, 'waits for the event loop, which others hold');
  }
  if (thread !== 'loop' && busyShare(draw, from, until, stay) > 0.5) {
    return span('queued', from, until, ['waits for a free thread', 'no thread']);
  }
  return span('queued', from, until, ['not in the view yet', 'not yet'], 'is not in the view yet');
}

/** How much of a time a stay's thread was in the view for other requests, from 0 to 1. */
function busyShare({ result, micros }: Drawn, from: number, until: number, stay: LabSpan): number {
  const shared = result.spans
    .filter(({ process, thread }) => process === stay.process && thread === stay.thread)
    .map(({ entered, left }) =>
      Math.max(0, Math.min(until, left ?? micros) - Math.max(from, entered)),
    );
  return shared.reduce((sum, each) => sum + each, 0) / Math.max(1, until - from);
}

/** How much of a time the loops of a process were held, from 0 to 1. */
function heldShare({ held }: Drawn, from: number, until: number, process: number): number {
  const shared = held
    .filter((each) => each.kind === 'blocks' && each.process === process)
    .map((each) => Math.max(0, Math.min(until, each.until) - Math.max(from, each.from)));
  return shared.reduce((sum, each) => sum + each, 0) / Math.max(1, until - from);
}

function inView({ micros }: Drawn, stay: LabSpan): Span[] {
  const end = stay.left ?? micros;
  if (stay.thread !== 'loop') {
    const says = `is in the view, and holds ${stay.thread.replace('-', ' ')}`;
    return [span('runs', stay.entered, end, ['in the view, holds a thread', 'in the view'], says)];
  }
  const spans: Span[] = [];
  let at = stay.entered;
  const runs = (until: number) => {
    const isLong = until - at >= blockingMicros;
    const says = isLong
      ? 'holds the event loop, and nobody else can go on'
      : 'runs on the event loop';
    const labels = isLong ? ['holds the event loop', 'holds the loop'] : [];
    spans.push(span(isLong ? 'blocks' : 'runs', at, until, labels, says));
  };
  for (const [began, resumed] of stay.waits) {
    runs(began);
    const labels = ['in the view, waits, holds nothing', 'waits, holds nothing', 'waits'];
    const says = 'is in the view and waits, and holds nothing';
    spans.push(span('waits', began, resumed ?? end, labels, says));
    at = resumed ?? end;
  }
  runs(end);
  return spans;
}

function wayBack(draw: Drawn, from: number, until: number, { process }: LabSpan): Span {
  if (until - from < blockingMicros) {
    return span('framework', from, until, [], 'is on its way back');
  }
  if (heldShare(draw, from, until, process) > 0.5) {
    const labels = ['done, cannot be sent: loop is held', 'cannot be sent', 'held up'];
    const says =
      'has left the view, and its answer cannot be sent, since others hold the event loop';
    return span('queued', from, until, labels, says);
  }
  const says = 'has left the view, and is not answered yet';
  return span('queued', from, until, ['left the view'], says);
}

function neverThere({ result }: Drawn, from: number, until: number): Span {
  const says = result.cut
    ? 'is not in what was recorded of the view, which has no room for more'
    : 'waits, and is not seen in the view';
  return span('queued', from, until, [result.cut ? 'not recorded' : 'not in the view'], says);
}
