/** What requests of a lab run wait for: the lanes of its event loops and of its threads. */
import { durationText } from './duration-text.ts';
import type { LabResult, LabSpan } from './lab.ts';
import { blockingMicros } from './recording-index.ts';
import type { Lane, Span } from './timeline.ts';
import { inOrder, timeOf } from './timeline-spans.ts';

/** The most lanes of threads that are drawn. */
const mostThreads = 12;

/** Stays that belong together, in order. */
export function grouped<Key>(spans: readonly LabSpan[], keyOf: (span: LabSpan) => Key) {
  const groups = new Map<Key, LabSpan[]>();
  for (const span of spans) {
    const key = keyOf(span);
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  return groups;
}

/** A time in which one request has the event loop of a process. */
export interface Stretch {
  process: number;
  request: number;
  /** `blocks`: for so long that others notice. */
  kind: 'runs' | 'blocks';
  from: number;
  until: number;
}

/**
 * When views had an event loop.
 * @param micros - When all is over; what is open ends there.
 */
export function heldStretches({ spans }: LabResult, micros: number): Stretch[] {
  return spans
    .filter(({ thread }) => thread === 'loop')
    .flatMap((span) => stretchesOf(span, micros));
}

function stretchesOf(
  { process, request, entered, left, waits }: LabSpan,
  micros: number,
): Stretch[] {
  const begins = [entered, ...waits.map(([, resumed]) => resumed)];
  const ends = [...waits.map(([began]) => began), left ?? micros];
  return begins.flatMap((from, place) => {
    const until = ends[place]!;
    // A wait that never ended is the last thing that is known.
    if (from === null || until <= from) return [];
    const kind = until - from >= blockingMicros ? ('blocks' as const) : ('runs' as const);
    return [{ process, request, kind, from, until }];
  });
}

/** A lane for each event loop; none of a server that has none. */
export function loopLanes(result: LabResult, held: Stretch[], micros: number): Lane[] {
  if (!result.loop) return [];
  const processes = processesOf(result.spans);
  return processes.map((process) => {
    const own = held.filter((each) => each.process === process);
    const spans = withFree(inOrder(own.map(stretchSpan), micros), micros);
    return {
      id: `loop-${process}`,
      kind: 'loop',
      title: `event loop${processWords(process, processes)}`,
      name: null,
      depth: 0,
      spans,
      fact: loopFact(spans),
      close: {
        heading: processes.length > 1 ? 'event loops, one of each process' : 'event loop',
        before: processes.length > 1 ? `p${process}` : '',
        after: '',
      },
    };
  });
}

function stretchSpan({ request, kind, from, until }: Stretch): Span {
  const who = `request ${request}`;
  if (kind === 'runs') {
    return { kind, from, until, labels: [], says: `runs the view of ${who}`, step: null };
  }
  const says = `held by the view of ${who}, and nobody else can go on`;
  return { kind, from, until, labels: [`held by ${who}`, who, String(request)], says, step: null };
}

/** With the times in which no view has the loop. */
function withFree(spans: Span[], micros: number): Span[] {
  const whole: Span[] = [];
  let at = 0;
  const free = (until: number) => {
    if (until <= at) return;
    const labels = until - at >= blockingMicros ? ['free'] : [];
    whole.push({ kind: 'free', from: at, until, labels, says: 'free for others', step: null });
  };
  for (const span of spans) {
    free(span.from);
    whole.push(span);
    at = span.until;
  }
  free(micros);
  return whole;
}

function loopFact(spans: Span[]): string {
  const [free, blocked] = [timeOf(spans, 'free'), timeOf(spans, 'blocks')];
  return blocked > free ? `held for ${durationText(blocked)}` : `free for ${durationText(free)}`;
}

/** @returns Lanes of the threads that were in the view, and the names of those that there is no room for. */
export function threadLanes(
  { spans }: LabResult,
  micros: number,
): { lanes: Lane[]; leftOut: string[] } {
  const inThreads = spans.filter(({ thread }) => thread !== 'loop');
  const processes = processesOf(spans);
  const byThread = grouped(inThreads, ({ process, thread }) => `${process} ${thread}`);
  const ordered = [...byThread.values()].sort(
    ([one], [other]) => one!.process - other!.process || numberOf(one!) - numberOf(other!),
  );
  const lanes = ordered.map((stays): Lane => {
    const { process, thread } = stays[0]!;
    const title = `${thread.replace('-', ' ')}${processWords(process, processes)}`;
    const served = new Set(stays.map(({ request }) => request)).size;
    const heading = processes.length > 1 ? `threads of process ${process}` : 'threads';
    const serving = stays.map(({ request, entered, left }): Span => {
      const labels = [`request ${request}`, String(request)];
      const says = `serves request ${request}`;
      return { kind: 'runs', from: entered, until: left ?? micros, labels, says, step: null };
    });
    return {
      id: `thread-${process}-${thread}`,
      kind: 'thread',
      title,
      name: null,
      depth: 0,
      spans: inOrder(serving, micros),
      fact: `served ${served} request${served === 1 ? '' : 's'}`,
      close: { heading, before: String(numberOf(stays[0]!) || thread), after: `${served}×` },
    };
  });
  const ofEach = Math.floor(mostThreads / Math.max(1, processes.length));
  const isDrawn = (lane: Lane, place: number) => {
    if (lanes.length <= mostThreads) return true;
    const first = lanes.findIndex(({ close }) => close?.heading === lane.close?.heading);
    return place - first < ofEach;
  };
  const leftOut = lanes.filter((lane, place) => !isDrawn(lane, place)).map(({ title }) => title);
  return { lanes: lanes.filter(isDrawn), leftOut };
}

/** The most lanes of calls that are drawn. */
const mostCalls = 12;

/**
 * The calls at the upstream, in as few lanes as they fit in. None where each request makes one: its own lane says the
 * same.
 */
export function callLanes({ upstream, client }: LabResult, micros: number): Lane[] {
  const { calls } = upstream;
  if (calls.length <= client.requests.length) return [];
  const slots: Span[][] = [];
  for (const [began, ended] of calls.toSorted(([one], [other]) => one - other)) {
    const labels = ['call'];
    const says = 'a call at the slow service';
    const span: Span = {
      kind: 'query',
      from: began,
      until: ended ?? micros,
      labels,
      says,
      step: null,
    };
    const slot = slots.find((spans) => spans.at(-1)!.until <= began);
    if (slot) slot.push(span);
    else slots.push([span]);
  }
  const atOnce = `${slots.length} at once`;
  const more = slots.length > mostCalls ? `, ${mostCalls} of them drawn` : '';
  return slots.slice(0, mostCalls).map((spans, place) => ({
    id: `calls-${place + 1}`,
    kind: 'task',
    title: `calls at the slow service ${place + 1}`,
    name: null,
    depth: 0,
    spans: inOrder(spans, micros),
    fact: `${spans.length} call${spans.length === 1 ? '' : 's'}`,
    close: {
      heading: `calls at the slow service, ${atOnce}${more}`,
      before: String(place + 1),
      after: `${spans.length}×`,
    },
  }));
}

const numberOf = ({ thread }: LabSpan) => Number(/\d+$/.exec(thread)?.[0] ?? 0);

const processesOf = (spans: readonly LabSpan[]) =>
  [...new Set(spans.map(({ process }) => process))].sort((one, other) => one - other);

const processWords = (process: number, all: number[]) =>
  all.length > 1 ? ` of process ${process}` : '';
