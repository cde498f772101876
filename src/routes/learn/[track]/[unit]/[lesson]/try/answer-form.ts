/** What the forms of an exercise card send, read strictly: anything else is no form of ours. */

const uidForm = /^ex_[a-z0-9]{1,32}$/;
const keyForm = /^[A-Za-z0-9-]{8,64}$/;
/** Far more than any exercise has, far less than would cost anything. */
const maxBlanks = 16;
const maxTextLength = 400;

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

function readRound(form: FormData): { exerciseUid: string; round: number } | null {
  const exerciseUid = text(form, 'exercise');
  const round = Number(text(form, 'round') ?? Number.NaN);
  if (exerciseUid === null || !uidForm.test(exerciseUid)) return null;
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

function readAnswer(form: FormData): string[] {
  const answer: string[] = [];
  for (let blank = 1; blank <= maxBlanks && form.has(`blank-${blank}`); blank++) {
    answer.push(text(form, `blank-${blank}`) ?? '');
  }
  return answer.length > 0 ? answer : [text(form, 'option') ?? ''];
}

function readKey(form: FormData): string | null {
  const key = text(form, 'key');
  return key !== null && keyForm.test(key) ? key : null;
}

/** @returns Null when a field is missing or malformed; an empty answer is the use case's to refuse. */
export function readAnswerForm(form: FormData): AnswerForm | null {
  const round = readRound(form);
  const key = readKey(form);
  return round && key !== null ? { ...round, key, answer: readAnswer(form) } : null;
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
export function readLookForm(form: FormData): LookForm | null {
  const round = readRound(form);
  return round && { exerciseUid: round.exerciseUid, answer: readAnswer(form) };
}
