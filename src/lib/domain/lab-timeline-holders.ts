/** What requests of a lab run wait for: the lanes of its event loops and of its threads. */
import { durationText } from './duration-text.ts';
import type { LabResult, LabSpan } from './lab.ts';
import { blockingMicros } from './recording-index.ts';
import type { Lane, Span } from './timeline.ts';
import { inOrder, timeOf } from './timeline-spans.ts';

/** The most lanes of threads that are drawn. */
const mostThreads = 12;

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
  const byThread = Map.groupBy(inThreads, ({ process, thread }) => `${process} ${thread}`);
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

const numberOf = ({ thread }: LabSpan) => Number(/\d+$/.exec(thread)?.[0] ?? 0);

const processesOf = (spans: readonly LabSpan[]) =>
  [...new Set(spans.map(({ process }) => process))].sort((one, other) => one - other);

const processWords = (process: number, all: number[]) =>
  all.length > 1 ? ` of process ${process}` : '';
