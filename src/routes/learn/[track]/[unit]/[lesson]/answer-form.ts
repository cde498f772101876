/** What the forms of an exercise card send, read strictly: anything else is no form of ours. */
import type { Exercise } from '#lib/domain/exercise.ts';
import { answerOfShown } from '#lib/domain/shown-files.ts';

const uidForm = /^ex_[a-z0-9]{1,32}$/;
const sittingForm = /^[0-9a-f-]{36}$/;
const keyForm = /^[A-Za-z0-9-]{8,64}$/;
/** Far more than any exercise has, far less than would cost anything. */
const max = { blanks: 16, lines: 32, files: 10, points: 16 };
const maxTextLength = 400;
/** Of a learner's program, or of an output as typed, in bytes of UTF-8. */
const maxFileBytes = 64 * 1024;

export interface HelpForm {
  exerciseUid: string;
  round: number;
  /** How many hints the learner saw when asking: asked twice at once, one more is shown. */
  hintsShown: number;
}

export interface AnswerForm {
  exerciseUid: string;
  round: number;
  key: string;
  answer: string[];
  /** Why the answer cannot be taken, for the learner; else null. */
  problem: string | null;
}

/** Names what a test asks: a sitting, and the number of its item. */
export interface PassForm {
  exerciseUid: string;
  sitting: string;
  number: number;
  key: string;
}

export interface TestAnswerForm extends PassForm {
  answer: string[];
  /** Why the answer cannot be taken, for the learner; else null. */
  problem: string | null;
}

export interface LookForm {
  exerciseUid: string;
  answer: string[];
}

export interface ReportForm {
  exerciseUid: string;
  round: number;
  key: string;
  kind: string;
  text: string;
}

function text(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === 'string' && value.length <= maxTextLength ? value : null;
}

/** The texts of a field that may be there several times. */
function texts(form: FormData, name: string, most: number): string[] {
  const values = form.getAll(name).slice(0, most);
  return values.map((value) => (typeof value === 'string' ? value.slice(0, maxTextLength) : ''));
}

/** A text of several lines, of any length; browsers send `\r\n` for the end of a line. */
function lines(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/** @returns The uid of the exercise that the form is of; null when it names none. */
export function readExercise(form: FormData): string | null {
  const uid = text(form, 'exercise');
  return uid !== null && uidForm.test(uid) ? uid : null;
}

function readRound(form: FormData): { exerciseUid: string; round: number } | null {
  const exerciseUid = readExercise(form);
  const round = Number(text(form, 'round') ?? Number.NaN);
  if (exerciseUid === null) return null;
  if (!Number.isInteger(round) || round < 1 || round > 1_000_000) return null;
  return { exerciseUid, round };
}

/** @returns Null when a field is missing or malformed. */
export function readHelpForm(form: FormData): HelpForm | null {
  const round = readRound(form);
  const hintsShown = Number(text(form, 'hints-shown') ?? 0);
  if (!round || !Number.isInteger(hintsShown) || hintsShown < 0) return null;
  return { ...round, hintsShown };
}

/** Fields that are numbered, as many as there are. */
function numbered(form: FormData, name: string, most: number, first = 1): number[] {
  const numbers = Array.from({ length: most }, (_, index) => index + first);
  const end = numbers.findIndex((number) => !form.has(`${name}-${number}`));
  return end < 0 ? numbers : numbers.slice(0, end);
}

/** `<indent>:<line id>`; empty where no line was put. */
function placedLine(form: FormData, slot: number): string {
  const line = text(form, `line-${slot}`) ?? '';
  return line === '' ? '' : `${text(form, `indent-${slot}`) ?? '0'}:${line}`;
}

/**
 * The answer that a form sends, by the exercise's kind; an empty text where nothing was put or chosen.
 * `blank-<n>`: tokens. `option`: an id. `output`: what a program prints, as typed. `line-<n>` with
 * `indent-<n>`: the lines of an order, by place. `file-<n>`, from 0: the source of each file, in the order in
 * which the page shows them. `rating` with `had`, once for each ticked point: how well something was recalled.
 */
function readAnswer(form: FormData, exercise: Exercise): string[] {
  switch (exercise.kind) {
    case 'blanks':
      return numbered(form, 'blank', max.blanks).map((blank) => text(form, `blank-${blank}`) ?? '');
    case 'choice':
      return [text(form, 'option') ?? ''];
    case 'predict':
      return [exercise.ask === 'type' ? lines(form, 'output') : (text(form, 'option') ?? '')];
    case 'order':
      return numbered(form, 'line', max.lines).map((slot) => placedLine(form, slot));
    case 'fix':
    case 'write': {
      const files = numbered(form, 'file', max.files, 0);
      const sources = files.map((number) => lines(form, `file-${number}`));
      return answerOfShown(exercise, sources);
    }
    case 'recall':
      return [text(form, 'rating') ?? '', ...texts(form, 'had', max.points)];
  }
}

function problemOf(answer: string[]): string | null {
  if (answer.every((part) => Buffer.byteLength(part) <= maxFileBytes)) return null;
  return 'A text may have 64 KiB at most, and this one has more. Shorten it; no attempt was used.';
}

function readKey(form: FormData): string | null {
  const key = text(form, 'key');
  return key !== null && keyForm.test(key) ? key : null;
}

/** @returns Null when a field is missing or malformed; an empty answer is the use case's to refuse. */
export function readAnswerForm(form: FormData, exercise: Exercise): AnswerForm | null {
  const round = readRound(form);
  const key = readKey(form);
  if (!round || key === null) return null;
  const answer = readAnswer(form, exercise);
  return { ...round, key, answer, problem: problemOf(answer) };
}

/** @returns Null when a field is missing or malformed. */
export function readPassForm(form: FormData): PassForm | null {
  const exerciseUid = readExercise(form);
  const sitting = text(form, 'sitting');
  const number = Number(text(form, 'number') ?? Number.NaN);
  const key = readKey(form);
  if (exerciseUid === null || sitting === null || !sittingForm.test(sitting)) return null;
  if (key === null || !Number.isInteger(number) || number < 1 || number > 100) return null;
  return { exerciseUid, sitting, number, key };
}

/** @returns Null when a field is missing or malformed; an empty answer is the use case's to refuse. */
export function readTestAnswerForm(form: FormData, exercise: Exercise): TestAnswerForm | null {
  const asked = readPassForm(form);
  if (!asked) return null;
  const answer = readAnswer(form, exercise);
  return { ...asked, answer, problem: problemOf(answer) };
}

/** @returns Null when a field is missing or malformed; its kind and text are the use case's to refuse. */
export function readReportForm(form: FormData): ReportForm | null {
  const round = readRound(form);
  const key = readKey(form);
  const said = form.get('text') ?? '';
  if (!round || key === null || typeof said !== 'string') return null;
  return { ...round, key, kind: text(form, 'kind') ?? '', text: said };
}

/** @returns Null when a field is missing or malformed; an empty answer is the use case's to refuse. */
export function readLookForm(form: FormData, exercise: Exercise): LookForm | null {
  const round = readRound(form);
  return round && { exerciseUid: round.exerciseUid, answer: readAnswer(form, exercise) };
}
