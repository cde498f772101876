/** What happens at a step of a recording, in one plain sentence. */
import { durationText } from './duration-text.ts';
import { blockingMicros, type RecordingIndex } from './recording-index.ts';
import type { RecordedStep, StepKind } from './recording.ts';
import { countUpTo } from './step-lists.ts';
import type { LoopView } from './step-view.ts';
import { awaitedAt, doingOf, type Doing, type WaitedFor } from './task-doing.ts';
import type { Prose } from './views.ts';

/** A piece in code type. */
interface Code {
  code: string;
}
type Piece = string | Code;

const code = (text: string): Code => ({ code: text });

/** Texts longer than this are cut: a sentence is no listing. In characters. */
const longestText = 90;

export function stepSentence(index: RecordingIndex, number: number): Prose {
  const step = index.steps[number]!;
  return toProse(tellers[step.kind](index, number, step));
}

/** What a task does: `waits at line 7 for asyncio.sleep`. */
export function doingWords(index: RecordingIndex, doing: Doing): Prose {
  if (doing.state === 'running') return toProse(['runs']);
  if (doing.state === 'ready') return toProse(['could go on, and waits for its turn']);
  if (doing.state === 'done') return toProse(['is done']);
  const [place] = doing.places;
  const at = place ? [` at line ${place.line}`] : [];
  return toProse(['waits', ...at, ...(waitWords(index, doing.for) ?? [])]);
}

/** Who holds an event loop: `held by slow`. */
export function loopWords(index: RecordingIndex, { state, task }: Omit<LoopView, 'words'>): Prose {
  if (state === 'free') return toProse(['free: nobody can go on']);
  if (state === 'turning') return toProse(['between two tasks']);
  if (task === null) return toProse(['not running: its thread runs the program']);
  if (!index.programTasks.has(task)) {
    const { request } = index.recording.tasks[task]!;
    return toProse([`held by the framework${request > 0 ? `, for request ${request}` : ''}`]);
  }
  const held: Piece[] = ['held by ', code(index.taskLabel(task)), ...ofRequestOf(index, task)];
  return toProse(state === 'blocked' ? [...held, ', and nobody else can go on'] : held);
}

function toProse(pieces: Piece[]): Prose {
  return pieces
    .map((piece) =>
      typeof piece === 'string' ? { text: piece, code: false } : { text: piece.code, code: true },
    )
    .filter(({ text }) => text !== '');
}

type Teller = (index: RecordingIndex, number: number, step: RecordedStep) => Piece[];

const tellers: Record<StepKind, Teller> = {
  call: (index, _, step) => [
    who(index, step),
    ...ofRequest(index, step),
    ' begins',
    ...withValues(step),
    '.',
  ],

  line: (index, number, step) => {
    const takes = index.duration(number);
    if (takes !== null && index.isBlocking(number)) {
      return [
        `Line ${step.line} takes ${durationText(takes)}, and `,
        who(index, step),
        ' holds the event loop all the while: nobody else can go on.',
      ];
    }
    const long = takes !== null && takes >= blockingMicros;
    const next = long
      ? `line ${step.line} is next, and takes ${durationText(takes)}.`
      : `line ${step.line} is next.`;
    const told = values(step);
    return told.length > 0
      ? [...told, '; ', next]
      : ['In ', inWhom(index, step), ...ofRequest(index, step), ', ', next];
  },

  return: (index, _, step) => [
    who(index, step),
    ...ofRequest(index, step),
    ...(step.text === undefined || step.text === 'None'
      ? [' ends.']
      : [' returns ', code(short(step.text)), '.']),
  ],

  raise: (index, _, step) => [
    ...(step.text ? [code(short(step.text)), ' goes'] : ['An exception goes']),
    ' through ',
    inWhom(index, step),
    '.',
  ],

  await: (index, number, step) => [
    who(index, step),
    ...ofRequest(index, step),
    ' waits',
    ...forWhat(index, number, step),
    ', and gives the event loop back.',
  ],

  yield: (index, _, step) => [
    who(index, step),
    ' hands out ',
    code(short(step.text ?? '')),
    ', and stops here until it is asked for more.',
  ],

  resume: (index, number, step) => {
    const waited = waitedUntil(index, number, step);
    return [
      who(index, step),
      ...ofRequest(index, step),
      ` goes on at line ${step.line}`,
      waited === null ? '.' : `, after ${durationText(waited)}.`,
    ];
  },

  idle: (index, number, step) => [
    `The event loop is free for ${durationText(index.duration(number) ?? 0)}: `,
    ...whoWaits(index, number, step),
  ],

  'hand-over': (index, _, step) => [
    step.task === undefined
      ? 'The event loop'
      : step.frame === undefined
        ? 'The framework'
        : who(index, step),
    ' hands ',
    step.text ? code(short(step.text)) : 'a function',
    ' to a thread',
    step.frame === undefined && requestOf(index, step) > 0
      ? `, for request ${requestOf(index, step)}.`
      : '.',
  ],

  'hop-begin': (index, _, step) => [hopped(index, step), ` begins on ${threadName(index, step)}.`],

  'hop-end': (index, _, step) => [
    hopped(index, step),
    ` has ended on ${threadName(index, step)}; the event loop is told.`,
  ],

  query: (index, number, step) => [
    `The database is asked on ${threadName(index, step)}, for ${durationText(index.duration(number) ?? 0)}: `,
    code(short(step.text ?? '')),
    '.',
  ],

  print: (_, __, step) => ['It prints ', code(short((step.text ?? '').trimEnd())), '.'],

  received: (_, __, step) => [`Request ${step.request} is received.`],

  'view-entered': (index, _, step) => [
    `Request ${step.request} comes to its view`,
    index.loops.has(step.thread) ? ', on the event loop.' : `, on ${threadName(index, step)}.`,
  ],

  'view-left': (_, __, step) => [`Request ${step.request} has left its view.`],

  answered: (index, _, step) => {
    const [received] = index.byRequest.get(step.request ?? 0) ?? [];
    const since = received === undefined ? null : step.at - index.steps[received]!.at;
    return [
      `Request ${step.request} is answered`,
      since === null ? '.' : `, ${durationText(since)} after it was received.`,
    ];
  },
};

function who(index: RecordingIndex, { frame, task }: RecordedStep): Piece {
  const name = index.recording.frames[frame ?? -1]?.function;
  if (name === '<module>') return 'The program';
  if (name === undefined) return task === undefined ? 'it' : code(index.taskLabel(task));
  // A task of its own is told by its number where there are several of that name.
  const label = task === undefined ? '' : index.taskLabel(task);
  return code(label.startsWith(`${name} `) ? label : name);
}

/** The same within a sentence. */
function inWhom(index: RecordingIndex, step: RecordedStep): Piece {
  const name = who(index, step);
  return name === 'The program' ? 'the program' : name;
}

function requestOf(index: RecordingIndex, { task }: RecordedStep): number {
  return index.recording.tasks[task ?? -1]?.request ?? 0;
}

/** Which request, where there are several. */
function ofRequest(index: RecordingIndex, { task }: RecordedStep): Piece[] {
  return task === undefined ? [] : ofRequestOf(index, task);
}

function ofRequestOf(index: RecordingIndex, task: number): Piece[] {
  const request = index.recording.tasks[task]?.request ?? 0;
  const several = index.recording.tasks.some((task) => task.request > 1);
  return request > 0 && several ? [` (request ${request})`] : [];
}

function withValues({ changed }: RecordedStep): Piece[] {
  const [first, ...others] = (changed ?? []).filter(([, text]) => text !== null);
  if (!first) return [];
  const more = others.length > 0 ? [` and ${others.length} more`] : [];
  return [' with ', code(short(`${first[0]} = ${first[1]}`)), ...more];
}

/** What has changed, as the beginning of a sentence. */
function values({ changed }: RecordedStep): Piece[] {
  const told = (changed ?? [])
    .slice(0, 2)
    .flatMap(([name, text], place): Piece[] => [
      place > 0 ? ', ' : '',
      code(name),
      ...(text === null ? [' is gone'] : [' is now ', code(short(text))]),
    ]);
  const more = (changed?.length ?? 0) - 2;
  return more > 0 ? [...told, ` and ${more} more`] : told;
}

function forWhat(index: RecordingIndex, number: number, step: RecordedStep): Piece[] {
  const doing = step.task === undefined ? null : doingOf(index, step.task, number);
  if (doing?.state !== 'waiting') {
    const what = awaitedAt(index, number);
    return what ? [' for ', code(what)] : [` at line ${step.line}`];
  }
  return waitWords(index, doing.for) ?? [` at line ${step.line}`];
}

function waitWords(index: RecordingIndex, what: WaitedFor): Piece[] | null {
  if (what.kind === 'tasks') {
    const labels = what.tasks.slice(0, 3).map((task) => index.taskLabel(task));
    const more = what.tasks.length - labels.length;
    const pieces = labels.flatMap((label, place): Piece[] => [
      place === 0 ? ' for ' : place === labels.length - 1 && more === 0 ? ' and ' : ', ',
      code(label),
    ]);
    return more > 0 ? [...pieces, ` and ${more} more`] : pieces;
  }
  if (what.kind === 'thread') {
    return what.function ? [' for ', code(what.function), ' on a thread'] : [' for a thread'];
  }
  return what.what ? [' for ', code(what.what)] : null;
}

function whoWaits(index: RecordingIndex, number: number, { thread }: RecordedStep): Piece[] {
  const waiting = [...index.programTasks.keys()].flatMap((task) => {
    const own = index.byTask.get(task)!;
    const isHere = index.steps[own[0]!]!.thread === thread;
    const doing = isHere ? doingOf(index, task, number) : null;
    return doing?.state === 'waiting' ? [{ task, doing }] : [];
  });
  const [first] = waiting;
  if (!first) return ['nothing of the program is to be done there.'];
  if (waiting.length > 1) return [`${waiting.length} tasks wait, and none can go on.`];
  return [
    code(index.taskLabel(first.task)),
    ...ofRequestOf(index, first.task),
    ' waits',
    ...(waitWords(index, first.doing.for) ?? []),
    '.',
  ];
}

/** How long a task that goes on has waited; null where its wait is not known, or was told already. */
function waitedUntil(index: RecordingIndex, number: number, step: RecordedStep): number | null {
  if (step.task === undefined) return null;
  const own = index.byTask.get(step.task)!;
  const before = index.steps[own[countUpTo(own, number) - 2] ?? -1];
  return before?.kind === 'await' ? step.at - before.at : null;
}

function hopped(index: RecordingIndex, { hop }: RecordedStep): Piece {
  const name = index.functionOfHop(hop);
  return name === null ? 'The function' : code(short(name));
}

function threadName(index: RecordingIndex, { thread }: RecordedStep): string {
  return index.recording.threads[thread] ?? `thread ${thread + 1}`;
}

function short(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
