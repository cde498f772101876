/** The form actions of a page that shows the exercises of one pool: the same for every such mode. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { findExercise, findLesson } from '#lib/domain/catalogue.ts';
import type { Exercise, Pool } from '#lib/domain/exercise.ts';
import { askForHelp, type HelpWanted } from '#lib/server/use-cases/ask-for-help.ts';
import { lookAtFilling } from '#lib/server/use-cases/look-at-filling.ts';
import { reportProblem } from '#lib/server/use-cases/report-problem.ts';
import { submitAttempt } from '#lib/server/use-cases/submit-attempt.ts';
import {
  readAnswerForm,
  readExercise,
  readHelpForm,
  readLookForm,
  readReportForm,
  type LookForm,
} from './answer-form.ts';

/** What the actions of a lesson's page need of a request. */
export type LessonEvent = Pick<RequestEvent, 'locals' | 'request' | 'url'> & {
  params: { track: string; unit: string; lesson: string };
};

/** The lesson that an address names. */
export const lessonIdOf = ({ params }: Pick<LessonEvent, 'params'>) =>
  `${params.track}/${params.unit}/${params.lesson}`;

/** A key for each form as it is rendered: pressing twice, or reloading, sends the same one. */
export function formKeysOf(exercises: readonly { uid: string }[]): Record<string, string> {
  return Object.fromEntries(exercises.map(({ uid }) => [uid, crypto.randomUUID()]));
}

/** Whether the page's script sent the form. */
export function isEnhanced({ request }: Pick<LessonEvent, 'request'>): boolean {
  return request.headers.get('x-sveltekit-action') === 'true';
}

/**
 * Without JavaScript the learner is sent back to the page, so that a reload sends nothing again; the
 * form's own fragment leads to the card. With JavaScript the page reloads its data in place.
 */
function backToCard(event: LessonEvent, exercise: string) {
  if (isEnhanced(event)) return { exercise, problem: null };
  redirect(303, event.url.pathname);
}

/**
 * Reads a form of a page that shows one pool.
 * @throws HttpError 400 for a form that is none of ours, 404 when the pool has no such exercise here.
 */
async function readOf<Form>(
  event: LessonEvent,
  pool: Pool,
  read: (form: FormData, exercise: Exercise) => Form | null,
): Promise<Form> {
  const data = await event.request.formData();
  const uid = readExercise(data);
  if (uid === null) error(400, notComplete);
  const lesson = findLesson(event.locals.app.catalogue, lessonIdOf(event));
  const exercise = lesson && findExercise(lesson, uid)?.exercise;
  if (exercise?.pool !== pool) error(404, 'There is no such exercise in this lesson.');
  return read(data, exercise) ?? error(400, notComplete);
}

/** Why nothing came of a form, and what it held where no script still has that. */
export function refuse(
  event: LessonEvent,
  status: 409 | 422 | 503,
  problem: string,
  form: LookForm,
) {
  const { exerciseUid: exercise, answer } = form;
  return fail(status, isEnhanced(event) ? { exercise, problem } : { exercise, problem, answer });
}

export const notComplete = 'This form is not complete. Reload the page and try again.';

async function answer(event: LessonEvent, pool: Pool) {
  const { problem, ...form } = await readOf(event, pool, readAnswerForm);
  if (problem !== null) return refuse(event, 422, problem, form);
  const { app, learnerId } = event.locals;
  const lessonId = lessonIdOf(event);
  const result = await submitAttempt(app, { learnerId, lessonId, ...form });
  if (result.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
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
async function look(event: LessonEvent, pool: Pool) {
  const form = await readOf(event, pool, readLookForm);
  const exercise = form.exerciseUid;
  const { app, learnerId } = event.locals;
  const seen = await lookAtFilling(app, { learnerId, lessonId: lessonIdOf(event), ...form });
  if (seen.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
  if (seen.kind === 'problem') return refuse(event, 422, seen.problem, form);
  return { exercise, problem: null, look: seen.look };
}

async function report(event: LessonEvent, pool: Pool) {
  const form = await readOf(event, pool, readReportForm);
  const exercise = form.exerciseUid;
  const { app, learnerId } = event.locals;
  const lessonId = lessonIdOf(event);
  // A pool's page is the mode of the same name.
  const result = await reportProblem(app, { learnerId, lessonId, mode: pool, ...form });
  if (result.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
  if (result.kind === 'problem') {
    const { kind, text } = form;
    return fail(422, { exercise, problem: result.problem, report: { kind, text } });
  }
  if (isEnhanced(event)) return { exercise, problem: null, reported: true };
  redirect(303, `${event.url.pathname}?reported=${exercise}`);
}

async function help(event: LessonEvent, pool: Pool, wanted: HelpWanted) {
  const form = await readOf(event, pool, readHelpForm);
  const { app, learnerId } = event.locals;
  const lessonId = lessonIdOf(event);
  const found = await askForHelp(app, { learnerId, lessonId, wanted, ...form });
  if (!found) error(404, 'There is no such exercise in this lesson.');
  return backToCard(event, form.exerciseUid);
}

/**
 * The actions that the forms of an exercise card name: `answer`, `look`, `hint`, `show`, `again`, `report`.
 * @param pool - Whose exercises the page shows; those of other pools are not taken.
 */
export function exerciseActions(pool: Pool) {
  return {
    answer: (event: LessonEvent) => answer(event, pool),
    look: (event: LessonEvent) => look(event, pool),
    report: (event: LessonEvent) => report(event, pool),
    hint: (event: LessonEvent) => help(event, pool, 'hint'),
    show: (event: LessonEvent) => help(event, pool, 'show'),
    again: (event: LessonEvent) => help(event, pool, 'again'),
  };
}
