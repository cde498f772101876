import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { askForHelp, type HelpWanted } from '#lib/server/use-cases/ask-for-help.ts';
import { lookAtFilling } from '#lib/server/use-cases/look-at-filling.ts';
import { reportProblem } from '#lib/server/use-cases/report-problem.ts';
import { showExercises } from '#lib/server/use-cases/show-lesson.ts';
import { submitAttempt } from '#lib/server/use-cases/submit-attempt.ts';
import { readAnswerForm, readHelpForm, readLookForm, readReportForm } from './answer-form.ts';
import type { Actions, PageServerLoad } from './$types';

type LessonEvent = Pick<RequestEvent, 'locals' | 'request' | 'url'> & {
  params: { track: string; unit: string; lesson: string };
};

const lessonIdOf = ({ params }: Pick<LessonEvent, 'params'>) =>
  `${params.track}/${params.unit}/${params.lesson}`;

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showExercises(app, learnerId, lessonIdOf(event), 'try');
  if (!shown) error(404, 'There is no such lesson here.');
  // A key for each form as it was rendered: pressing twice, or reloading, sends the same one.
  const formKeys = Object.fromEntries(shown.exercises.map(({ uid }) => [uid, crypto.randomUUID()]));
  return { ...shown, formKeys };
};

/**
 * Without JavaScript the learner is sent back to the page, so that a reload sends nothing again; the
 * form's own fragment leads to the card. With JavaScript the page reloads its data in place.
 */
function backToCard(event: LessonEvent, exercise: string) {
  if (isEnhanced(event)) return { exercise, problem: null };
  redirect(303, event.url.pathname);
}

/** Whether the page's script sent the form. */
function isEnhanced({ request }: Pick<LessonEvent, 'request'>): boolean {
  return request.headers.get('x-sveltekit-action') === 'true';
}

function help(wanted: HelpWanted) {
  return async (event: LessonEvent) => {
    const form = readHelpForm(await event.request.formData());
    if (!form) error(400, 'This form is not complete. Reload the page and try again.');
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const found = await askForHelp(app, { learnerId, lessonId, wanted, ...form });
    if (!found) error(404, 'There is no such exercise in this lesson.');
    return backToCard(event, form.exerciseUid);
  };
}

export const actions: Actions = {
  answer: async (event) => {
    const form = readAnswerForm(await event.request.formData());
    if (!form) error(400, 'This form is not complete. Reload the page and try again.');
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const result = await submitAttempt(app, { learnerId, lessonId, ...form });
    if (result.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
    if (result.kind === 'problem') {
      return fail(422, { exercise: form.exerciseUid, problem: result.problem });
    }
    if (result.kind === 'stale') {
      const problem =
        'This round was already over, perhaps in another window. Here is how it stands.';
      return fail(409, { exercise: form.exerciseUid, problem });
    }
    if (result.kind === 'repeated') {
      const problem =
        'You gave this answer before in this round, and it was wrong. Change it; no attempt was used.';
      return fail(422, { exercise: form.exerciseUid, problem });
    }
    return backToCard(event, form.exerciseUid);
  },
  // It changes nothing, so without JavaScript the page comes back in place of a redirect.
  look: async (event) => {
    const form = readLookForm(await event.request.formData());
    if (!form) error(400, 'This form is not complete. Reload the page and try again.');
    const { app, learnerId } = event.locals;
    const exercise = form.exerciseUid;
    const seen = await lookAtFilling(app, { learnerId, lessonId: lessonIdOf(event), ...form });
    if (seen.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
    if (seen.kind === 'problem') return fail(422, { exercise, problem: seen.problem });
    return { exercise, problem: null, look: seen.look };
  },
  report: async (event) => {
    const form = readReportForm(await event.request.formData());
    if (!form) error(400, 'This form is not complete. Reload the page and try again.');
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const result = await reportProblem(app, { learnerId, lessonId, mode: 'try', ...form });
    if (result.kind === 'not-found') error(404, 'There is no such exercise in this lesson.');
    const exercise = form.exerciseUid;
    if (result.kind === 'problem') {
      const { kind, text } = form;
      return fail(422, { exercise, problem: result.problem, report: { kind, text } });
    }
    if (isEnhanced(event)) return { exercise, problem: null, reported: true };
    redirect(303, `${event.url.pathname}?reported=${exercise}`);
  },
  hint: help('hint'),
  show: help('show'),
  again: help('again'),
};
