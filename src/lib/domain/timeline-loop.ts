/** The lane of an event loop: who holds it, and when it is free. */
import { durationText } from './duration-text.ts';
import { blockingMicros, type RecordingIndex } from './recording-index.ts';
import { loopAt } from './step-view.ts';
import type { Lane, Span } from './timeline.ts';
import { functionWords, joined, timeOf, withDurations } from './timeline-spans.ts';

export function loopLane(index: RecordingIndex, thread: number, several: boolean): Lane {
  const spans = withDurations(loopSpans(index, thread));
  const name = index.recording.threads[thread] ?? '';
  return {
    id: `loop-${thread}`,
    kind: 'loop',
    title: several ? `event loop of ${name}` : 'event loop',
    name: null,
    depth: 0,
    spans,
    fact: factOf(spans),
  };
}

/** Who held the loop, as spans. */
export function loopSpans(index: RecordingIndex, thread: number): Span[] {
  const own = index.byThread.get(thread) ?? [];
  const spans = own.map((step, place) => spanOf(index, thread, step, own[place + 1]));
  return blocking(joined(bridged(spans)));
}

function spanOf(
  index: RecordingIndex,
  thread: number,
  step: number,
  next: number | undefined,
): Span {
  const { at, until, frame } = index.steps[step]!;
  const { state, task } = loopAt(index, thread, step);
  const end = until ?? (next === undefined ? index.recording.micros : index.steps[next]!.at);
  const base = { from: at, until: Math.max(at, end), step };
  if (state === 'free') return { ...base, kind: 'free', labels: ['free'], says: 'free' };
  if (state === 'held' && task === null) {
    const name = functionWords(index.recording.frames[frame ?? -1]?.function ?? '');
    return { ...base, kind: 'runs', labels: [name], says: `not running: the thread runs ${name}` };
  }
  const isProgram = task !== null && index.programTasks.has(task);
  if (!isProgram || givenBack.has(index.steps[step]!.kind)) {
    return { ...base, kind: 'framework', labels: [], says: 'the framework and the loop itself' };
  }
  const name = nameOf(index, task);
  return { ...base, kind: 'runs', labels: [name], says: `runs ${name}` };
}

/** After these the program's code has the loop no longer, or not yet. */
const givenBack = new Set(['await', 'received', 'view-left', 'answered']);

/** Moments in which the loop only turned do not part a free time in two. */
function bridged(spans: Span[]): Span[] {
  return spans.map((span, place) => {
    const next = spans[place + 1];
    const isGap = span.kind === 'free' && next?.kind === 'free' && next.from - span.until < 500;
    return isGap ? { ...span, until: next.from } : span;
  });
}

/** A task that has the loop for long without giving it back keeps the others from it. */
function blocking(spans: Span[]): Span[] {
  return spans.map((span) => {
    const { kind, from, until } = span;
    const isLoops = span.says.startsWith('runs ');
    if (kind !== 'runs' || !isLoops || until - from < blockingMicros) return span;
    const [name] = span.labels;
    return {
      ...span,
      kind: 'blocks',
      labels: [`held by ${name}`, ...span.labels],
      says: `held by ${name}, and nobody else can go on`,
    };
  });
}

function nameOf(index: RecordingIndex, task: number): string {
  const { request } = index.recording.tasks[task]!;
  const label = index.taskLabel(task);
  const sameElsewhere = index.recording.tasks.some(
    (other, number) => number !== task && index.taskLabel(number) === label && other.request > 0,
  );
  return sameElsewhere ? `${label} (request ${request})` : label;
}

function factOf(spans: Span[]): string {
  const free = timeOf(spans, 'free');
  const blocked = timeOf(spans, 'blocks');
  if (blocked > free) return `held for ${durationText(blocked)} at a stretch`;
  return free > 0 ? `free for ${durationText(free)}` : 'never free';
}
