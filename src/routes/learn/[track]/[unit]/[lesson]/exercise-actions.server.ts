/** The form actions of a page with exercise cards: the same for every such page. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findExercise, findLesson } from '#lib/domain/catalogue.ts';
import type { Exercise, Pool } from '#lib/domain/exercise.ts';
import { askForHelp, type HelpWanted } from '#lib/server/use-cases/ask-for-help.ts';
import { lookAtFilling } from '#lib/server/use-cases/look-at-filling.ts';
import { reportProblem } from '#lib/server/use-cases/report-problem.ts';
import { submitAttempt } from '#lib/server/use-cases/submit-attempt.ts';
import { readForm } from '../../../../read-form.server.ts';
import {
  readAnswerForm,
  readExercise,
  readHelpForm,
  readLookForm,
  readReportForm,
  type LookForm,
} from './answer-form.ts';

/** What the actions of a page with cards need of a request. */
export type CardEvent = Pick<RequestEvent, 'locals' | 'request' | 'url'>;

/** The same of a lesson's page. */
export type LessonEvent = CardEvent & {
  params: { track: string; unit: string; lesson: string };
};

/** A page with exercise cards. */
export interface CardPage<Event extends CardEvent> {
  /** From which reports on its exercises are said to come. */
  mode: string;
  /** What a form of the page may name. @returns Null: none of what the page shows to this learner. */
  find(event: Event, uid: string): Promise<OnCard | null> | OnCard | null;
}

/** An exercise, and the lesson that it is of. */
export interface OnCard {
  lessonId: string;
  exercise: Exercise;
}

/** A form, and the lesson of the exercise that it names. */
type FormOf<Form> = Form & { lessonId: string };

/** The lesson that an address names. */
export const lessonIdOf = ({ params }: Pick<LessonEvent, 'params'>) =>
  `${params.track}/${params.unit}/${params.lesson}`;

/** A key for each form as it is rendered: pressing twice, or reloading, sends the same one. */
export function formKeysOf(exercises: readonly { uid: string }[]): Record<string, string> {
  return Object.fromEntries(exercises.map(({ uid }) => [uid, crypto.randomUUID()]));
}

/** Whether the page's script sent the form. */
export function isEnhanced({ request }: Pick<CardEvent, 'request'>): boolean {
  return request.headers.get('x-sveltekit-action') === 'true';
}

/**
 * Without JavaScript the learner is sent back to the page, so that a reload sends nothing again; the
 * form's own fragment leads to the card. With JavaScript the page reloads its data in place.
 */
function backToCard(event: CardEvent, exercise: string) {
  if (isEnhanced(event)) return { exercise, problem: null };
  redirect(303, event.url.pathname);
}

/**
 * Reads a form of a page with cards.
 * @throws HttpError 400 for a form that is none of ours, 404 when the page has no such exercise.
 */
async function readOf<Event extends CardEvent, Form>(
  event: Event,
  page: CardPage<Event>,
  read: (form: FormData, exercise: Exercise) => Form | null,
): Promise<FormOf<Form>> {
  const data = await readForm(event.request);
  const uid = readExercise(data);
  if (uid === null) error(400, notComplete);
  const found = (await page.find(event, uid)) ?? error(404, notHere);
  const form = read(data, found.exercise) ?? error(400, notComplete);
  return { ...form, lessonId: found.lessonId };
}

/** Why nothing came of a form, and what it held where no script still has that. */
export function refuse(event: CardEvent, status: 409 | 422 | 503, problem: string, form: LookForm) {
  const { exerciseUid: exercise, answer } = form;
  return fail(status, isEnhanced(event) ? { exercise, problem } : { exercise, problem, answer });
}

const notHere = 'There is no such exercise in this lesson.';

export const notComplete = 'This form is not complete. Reload the page and try again.';

async function answer<Event extends CardEvent>(event: Event, page: CardPage<Event>) {
  const { problem, ...form } = await readOf(event, page, readAnswerForm);
  if (problem !== null) return refuse(event, 422, problem, form);
  const { app, learnerId } = event.locals;
  const result = await submitAttempt(app, { learnerId, ...form });
  if (result.kind === 'not-found') error(404, notHere);
  if (result.kind === 'problem') return refuse(event, 422, result.problem, form);
  if (result.kind === 'not-judged') return refuse(event, 503, result.problem, form);
  if (result.kind === 'stale') {
    const problem =
      'This round was already over, perhaps in another window. Here is how it stands.';
    return refuse(event, 409, problem, form);
  }
  if (result.kind === 'repeated') {
    const problem =
      'You gave this answer before in this round, and it was wrong. Change it; no attempt was used.';
    return refuse(event, 422, problem, form);
  }
  return backToCard(event, form.exerciseUid);
}

// It changes nothing, so without JavaScript the page comes back in place of a redirect.
async function look<Event extends CardEvent>(event: Event, page: CardPage<Event>) {
  const form = await readOf(event, page, readLookForm);
  const exercise = form.exerciseUid;
  const { app, learnerId } = event.locals;
  const seen = await lookAtFilling(app, { learnerId, ...form });
  if (seen.kind === 'not-found') error(404, notHere);
  if (seen.kind === 'problem') return refuse(event, 422, seen.problem, form);
  return { exercise, problem: null, look: seen.look };
}

async function report<Event extends CardEvent>(event: Event, page: CardPage<Event>) {
  const form = await readOf(event, page, readReportForm);
  const exercise = form.exerciseUid;
  const { app, learnerId } = event.locals;
  const result = await reportProblem(app, { learnerId, mode: page.mode, ...form });
  if (result.kind === 'not-found') error(404, notHere);
  if (result.kind === 'problem') {
    const { kind, text } = form;
    return fail(422, { exercise, problem: result.problem, report: { kind, text } });
  }
  if (isEnhanced(event)) return { exercise, problem: null, reported: true };
  redirect(303, `${event.url.pathname}?reported=${exercise}`);
}

async function help<Event extends CardEvent>(
  event: Event,
  page: CardPage<Event>,
  wanted: HelpWanted,
) {
  const form = await readOf(event, page, readHelpForm);
  const { app, learnerId } = event.locals;
  const found = await askForHelp(app, { learnerId, wanted, ...form });
  if (!found) error(404, notHere);
  return backToCard(event, form.exerciseUid);
}

/** The actions that the forms of an exercise card name: `answer`, `look`, `hint`, `show`, `again`, `report`. */
export function cardActions<Event extends CardEvent>(page: CardPage<Event>) {
  return {
    answer: (event: Event) => answer(event, page),
    look: (event: Event) => look(event, page),
    report: (event: Event) => report(event, page),
    hint: (event: Event) => help(event, page, 'hint'),
    show: (event: Event) => help(event, page, 'show'),
    again: (event: Event) => help(event, page, 'again'),
  };
}

/**
 * The same for a page that shows the exercises of one pool; it is the mode of the same name.
 * @param pool - Those of other pools are not taken.
 */
export function exerciseActions(pool: Pool) {
  return cardActions<LessonEvent>({
    mode: pool,
    find: (event, uid) => {
      const lessonId = lessonIdOf(event);
      const lesson = findLesson(event.locals.app.catalogue, lessonId);
      const exercise = lesson && findExercise(lesson, uid)?.exercise;
      return exercise?.pool === pool ? { lessonId, exercise } : null;
    },
  });
}
