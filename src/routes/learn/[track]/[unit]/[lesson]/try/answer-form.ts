/** What the forms of an exercise card send, read strictly: anything else is no form of ours. */

const uidForm = /^ex_[a-z0-9]{1,32}$/;
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

/** @returns Null when a field is missing or malformed; an empty answer is the use case's to refuse. */
export function readAnswerForm(form: FormData): AnswerForm | null {
  const round = readRound(form);
  const key = text(form, 'key');
  if (!round || key === null || !/^[A-Za-z0-9-]{8,64}$/.test(key)) return null;
  return { ...round, key, answer: readAnswer(form) };
}
