/** All that one step of a recording shows. */
import { doingOf, type Doing, type WaitPlace } from './task-doing.ts';
import type { RecordingIndex } from './recording-index.ts';
import type { StepKind } from './recording.ts';
import { countUpTo, lastUpTo } from './step-lists.ts';
import { doingWords, loopWords, stepSentence } from './step-sentence.ts';
import type { Prose } from './views.ts';

export interface StepView {
  /** Number of the step, from 0. */
  step: number;
  kind: StepKind;
  /** Microseconds since the recording began, and how long the step takes; null: not known (yet). */
  at: number;
  takes: number | null;
  /** Where the program is; null: in none of its lines. */
  place: WaitPlace | null;
  /** Where tasks wait meanwhile. */
  waitPlaces: WaitPlace[];
  /** Function of the frame; null: none. */
  function: string | null;
  /** All names of the frame so far, in order of appearance. */
  variables: VariableView[];
  /** The frame and those that called it, the outermost first. */
  stack: { function: string; line: number | null }[];
  /** Tasks of the program that are there by now. */
  tasks: TaskView[];
  loops: LoopView[];
  threads: ThreadView[];
  requests: RequestView[];
  /** What was printed so far; of very much, the end. */
  output: string;
  /** Whether this step printed the last of it. */
  prints: boolean;
  /** What happens at this step, in a sentence. */
  says: Prose;
}

export interface VariableView {
  name: string;
  text: string;
  /** Whether this step has it otherwise than the frame's step before. */
  isChanged: boolean;
}

export interface TaskView {
  task: number;
  label: string;
  /** 0: none. */
  request: number;
  doing: Doing;
  /** The same in words: `waits at line 7 for asyncio.sleep`. */
  words: Prose;
}

/** Who holds the event loop of a thread. */
export interface LoopView {
  thread: number;
  /** `blocked`: held by one step for long; `turning`: by none of the program, for a moment. */
  state: 'held' | 'blocked' | 'free' | 'turning';
  /** Of the program, or of the framework for a request; null: none, as in a script before its loop begins. */
  task: number | null;
  /** The same in words: `held by slow`. */
  words: Prose;
}

export interface ThreadView {
  thread: number;
  name: string;
  hasLoop: boolean;
  /** What it does; null: nothing. */
  does: {
    /** Innermost function of the program, or what was handed over; null: the framework's code only. */
    function: string | null;
    line: number | null;
    /** The task whose function it runs there, or which runs on it. */
    task: number | null;
    isAsking: boolean;
  } | null;
}

export interface RequestView {
  request: number;
  /** Name of its view, once it is entered and known. */
  view: string | null;
  state: 'received' | 'in-view' | 'left' | 'answered';
  /** What works for it; null: nothing of the program. */
  doing: Doing | null;
  /** The thread that its view was entered on. */
  thread: number | null;
}

/** The most output that is told, in characters; the end of it. */
const mostOutput = 4_000;

/**
 * @param step - From 0 to the number of steps of the index, exclusive.
 * @throws RangeError for a step that is not there (yet).
 */
export function stepView(index: RecordingIndex, step: number): StepView {
  const recorded = index.steps[step];
  if (!recorded) throw new RangeError(`There is no step ${step}.`);
  const { kind, at, frame, line } = recorded;
  const tasks = tasksAt(index, step);
  return {
    step,
    kind,
    at,
    takes: index.duration(step),
    place: placeOf(index, frame, line),
    waitPlaces: tasks.flatMap(({ doing }) => (doing.state === 'waiting' ? doing.places : [])),
    function: functionOf(index, frame),
    variables: variablesAt(index, step),
    stack: stackAt(index, step),
    tasks,
    loops: loopsAt(index, step),
    threads: threadsAt(index, step),
    requests: requestsAt(index, step),
    output: outputAt(index, step),
    prints: kind === 'print',
    says: stepSentence(index, step),
  };
}

function placeOf(
  index: RecordingIndex,
  frame: number | undefined,
  line: number | undefined,
): WaitPlace | null {
  const file = index.recording.files[index.recording.frames[frame ?? -1]?.file ?? -1];
  return file === undefined || line === undefined ? null : { file, line };
}

function functionOf(index: RecordingIndex, frame: number | undefined): string | null {
  return index.recording.frames[frame ?? -1]?.function ?? null;
}

function variablesAt(index: RecordingIndex, step: number): VariableView[] {
  const { frame } = index.steps[step]!;
  const names = frame === undefined ? undefined : index.names.get(frame);
  if (!names) return [];
  return [...names].flatMap(([name, { steps, texts }]) => {
    const place = countUpTo(steps, step) - 1;
    const text = texts[place];
    return text === undefined || text === null
      ? []
      : [{ name, text, isChanged: steps[place] === step }];
  });
}

function stackAt(index: RecordingIndex, step: number): StepView['stack'] {
  const { frame } = index.steps[step]!;
  if (frame === undefined) return [];
  return index.stackOf(frame).map((each) => {
    const last = lastUpTo(index.byFrame.get(each), step);
    const line = last === null ? null : (index.steps[last]!.line ?? null);
    return { function: functionOf(index, each) ?? '', line };
  });
}

function tasksAt(index: RecordingIndex, step: number): TaskView[] {
  return index.recording.tasks.flatMap(({ request }, task) => {
    const known = index.programTasks.get(task);
    const isNamed = (index.firstAwaited.get(task) ?? Infinity) <= step;
    if (known === undefined || (known > step && !isNamed)) return [];
    const doing = doingOf(index, task, step);
    if (!doing) return [];
    const words = doingWords(index, doing);
    return [{ task, label: index.taskLabel(task), request, doing, words }];
  });
}

function loopsAt(index: RecordingIndex, step: number): LoopView[] {
  const threads = [...index.loops].sort((one, other) => one - other);
  return threads.map((thread) => {
    const loop = loopAt(index, thread, step);
    return { ...loop, words: loopWords(index, loop) };
  });
}

/** Who holds the loop of a thread. */
export function loopAt(
  index: RecordingIndex,
  thread: number,
  step: number,
): Omit<LoopView, 'words'> {
  const last = lastUpTo(index.byThread.get(thread), step);
  if (last === null) return { thread, state: 'turning', task: null };
  const { kind, task, frame } = index.steps[last]!;
  if (kind === 'idle') return { thread, state: 'free', task: null };
  // Before the loop begins and when it is over, the thread runs what is no task's.
  if (task === undefined && frame !== undefined) return { thread, state: 'held', task: null };
  if (task === undefined) return { thread, state: 'turning', task: null };
  // At the very step the one that gives it back still has it.
  if (kind === 'await' && last < step) return { thread, state: 'turning', task: null };
  return { thread, state: index.isBlocking(last) ? 'blocked' : 'held', task };
}

function threadsAt(index: RecordingIndex, step: number): ThreadView[] {
  return index.recording.threads.map((name, thread) => ({
    thread,
    name,
    hasLoop: index.loops.has(thread),
    does: doesAt(index, thread, step),
  }));
}

function doesAt(index: RecordingIndex, thread: number, step: number): ThreadView['does'] {
  const last = lastUpTo(index.byThread.get(thread), step);
  if (last === null) return null;
  const { kind, frame, line, task, hop, until, at } = index.steps[last]!;
  if (kind === 'idle' || (kind === 'hop-end' && last < step)) return null;
  if (kind === 'await' && last < step) return null;
  const now = index.steps[step]!.at;
  const opened = hop ?? openHop(index, thread, last);
  const handed = opened === undefined ? undefined : index.hops.get(opened)?.handOver;
  const working = handed === undefined ? undefined : index.steps[handed]!.task;
  const inside = frame ?? openFrame(index, thread, last);
  return {
    function:
      functionOf(index, inside ?? undefined) ??
      (frame === undefined ? index.functionOfHop(opened) : null),
    line: line ?? null,
    task: task ?? working ?? null,
    isAsking: kind === 'query' && at <= now && (until ?? at) >= now,
  };
}

/** The hop that is going on there; undefined: none. */
function openHop(index: RecordingIndex, thread: number, last: number): number | undefined {
  const began = lastUpTo(index.hopsByThread.get(thread), last);
  if (began === null) return undefined;
  const { kind, hop } = index.steps[began]!;
  return kind === 'hop-begin' ? hop : undefined;
}

/** The frame of the step before on that thread, for what is no function's: a query, a print. */
function openFrame(index: RecordingIndex, thread: number, last: number): number | null {
  const own = index.byThread.get(thread)!;
  const before = own[countUpTo(own, last) - 2];
  const { kind } = index.steps[last]!;
  if (before === undefined || (kind !== 'query' && kind !== 'print')) return null;
  return index.steps[before]!.frame ?? null;
}

function requestsAt(index: RecordingIndex, step: number): RequestView[] {
  return [...index.byRequest.keys()]
    .sort((one, other) => one - other)
    .flatMap((request) => {
      const state = requestState(index, request, step);
      if (!state) return [];
      const entered = index.viewSteps.get(request);
      const isKnown = entered !== undefined && entered <= step;
      const { task, thread } = isKnown ? index.steps[entered]! : {};
      const isThere = state === 'in-view';
      return [
        {
          request,
          view: isKnown ? viewOf(index, request) : null,
          state,
          doing: isThere && task !== undefined ? doingOf(index, task, step) : null,
          thread: thread ?? null,
        },
      ];
    });
}

const requestStates = {
  received: 'received',
  'view-entered': 'in-view',
  'view-left': 'left',
  answered: 'answered',
} as const;

function requestState(
  index: RecordingIndex,
  request: number,
  step: number,
): RequestView['state'] | null {
  const last = lastUpTo(index.byRequest.get(request), step);
  if (last === null) return null;
  const { kind } = index.steps[last]!;
  return kind in requestStates ? requestStates[kind as keyof typeof requestStates] : 'received';
}

/** The function that serves a request; null: it is not known (yet). */
export function viewOf(index: RecordingIndex, request: number): string | null {
  const entered = index.viewSteps.get(request);
  if (entered === undefined) return null;
  const { thread } = index.steps[entered]!;
  const own = index.byThread.get(thread)!;
  const next = own[countUpTo(own, entered)];
  return next === undefined ? null : functionOf(index, index.steps[next]!.frame);
}

function outputAt(index: RecordingIndex, step: number): string {
  const printed = index.prints.slice(0, countUpTo(index.prints, step));
  let text = '';
  for (let place = printed.length - 1; place >= 0 && text.length < mostOutput; place -= 1) {
    text = (index.steps[printed[place]!]!.text ?? '') + text;
  }
  return text.slice(-mostOutput);
}
