/** The lanes of threads that have no event loop: which function ran there, and when it asked the database. */
import { durationText } from './duration-text.ts';
import type { RecordingIndex } from './recording-index.ts';
import type { Lane, Span } from './timeline.ts';
import { functionWords, joined, timeOf, withDurations } from './timeline-spans.ts';

/** A stretch of work on a thread, by its steps. */
interface Stretch {
  steps: number[];
  until: number;
}

/** @returns Lanes, and the threads that are left out since no function of the program ran there. */
export function threadLanes(index: RecordingIndex): { lanes: Lane[]; leftOut: number[] } {
  const threads = index.recording.threads.map((_, thread) => thread);
  const workers = threads.filter(
    (thread) => !index.loops.has(thread) && index.byThread.has(thread),
  );
  const told = workers.map((thread) => ({ thread, spans: threadSpans(index, thread) }));
  const isOwn = ({ spans }: { spans: Span[] }) => spans.some(({ kind }) => kind !== 'framework');
  return {
    lanes: told.filter(isOwn).map(({ thread, spans }) => laneOf(index, thread, spans)),
    leftOut: told.filter((each) => !isOwn(each)).map(({ thread }) => thread),
  };
}

function laneOf(index: RecordingIndex, thread: number, all: Span[]): Lane {
  const spans = all.filter(({ kind }) => kind !== 'framework');
  const busy = timeOf(spans, 'runs', 'query');
  return {
    id: `thread-${thread}`,
    kind: 'thread',
    title: 'thread',
    name: index.recording.threads[thread] ?? '',
    depth: 0,
    spans,
    fact: `busy for ${durationText(busy)}`,
  };
}

function threadSpans(index: RecordingIndex, thread: number): Span[] {
  return withDurations(
    joined(stretchesOf(index, thread).flatMap((stretch) => spansOf(index, stretch))),
  );
}

/** From where something begins there to where it ends: a hop, or the outermost function. */
function stretchesOf(index: RecordingIndex, thread: number): Stretch[] {
  const stretches: Stretch[] = [];
  let open: Stretch | null = null;
  let isHop = false;
  for (const step of index.byThread.get(thread) ?? []) {
    const { kind, at, until, frame } = index.steps[step]!;
    if (!open) {
      open = { steps: [], until: at };
      isHop = kind === 'hop-begin';
      stretches.push(open);
    }
    open.steps.push(step);
    open.until = Math.max(open.until, until ?? at);
    const isOutermost = kind === 'return' && index.recording.frames[frame ?? -1]?.parent === null;
    if (kind === 'hop-end' || (!isHop && isOutermost)) open = null;
  }
  if (open) open.until = Math.max(open.until, index.recording.micros);
  return stretches;
}

function spansOf(index: RecordingIndex, { steps, until }: Stretch): Span[] {
  const functionAt = (step: number) =>
    index.recording.frames[index.steps[step]!.frame ?? -1]?.function ?? null;
  const first = steps[0]!;
  const hop = index.steps[first]!.hop;
  const from = hop === undefined ? undefined : index.hops.get(hop)?.handOver;
  const isAsked = from !== undefined && index.steps[from]!.frame !== undefined;
  const inside = steps.map(functionAt).find((name) => name !== null) ?? null;
  const asks = steps.some((step) => index.steps[step]!.kind === 'query');
  const begin = index.steps[first]!.at;
  if (inside === null && !isAsked && !asks) {
    const says = 'the framework';
    return [{ kind: 'framework', from: begin, until, step: first, labels: [], says }];
  }
  const isScript = hop === undefined && inside === '<module>';
  const name = inside ?? index.functionOfHop(hop) ?? 'a function';
  const spans: Span[] = [];
  let running = runSpan(name, begin, until, first);
  for (const step of steps) {
    const { kind, at, until: end, text } = index.steps[step]!;
    const now = isScript ? functionAt(step) : null;
    if (kind === 'query' && end !== undefined) {
      spans.push({ ...running, until: at }, querySpan(at, end, step, text ?? ''));
      running = { ...running, from: end };
    } else if (now !== null && running.labels.at(-1) !== functionWords(now)) {
      spans.push({ ...running, until: at });
      running = runSpan(now, at, until, step);
    }
  }
  return [...spans, running];
}

function runSpan(name: string, from: number, until: number, step: number): Span {
  const told = functionWords(name);
  return { kind: 'runs', from, until, step, labels: [told], says: `runs ${told}` };
}

function querySpan(from: number, until: number, step: number, text: string): Span {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  const says = `asks the database: ${short}`;
  return { kind: 'query', from, until, step, labels: ['query'], says };
}
