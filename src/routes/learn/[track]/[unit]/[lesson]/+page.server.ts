import { error, redirect } from '@sveltejs/kit';
import { giveKudos, takeBackKudos } from '#lib/server/use-cases/keep-kudos.ts';
import { finishMode } from '#lib/server/use-cases/keep-mode.ts';
import { showLesson } from '#lib/server/use-cases/show-lesson.ts';
import { showLessonStrength } from '#lib/server/use-cases/show-strength.ts';
import { readForm } from '../../../../read-form.server.ts';
import {
  isEnhanced,
  lessonIdOf,
  notComplete,
  type LessonEvent,
} from './exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId, isNewLearner } = event.locals;
  const lessonId = lessonIdOf(event);
  const [lesson, strength] = await Promise.all([
    showLesson(app, learnerId, lessonId),
    isNewLearner ? null : showLessonStrength(app, event.locals, lessonId),
  ]);
  if (!lesson) error(404, 'There is no such lesson here.');
  return { lesson, strength };
};

export const actions: Actions = {
  /** The page of a mode that its reader ends sends this, and is led back to. */
  done: async (event) => {
    const mode = (await readForm(event.request)).get('mode');
    if (typeof mode !== 'string') error(400, notComplete);
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const isFound = await finishMode(app, { learnerId, lessonId, mode });
    if (!isFound) error(404, 'There is no such mode in this lesson.');
    redirect(303, `/learn/${lessonId}/${mode}#done`);
  },

  /** Fields: `give`, `yes` or `no`, and `from`, the page of the lesson that it was sent from. */
  kudos: async (event) => {
    const form = await readForm(event.request);
    const [give, from] = [form.get('give'), form.get('from')];
    if ((give !== 'yes' && give !== 'no') || typeof from !== 'string') error(400, notComplete);
    const { app, learnerId } = event.locals;
    const wanted = { learnerId, lessonId: lessonIdOf(event) };
    if (give === 'no') await takeBackKudos(app, wanted);
    else {
      const result = await giveKudos(app, wanted);
      if (result === 'not-found') error(404, 'There is no such lesson here.');
      if (result === 'refused') {
        error(403, 'Kudos are for who has done something of the lesson: answer an exercise first.');
      }
    }
    if (isEnhanced(event)) return;
    redirect(303, backTo(event, from));
  },
};

/** The lesson's page that a form names, at the button; else the lesson's own. */
function backTo(event: LessonEvent, from: string): string {
  const own = `/learn/${lessonIdOf(event)}`;
  const isOfLesson = from === own || from.startsWith(`${own}/`) || from.startsWith(`${own}?`);
  return `${isOfLesson ? new URL(from, event.url).href.slice(event.url.origin.length) : own}#kudos`;
}
