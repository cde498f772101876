/** A recording in a container's answer, checked: it was made beside the program, which may have forged it. */
import {
  mostSteps,
  stepKinds,
  type RecordedFrame,
  type RecordedStep,
  type RecordedTask,
  type Recording,
  type StepKind,
} from '#lib/domain/recording.ts';
import { AnswerError, fields, isString, isWhole, must, orNull } from './answer-form.ts';

/** How many there are of what steps refer to by number. */
interface Sizes {
  threads: number;
  tasks: number;
  frames: number;
}

const below = (size: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < size;
const isNatural = (value: unknown) => isWhole(value) && (value as number) >= 0;
const isLine = (value: unknown) => isWhole(value) && (value as number) > 0;
const isKind = (value: unknown) => stepKinds.includes(value as StepKind);
const isCut = (value: unknown) =>
  [null, 'steps', 'bytes', 'tracing'].includes(value as string | null);
const isChange = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && isString(value[0]) && orNull(isString)(value[1]);
const isListOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);

/** @throws AnswerError unless every part is there, and every number refers to something. */
export function readRecording(value: unknown): Recording {
  const { version, files, threads, tasks, frames, steps, cut, micros } = fields(
    value,
    'a recording',
  );
  if (version !== 1) throw new AnswerError('a recording is of another version');
  const read = {
    version,
    files: must<string[]>(files, isListOf(isString), 'its files'),
    threads: must<string[]>(threads, isListOf(isString), 'its threads'),
    tasks: must<unknown[]>(tasks, Array.isArray, 'its tasks').map(readTask),
    cut: must<Recording['cut']>(cut, isCut, 'its cut'),
    micros: must<number>(micros, isNatural, 'its length'),
  } as const;
  const calls = must<unknown[]>(frames, Array.isArray, 'its frames');
  const sizes = {
    threads: read.threads.length,
    tasks: read.tasks.length,
    frames: calls.length,
  };
  const taken = must<unknown[]>(steps, Array.isArray, 'its steps');
  if (taken.length > mostSteps) throw new AnswerError('a recording is too long');
  return {
    ...read,
    frames: calls.map((frame, number) => readFrame(frame, number, read.files.length)),
    steps: inOrder(
      taken.map((step) => readStep(step, sizes)),
      read.micros,
    ),
  };
}

function readTask(value: unknown): RecordedTask {
  const { name, request } = fields(value, 'a task');
  return {
    name: must<string>(name, isString, 'its name'),
    request: must<number>(request, isNatural, 'its request'),
  };
}

function readFrame(value: unknown, number: number, files: number): RecordedFrame {
  const { function: name, file, parent } = fields(value, 'a frame');
  return {
    function: must<string>(name, isString, 'its function'),
    file: must<number>(file, below(files), 'its file'),
    // Whoever calls a function has been called before it.
    parent: must<number | null>(parent, orNull(below(number)), 'its parent'),
  };
}

/** The parts that not every step has, each with what it must be. */
function optionalParts({ tasks, frames }: Sizes): Record<string, (value: unknown) => boolean> {
  return {
    task: below(tasks),
    frame: below(frames),
    line: isLine,
    changed: isListOf(isChange),
    text: isString,
    until: isNatural,
    tasks: isListOf(below(tasks)),
    hop: isNatural,
    request: isNatural,
  };
}

function readStep(value: unknown, sizes: Sizes): RecordedStep {
  const { kind, at, thread, ...more } = fields(value, 'a step');
  const possible = optionalParts(sizes);
  for (const [name, part] of Object.entries(more)) {
    const is = Object.hasOwn(possible, name) ? possible[name]! : () => false;
    must(part, is, `\`${name}\` of a step`);
  }
  return {
    kind: must<StepKind>(kind, isKind, 'its kind'),
    at: must<number>(at, isNatural, 'its time'),
    thread: must<number>(thread, below(sizes.threads), 'its thread'),
    ...more,
  };
}

function inOrder(steps: RecordedStep[], micros: number): RecordedStep[] {
  let before = 0;
  for (const { at, until = at } of steps) {
    if (at < before || at > micros || until < at) {
      throw new AnswerError('the time of a recording goes back');
    }
    before = at;
  }
  return steps;
}
