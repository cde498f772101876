/**
 * What lets any step of a recording be told without going through those before it: the steps of each thread, task,
 * frame and request, in order. What holds at a step is then found by a binary search in each. Parts are added as
 * they come, so that no part costs more than its own steps.
 */
import type { Recording, RecordedStep } from './recording.ts';
import { ListsBy } from './step-lists.ts';

/** A recording without its steps; the head of a stored one is one too. */
export type RecordingFrame = Omit<Recording, 'steps'>;

/** The values of one name of a frame: `texts[i]` holds from step `steps[i]` on; null: the name is gone. */
export interface NameHistory {
  steps: number[];
  texts: (string | null)[];
}

/** The program's files as lines of text, by path: for what a line awaits. */
export type SourceLines = Record<string, readonly string[]>;

/** The shortest time for which one step holds up an event loop so that it is worth saying, in microseconds. */
export const blockingMicros = 20_000;

const hopKinds = new Set(['hand-over', 'hop-begin', 'hop-end']);
const requestKinds = new Set(['received', 'view-entered', 'view-left', 'answered']);

export class RecordingIndex {
  /** The steps that have come so far: the first ones, without gaps. */
  readonly steps: RecordedStep[] = [];
  readonly byThread = new ListsBy<number>();
  readonly byTask = new ListsBy<number>();
  /** What happens to a request, by its number. */
  readonly byRequest = new ListsBy<number>();
  /** Steps of a frame, by the frame. */
  readonly byFrame = new ListsBy<number>();
  /** Names of each frame in order of appearance. */
  readonly names = new Map<number, Map<string, NameHistory>>();
  readonly prints: number[] = [];
  /** Where who runs may change: see {@link isTurn}. */
  readonly turns: number[] = [];
  /** The step at which each hop is handed over, begins and ends. */
  readonly hops = new Map<number, { handOver?: number; begin?: number; end?: number }>();
  /** Steps at which a hop begins or ends, by its thread. */
  readonly hopsByThread = new ListsBy<number>();
  /** Tasks in which a function of the program ran, and the step at which that was known. */
  readonly programTasks = new Map<number, number>();
  /** The step at which a task is first waited for. */
  readonly firstAwaited = new Map<number, number>();
  /** The step at which each request enters its view. */
  readonly viewSteps = new Map<number, number>();
  /** Threads that have an event loop. */
  readonly loops = new Set<number>();
  /** For each step the next one on its thread; absent: none has come. */
  readonly #next: (number | undefined)[] = [];
  readonly #labels: string[];
  readonly #awaited = new Map<string, string | null>();

  readonly recording: RecordingFrame;
  readonly sources: SourceLines;

  constructor(recording: RecordingFrame, sources: SourceLines = {}) {
    this.recording = recording;
    this.sources = sources;
    this.#labels = labelsOf(recording);
  }

  /** Takes the steps that follow those that are there. */
  add(steps: readonly RecordedStep[]): this {
    for (const step of steps) this.#take(step, this.steps.push(step) - 1);
    return this;
  }

  /** What a task is called: its name, numbered where others of the same request have it too. */
  taskLabel(task: number): string {
    return this.#labels[task] ?? `task ${task + 1}`;
  }

  /** How long a step takes on its thread, in microseconds; null: it is not known (yet). */
  duration(number: number): number | null {
    const step = this.steps[number];
    if (!step) return null;
    if (step.until !== undefined) return step.until - step.at;
    const next = this.#next[number];
    return next === undefined ? null : this.steps[next]!.at - step.at;
  }

  /** Whether a step keeps an event loop from everybody else for long. */
  isBlocking(number: number): boolean {
    const { kind, thread, task } = this.steps[number]!;
    if (!this.loops.has(thread) || task === undefined) return false;
    if (kind === 'await' || kind === 'idle' || kind === 'hand-over') return false;
    // Where a function is left for the framework, what comes next is not the program's.
    if (kind === 'answered' || kind === 'received') return false;
    return (this.duration(number) ?? 0) >= blockingMicros;
  }

  /** The name of the function that a hop brings to a thread; null: it is not known. */
  functionOfHop(hop: number | undefined): string | null {
    const from = hop === undefined ? undefined : this.hops.get(hop)?.handOver;
    return (from === undefined ? null : this.steps[from]?.text) ?? null;
  }

  /** Calls of a frame and of those that it was called by, the outermost first. */
  stackOf(frame: number): number[] {
    const stack: number[] = [];
    for (let at: number | null | undefined = frame; at !== null && at !== undefined;) {
      stack.unshift(at);
      const parent: number | null | undefined = this.recording.frames[at]?.parent;
      // A claim from the jail may go in circles: a parent is older than its child.
      at = parent !== null && parent !== undefined && parent < at ? parent : null;
    }
    return stack;
  }

  /** What a line of the program awaits, as it is written there; null where that is not plain. */
  awaitedIn(file: number, line: number): string | null {
    const key = `${file}:${line}`;
    const known = this.#awaited.get(key);
    if (known !== undefined) return known;
    const text = this.sources[this.recording.files[file] ?? '']?.[line - 1] ?? '';
    const found = [...text.matchAll(/\bawait\s+([A-Za-z_][\w.]*)/g)];
    const awaited = found.length === 1 ? found[0]![1]! : null;
    this.#awaited.set(key, awaited);
    return awaited;
  }

  #take(step: RecordedStep, number: number): void {
    const { thread, task, frame, request, hop } = step;
    const before = this.byThread.get(thread)?.at(-1);
    if (before !== undefined) this.#next[before] = number;
    this.byThread.add(thread, number);
    this.byTask.add(task, number);
    // Other steps on threads may name the request that they work for.
    if (requestKinds.has(step.kind)) this.byRequest.add(request, number);
    this.byFrame.add(frame, number);
    if (step.kind === 'idle' || task !== undefined) this.loops.add(thread);
    if (task !== undefined && frame !== undefined && !this.programTasks.has(task)) {
      this.programTasks.set(task, number);
    }
    for (const awaited of step.tasks ?? []) {
      if (!this.firstAwaited.has(awaited)) this.firstAwaited.set(awaited, number);
    }
    if (step.kind === 'print') this.prints.push(number);
    if (step.kind === 'view-entered' && request !== undefined && !this.viewSteps.has(request)) {
      this.viewSteps.set(request, number);
    }
    if (hop !== undefined && hopKinds.has(step.kind)) this.#takeHop(step, hop, number);
    if (frame !== undefined) this.#takeNames(step, frame, number);
    if (this.#isTurn(step, number)) this.turns.push(number);
  }

  #takeHop({ kind, thread }: RecordedStep, hop: number, number: number): void {
    const known = this.hops.get(hop) ?? {};
    if (kind === 'hand-over') known.handOver = number;
    if (kind === 'hop-begin') known.begin = number;
    if (kind === 'hop-end') known.end = number;
    this.hops.set(hop, known);
    if (kind !== 'hand-over') this.hopsByThread.add(thread, number);
  }

  #takeNames({ changed }: RecordedStep, frame: number, number: number): void {
    if (!changed) return;
    const names = this.names.get(frame) ?? new Map<string, NameHistory>();
    this.names.set(frame, names);
    for (const [name, text] of changed) {
      const history = names.get(name) ?? { steps: [], texts: [] };
      history.steps.push(number);
      history.texts.push(text);
      names.set(name, history);
    }
  }

  /** Whether who runs may be another from here on: a wait, a hop of the program's own, an idle loop, a going on. */
  #isTurn({ kind, frame, hop, task }: RecordedStep, number: number): boolean {
    if (kind === 'idle' || kind === 'view-entered') return true;
    if (kind === 'hand-over') return frame !== undefined;
    if (kind === 'hop-begin' || kind === 'hop-end') {
      const from = hop === undefined ? undefined : this.hops.get(hop)?.handOver;
      return from !== undefined && this.steps[from]?.frame !== undefined;
    }
    if (kind !== 'await' && kind !== 'resume') return false;
    // Of functions that wait in each other, once.
    const before = this.steps[number - 1];
    return task !== undefined && !(before?.kind === kind && before.task === task);
  }
}

/** An index of a whole recording. */
export function indexRecording(recording: Recording, sources: SourceLines = {}): RecordingIndex {
  return new RecordingIndex(recording, sources).add(recording.steps);
}

function labelsOf({ tasks }: RecordingFrame): string[] {
  const keyOf = ({ name, request }: RecordingFrame['tasks'][number]) => `${request} ${name}`;
  const counts = new Map<string, number>();
  for (const task of tasks) counts.set(keyOf(task), (counts.get(keyOf(task)) ?? 0) + 1);
  const used = new Map<string, number>();
  return tasks.map((task) => {
    const key = keyOf(task);
    const place = (used.get(key) ?? 0) + 1;
    used.set(key, place);
    return counts.get(key) === 1 ? task.name : `${task.name} ${place}`;
  });
}
