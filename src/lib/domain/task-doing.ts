/** What a task does at a step of a recording. */
import type { RecordingIndex } from './recording-index.ts';
import { countUpTo, lastUpTo } from './step-lists.ts';

export interface WaitPlace {
  /** Path. */
  file: string;
  line: number;
}

export type Doing =
  | { state: 'running' }
  /** It could go on, and another holds the event loop. */
  | { state: 'ready' }
  | {
      state: 'waiting';
      /** Where it waits, the innermost function first; empty: in the framework. */
      places: WaitPlace[];
      for: WaitedFor;
    }
  | { state: 'done' };

/** What is waited for. */
export type WaitedFor =
  | { kind: 'tasks'; tasks: number[] }
  | { kind: 'thread'; hop: number; function: string; thread: number | null }
  /** What the line calls, `asyncio.sleep`; null: that cannot be told from it. */
  | { kind: 'other'; what: string | null };

/** @returns Null for a task of which nothing is known yet at this step. */
export function doingOf(index: RecordingIndex, task: number, step: number): Doing | null {
  const own = index.byTask.get(task);
  const last = lastUpTo(own, step);
  if (last === null) {
    const named = index.firstAwaited.get(task);
    return named !== undefined && named <= step ? { state: 'ready' } : null;
  }
  const { kind, thread, hop } = index.steps[last]!;
  if (kind === 'await') return waitFrom(index, task, last, step);
  if (kind === 'hand-over' && hop !== undefined && last < step) {
    return waitForHop(index, hop, placesOf(index, task, last), step);
  }
  if (last < step && hasEnded(index, task, last)) return { state: 'done' };
  const holder = lastUpTo(index.byThread.get(thread), step);
  return holder === last ? { state: 'running' } : { state: 'ready' };
}

/** Whether the function that was left at this step is the outermost one of its task. */
export function hasEnded(index: RecordingIndex, task: number, last: number): boolean {
  const { kind, frame, request } = index.steps[last]!;
  if (kind === 'answered' || kind === 'view-left') return request !== undefined;
  if (kind !== 'return' && kind !== 'raise') return false;
  if (frame === undefined) return false;
  const parent = index.recording.frames[frame]?.parent ?? null;
  // Of a task that another function of the program made, the outermost function has a parent in another task.
  if (parent !== null && taskOfFrame(index, parent) === task) return false;
  return kind === 'return' || index.byTask.get(task)?.at(-1) === last;
}

function taskOfFrame(index: RecordingIndex, frame: number): number | null {
  const first = index.byFrame.get(frame)?.[0];
  return first === undefined ? null : (index.steps[first]?.task ?? null);
}

function waitFrom(index: RecordingIndex, task: number, last: number, step: number): Doing {
  const places = placesOf(index, task, last);
  const first = firstOfChain(index, task, last);
  const own = index.byTask.get(task)!;
  const before = index.steps[own[placeOf(own, first) - 1] ?? -1];
  const tasks = index.steps[first]!.tasks ?? [];
  if (tasks.length > 0) {
    const isOver = tasks.every((each) => doingOf(index, each, step)?.state === 'done');
    return isOver
      ? { state: 'ready' }
      : { state: 'waiting', places, for: { kind: 'tasks', tasks } };
  }
  if (before?.kind === 'hand-over' && before.hop !== undefined) {
    return waitForHop(index, before.hop, places, step);
  }
  return { state: 'waiting', places, for: { kind: 'other', what: awaitedAt(index, first) } };
}

function waitForHop(index: RecordingIndex, hop: number, places: WaitPlace[], step: number): Doing {
  const { handOver, begin, end } = index.hops.get(hop) ?? {};
  if (end !== undefined && end <= step) return { state: 'ready' };
  const name = handOver === undefined ? undefined : index.steps[handOver]?.text;
  const thread = begin !== undefined && begin <= step ? index.steps[begin]!.thread : null;
  return { state: 'waiting', places, for: { kind: 'thread', hop, function: name ?? '', thread } };
}

/** Functions that wait in each other give the loop back together: the first step of these, the innermost's. */
function firstOfChain(index: RecordingIndex, task: number, last: number): number {
  const own = index.byTask.get(task)!;
  let place = placeOf(own, last);
  while (place > 0 && index.steps[own[place - 1]!]?.kind === 'await') place -= 1;
  return own[place]!;
}

function placesOf(index: RecordingIndex, task: number, last: number): WaitPlace[] {
  const first = firstOfChain(index, task, last);
  const own = index.byTask.get(task)!;
  return own.slice(placeOf(own, first), placeOf(own, last) + 1).flatMap((number) => {
    const { frame, line } = index.steps[number]!;
    const file = index.recording.files[index.recording.frames[frame ?? -1]?.file ?? -1];
    return file === undefined || line === undefined ? [] : [{ file, line }];
  });
}

/** What the line of a step awaits, as it is written there; null where that is not plain. */
export function awaitedAt(index: RecordingIndex, step: number): string | null {
  const { frame, line } = index.steps[step]!;
  const file = index.recording.frames[frame ?? -1]?.file;
  return file === undefined || line === undefined ? null : index.awaitedIn(file, line);
}

/** Where a step is in a list that has it. */
function placeOf(list: readonly number[], step: number): number {
  return countUpTo(list, step) - 1;
}
