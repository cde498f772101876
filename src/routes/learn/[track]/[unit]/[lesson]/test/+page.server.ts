import { error, fail, redirect } from '@sveltejs/kit';
import { findExercise, findLesson } from '#lib/domain/catalogue.ts';
import type { Exercise } from '#lib/domain/exercise.ts';
import { answerSitting, type AnswerSittingResult } from '#lib/server/use-cases/answer-sitting.ts';
import { showTest } from '#lib/server/use-cases/show-test.ts';
import { startSitting } from '#lib/server/use-cases/start-sitting.ts';
import { findWasAsked } from '#lib/server/use-cases/was-asked.ts';
import { readForm } from '../../../../../read-form.server.ts';
import { readExercise, readPassForm, readTestAnswerForm, type PassForm } from '../answer-form.ts';
import {
  cardActions,
  isEnhanced,
  lessonIdOf,
  notComplete,
  refuse,
  type LessonEvent,
} from '../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

const noTest = 'There is no test in this lesson.';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId, zone } = event.locals;
  const shown = await showTest(app, learnerId, lessonIdOf(event));
  if (!shown) error(404, noTest);
  const reported = event.url.searchParams.get('reported');
  return { ...shown, zone, formKey: crypto.randomUUID(), reported };
};

/** Without JavaScript the learner is sent back to the page, so that a reload sends nothing again. */
function backToTest(event: LessonEvent, exercise?: string) {
  if (isEnhanced(event)) return { exercise, problem: null };
  redirect(303, event.url.pathname);
}

const notAsked =
  'This question was already answered, perhaps in another window, or is asked no more. Here is how the test stands.';

type Shown = PassForm & { answer: string[] };

/** What the learner is told of an answer: never whether it was right. */
function tell(event: LessonEvent, result: AnswerSittingResult, form: Shown) {
  switch (result.kind) {
    case 'recorded':
    case 'replayed':
      return backToTest(event, form.exerciseUid);
    case 'refused':
      return refuse(event, 409, notAsked, form);
    case 'problem':
      return refuse(event, 422, result.problem, form);
    case 'not-judged':
      return refuse(event, 503, result.problem, form);
    case 'not-found':
      error(404, noTest);
  }
}

/** The exercise that a form names, whether or not it was asked; null where the test has none of that name. */
function findNamed(event: LessonEvent, data: FormData): Exercise | null {
  const uid = readExercise(data);
  const lesson = findLesson(event.locals.app.catalogue, lessonIdOf(event));
  const exercise = uid !== null && lesson ? findExercise(lesson, uid)?.exercise : undefined;
  return exercise?.pool === 'test' ? exercise : null;
}

/** What the learner may report: what a test that is over has asked them. */
const { report } = cardActions<LessonEvent>({
  mode: 'test',
  find: async (event, uid) => {
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const exercise = await findWasAsked(app, learnerId, lessonId, uid);
    return exercise && { lessonId, exercise };
  },
});

export const actions: Actions = {
  /** Fields: `exercise`, `round`, `key`, `kind`, `text`. Tells the author that something about an exercise is wrong. */
  report,

  /** No fields. Begins a sitting, or goes on with the one that is open. */
  start: async (event) => {
    const { app, learnerId } = event.locals;
    const result = await startSitting(app, learnerId, lessonIdOf(event));
    if (result === 'not-found') error(404, noTest);
    if (result === 'refused') {
      return fail(409, {
        problem: 'You have just taken this test. The next one opens after a day.',
      });
    }
    return backToTest(event);
  },

  /** Fields: `sitting`, `number`, `exercise`, `key`, and those of the answer, by the kind. */
  answer: async (event) => {
    const data = await readForm(event.request);
    const asked = readPassForm(data) ?? error(400, notComplete);
    const exercise = findNamed(event, data);
    // Nobody learns by this which exercises there are.
    if (!exercise) return refuse(event, 409, notAsked, { ...asked, answer: [] });
    const { problem, ...form } = readTestAnswerForm(data, exercise) ?? error(400, notComplete);
    if (problem !== null) return refuse(event, 422, problem, form);
    const { app, learnerId } = event.locals;
    const given = { learnerId, lessonId: lessonIdOf(event), ...form };
    return tell(event, await answerSitting(app, given), form);
  },

  /** Fields: `sitting`, `number`, `exercise`, `key`. The learner says that they do not know. */
  pass: async (event) => {
    const form = readPassForm(await readForm(event.request)) ?? error(400, notComplete);
    const { app, learnerId } = event.locals;
    const given = { learnerId, lessonId: lessonIdOf(event), ...form, answer: null };
    return tell(event, await answerSitting(app, given), { ...form, answer: [] });
  },
};
