/** What the page of a lab says in words and numbers. Pure, and the same on the server and in the browser. */
import { durationText } from '../../domain/duration-text.ts';
import { describeMeasure, measure, type MeasureName } from '../../domain/lab-measures.ts';
import type { LabLoad, LabResult } from '../../domain/lab.ts';
import type { LabKnob } from '../../domain/lesson-lab.ts';
import type { Guess } from '../../domain/performance-view.ts';
import type { LabMachine, Spread } from '../../domain/proof.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { counted, listed } from '../wording.ts';

/** The server and its load: `uvicorn, 1 process`, `20 requests at once`, ... */
export function loadWords(load: LabLoad, knobs: readonly LabKnob[]): string[] {
  const processes = `${load.workers} process${load.workers === 1 ? '' : 'es'}`;
  const threads = load.server === 'wsgi' ? ` with ${counted(load.threads, 'thread')}` : '';
  return [
    `${serverWords(load)}, ${processes}${threads}`,
    load.atOnce >= load.requests
      ? `${counted(load.requests, 'request')} at once`
      : `${counted(load.requests, 'request')}, ${load.atOnce} at a time`,
    ...(knobs.includes('waitMs') ? [`a wait of ${durationText(load.waitMs * 1000)}`] : []),
    ...(knobs.includes('cpuMs') ? [`${durationText(load.cpuMs * 1000)} of computing`] : []),
  ];
}

/** `uvicorn` for ASGI, `gunicorn` for WSGI. */
export function serverWords({ server }: Pick<LabLoad, 'server'>): string {
  return server === 'asgi' ? 'uvicorn' : 'gunicorn';
}

/** An amount in the unit of its measure. */
export function amountWords(value: number, name: MeasureName): string {
  return unitWords(value, describeMeasure(name).unit);
}

/** An amount of a unit. */
export function unitWords(value: number, unit: 'count' | 'a second' | 'ms'): string {
  if (unit === 'count') return String(Math.round(value));
  return unit === 'ms' ? durationText(value * 1000) : rateWords(value);
}

const rateWords = (value: number) =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** From the least to the most; empty where all are the same. */
export function spreadWords({ least, most }: Spread, name: MeasureName): string {
  const [from, to] = [amountWords(least, name), amountWords(most, name)];
  return from === to ? '' : `${from} to ${to}`;
}

/** The spread of a single run. */
export function singleSpread(result: LabResult, name: MeasureName): Spread | null {
  const value = measure(result, name);
  return value === null ? null : { least: value, median: value, most: value };
}

/** What was guessed beside what was measured, a sentence for each that was guessed. */
export function guessWords(guess: Guess, result: LabResult): string[] {
  const open = measure(result, 'open');
  const ms = measure(result, 'wall-ms');
  return [
    ...(guess.open === null || open === null ? [] : [openWords(guess.open, open)]),
    ...(guess.ms === null ? [] : [msWords(guess.ms, ms)]),
  ];
}

function openWords(guessed: number, open: number): string {
  if (guessed === open) return `You said ${guessed} at once, and ${open} it was.`;
  return `You said ${guessed} at once. It was ${open}.`;
}

function msWords(guessed: number, ms: number | null): string {
  const said = `You said ${durationText(guessed * 1000)} until the last answer.`;
  if (ms === null) return `${said} There was none.`;
  const was = durationText(ms * 1000);
  if (guessed > 0 && Math.abs(guessed - ms) <= ms * 0.15)
    return `${said} It was ${was}: very close.`;
  const times = guessed > ms ? guessed / ms : ms / guessed;
  if (!(times >= 1.5 && times < 100)) return `${said} It was ${was}.`;
  const factor = `${Number(times.toPrecision(2))} times as long`;
  return guessed > ms
    ? `${said} It was ${was}: your guess is ${factor}.`
    : `${said} It was ${was}, ${factor} as you said.`;
}

/** What came of a scenario, for those who made no guess. */
export function outcomeWords(result: LabResult): string {
  const { client } = result;
  const all = client.requests.length;
  if (client.answered === 0) return failedWords(result);
  const open = measure(result, 'open') ?? 0;
  const last = durationText(client.wallMs * 1000);
  const how = client.answered === all ? '' : ` ${client.answered} of ${all} were answered.`;
  const inView = open === 1 ? 'One at a time was in the view' : `${open} at once were in the view`;
  return `${inView}, and the last answer came after ${last}.${how}`;
}

function failedWords({ client: { requests } }: LabResult): string {
  const statuses = new Set(requests.flatMap(({ status }) => status ?? []));
  if (statuses.size === 0) return `None of ${counted(requests.length, 'request')} was answered.`;
  const listedStatuses = listed([...statuses].map(String));
  return `No request was answered as it should be: the status was ${listedStatuses}.`;
}

/** A sentence as it goes on after a colon. */
export function leadWords(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** The longest axis that a guess may ask for, in lengths of what was measured. */
const mostStretch = 2;

/**
 * The one axis on which timelines are compared.
 * @returns Microseconds: the longest of them, or longer, so that a guess can be marked where it belongs.
 */
export function axisOf(timelines: readonly Timeline[], guessMs: number | null): number {
  const longest = Math.max(1, ...timelines.map(({ micros }) => micros));
  const wanted = (guessMs ?? 0) * 1000 * 1.02;
  return Math.round(Math.min(Math.max(longest, wanted), longest * mostStretch));
}

/** Where a guess stands on an axis, and what is said there. */
export function guessMark({ ms }: Guess, axis: number): { at: number; says: string } | null {
  if (ms === null) return null;
  const isBeyond = ms * 1000 > axis;
  return {
    at: Math.min(ms * 1000, axis),
    says: `your guess: ${durationText(ms * 1000)}${isBeyond ? ', far beyond' : ''}`,
  };
}

/** What a timeline leaves out, as a sentence; empty: nothing. */
export function leftOutWords({ moreTasks, leftOut }: Timeline, isCut: boolean): string {
  const parts = [
    ...(moreTasks > 0 ? [`${counted(moreTasks, 'request')} between these`] : []),
    ...(leftOut.length > 0 ? [counted(leftOut.length, 'thread')] : []),
  ];
  const cut = isCut ? ' More happened than a record holds.' : '';
  return parts.length === 0 ? cut.trim() : `Not drawn: ${listed(parts)}.${cut}`;
}

/** `Intel Xeon, 2 cores, 24 GB of memory, Linux 6.1`. */
export function machineWords({ processor, cores, memoryBytes, system }: LabMachine): string {
  const memory = Math.round(memoryBytes / 1024 ** 3);
  const core = counted(cores, 'core');
  return [processor, core, `${memory} GiB of memory`, system].filter(Boolean).join(', ');
}
