/** The lanes of requests and of tasks: when each ran, and what it waited for. */
import { durationText } from './duration-text.ts';
import { blockingMicros, type RecordingIndex } from './recording-index.ts';
import { viewOf } from './step-view.ts';
import { doingOf, hasEnded, type Doing, type WaitedFor } from './task-doing.ts';
import type { Lane, Span } from './timeline.ts';
import { loopSpans } from './timeline-loop.ts';
import { joined, timeOf, withDurations } from './timeline-spans.ts';

/** Requests with the tasks that they started below them; then tasks that work for none. */
export function requestLanes(index: RecordingIndex): Lane[] {
  const requests = [...index.byRequest.keys()].filter((request) => request > 0);
  const blocked = [...index.loops]
    .flatMap((thread) => loopSpans(index, thread))
    .filter(({ kind }) => kind === 'blocks');
  const viewTasks = new Set(
    [...index.viewSteps.values()].flatMap((step) => index.steps[step]!.task ?? []),
  );
  const others = [...index.programTasks.keys()]
    .filter((task) => !viewTasks.has(task))
    .sort((one, other) => one - other);
  const ofRequest = (wanted: number, depth: number) =>
    others
      .filter((task) => index.recording.tasks[task]?.request === wanted)
      .map((task) => taskLane(index, task, depth, blocked));
  return [
    ...requests
      .sort((one, other) => one - other)
      .flatMap((request) => [requestLane(index, request, blocked), ...ofRequest(request, 1)]),
    ...ofRequest(0, 0),
  ];
}

function requestLane(index: RecordingIndex, request: number, blocked: Span[]): Lane {
  const spans = withDurations(keptWaiting(requestSpans(index, request), blocked));
  return {
    id: `request-${request}`,
    kind: 'request',
    title: `request ${request}`,
    name: viewOf(index, request),
    depth: 0,
    spans,
    fact: requestFact(index, request, spans),
  };
}

function requestSpans(index: RecordingIndex, request: number): Span[] {
  const own = index.byRequest.get(request)!;
  const find = (kind: string) => own.find((step) => index.steps[step]!.kind === kind);
  const [received, entered, left, answered] = [
    find('received') ?? own[0]!,
    index.viewSteps.get(request),
    find('view-left'),
    find('answered'),
  ];
  const timeAt = (step: number) => index.steps[step]!.at;
  const end = answered === undefined ? index.recording.micros : timeAt(answered);
  const viewEnd = left === undefined ? end : timeAt(left);
  const viewFrom = entered === undefined ? viewEnd : timeAt(entered);
  return joined([
    framework(timeAt(received), viewFrom, received, 'on its way to its view'),
    ...(entered === undefined ? [] : viewSpans(index, entered, viewEnd)),
    ...(left === undefined ? [] : [framework(viewEnd, end, left, 'on its way back')]),
  ]);
}

function framework(from: number, until: number, step: number, says: string): Span {
  return { kind: 'framework', from, until, step, labels: [says], says };
}

function viewSpans(index: RecordingIndex, entered: number, end: number): Span[] {
  const { task, thread, at } = index.steps[entered]!;
  if (task !== undefined && index.programTasks.has(task)) {
    return taskSpans(index, task, at, end);
  }
  const name = index.recording.threads[thread] ?? '';
  return [
    {
      kind: 'runs',
      from: at,
      until: end,
      step: entered,
      labels: [`on ${name}`, name],
      says: `runs on ${name}`,
    },
  ];
}

function taskLane(index: RecordingIndex, task: number, depth: number, blocked: Span[]): Lane {
  const own = index.byTask.get(task)!;
  const from = index.steps[Math.min(own[0]!, index.firstAwaited.get(task) ?? Infinity)]!.at;
  const last = own.at(-1)!;
  const end = hasEnded(index, task, last) ? index.steps[last]!.at : index.recording.micros;
  const spans = withDurations(keptWaiting(taskSpans(index, task, from, end), blocked));
  const waited = timeOf(spans, 'waits');
  return {
    id: `task-${task}`,
    kind: 'task',
    title: 'task',
    name: index.taskLabel(task),
    depth,
    spans,
    fact: waited > 0 ? `waits ${durationText(waited)}` : `takes ${durationText(end - from)}`,
  };
}

/** What a task did between two times. */
function taskSpans(index: RecordingIndex, task: number, from: number, end: number): Span[] {
  const own = index.byTask.get(task)!;
  const spans: Span[] = [];
  const begin = index.steps[own[0]!]!.at;
  if (begin > from) spans.push(queuedSpan(from, begin, own[0]!));
  own.forEach((step, place) => {
    const at = Math.max(index.steps[step]!.at, from);
    const next = own[place + 1];
    const until = Math.min(next === undefined ? end : index.steps[next]!.at, end);
    if (until <= at) return;
    spans.push(...stepSpans(index, task, step, at, until, next));
  });
  return joined(spans);
}

function stepSpans(
  index: RecordingIndex,
  task: number,
  step: number,
  at: number,
  until: number,
  next: number | undefined,
): Span[] {
  const { kind, line } = index.steps[step]!;
  // Of functions that wait in each other the innermost gives the reason, for all of them.
  const isWaiting = kind === 'await' || kind === 'hand-over';
  const doing = isWaiting ? doingOf(index, task, step + (kind === 'hand-over' ? 1 : 0)) : null;
  if (doing?.state === 'waiting') {
    const over = next === undefined ? until : waitOver(index, doing, index.steps[next]!.at);
    const says = waitText(index, doing);
    const waits: Span = {
      kind: 'waits',
      from: at,
      until: Math.min(over, until),
      step,
      labels: [says.long, says.short],
      says: says.whole,
    };
    return over < until ? [waits, queuedSpan(over, until, step)] : [waits];
  }
  if (index.isBlocking(step)) {
    return [
      {
        kind: 'blocks',
        from: at,
        until,
        step,
        labels: [`line ${line} holds the loop`, 'holds the loop'],
        says: `holds the event loop at line ${line}`,
      },
    ];
  }
  return [{ kind: 'runs', from: at, until, step, labels: ['runs'], says: 'runs' }];
}

/** When what is waited for had come, in microseconds, where that is known: what follows is a wait for the loop. */
function waitOver(index: RecordingIndex, { for: what }: Waiting, goesOn: number): number {
  if (what.kind === 'other') return goesOn;
  const ends =
    what.kind === 'thread'
      ? [index.hops.get(what.hop)?.end]
      : what.tasks.map((task) => {
          const last = index.byTask.get(task)?.at(-1);
          return last !== undefined && hasEnded(index, task, last) ? last : undefined;
        });
  const times = ends.map((end) => (end === undefined ? goesOn : index.steps[end]!.at));
  return Math.min(Math.max(...times), goesOn);
}

type Waiting = Extract<Doing, { state: 'waiting' }>;

function queuedSpan(from: number, until: number, step: number): Span {
  const labels = ['waits its turn', 'its turn'];
  return { kind: 'queued', from, until, step, labels, says: 'waits for its turn on the loop' };
}

function waitText(
  index: RecordingIndex,
  { for: what, places }: Waiting,
): { long: string; short: string; whole: string } {
  const at = places[0] ? ` at line ${places[0].line}` : '';
  const whom = waitedFor(index, what);
  const long = whom === null ? `waits${at}` : `waits for ${whom}`;
  return { long, short: 'waits', whole: whom === null ? long : long + at };
}

function waitedFor(index: RecordingIndex, what: WaitedFor): string | null {
  if (what.kind === 'other') return what.what;
  if (what.kind === 'thread') return what.function || 'a thread';
  const [only] = what.tasks;
  return what.tasks.length === 1 ? index.taskLabel(only!) : `${what.tasks.length} tasks`;
}

/** What is long on its way or waits its turn while somebody holds the loop waits for just that. */
function keptWaiting(spans: Span[], blocked: Span[]): Span[] {
  return spans.map((span) => {
    if (span.kind !== 'framework' && span.kind !== 'queued') return span;
    const length = span.until - span.from;
    if (length < blockingMicros) return span;
    const over = blocked.map((other) => ({
      other,
      shared: Math.min(span.until, other.until) - Math.max(span.from, other.from),
    }));
    const worst = over.sort((one, two) => two.shared - one.shared)[0];
    if (!worst || worst.shared < length / 2) return span;
    const holder = worst.other.labels.at(-1);
    return {
      ...span,
      kind: 'queued',
      labels: [`cannot go on: ${holder} holds the loop`, 'cannot go on'],
      says: `cannot go on, since ${holder} holds the event loop`,
    };
  });
}

function requestFact(index: RecordingIndex, request: number, spans: Span[]): string {
  const own = index.byRequest.get(request)!;
  const answered = own.find((step) => index.steps[step]!.kind === 'answered');
  const from = spans[0]?.from ?? index.steps[own[0]!]!.at;
  if (answered === undefined) return 'not answered';
  return `answered after ${durationText(index.steps[answered]!.at - from)}`;
}
