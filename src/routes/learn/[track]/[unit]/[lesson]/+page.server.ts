import { error, redirect } from '@sveltejs/kit';
import { finishMode } from '#lib/server/use-cases/keep-mode.ts';
import { showLesson } from '#lib/server/use-cases/show-lesson.ts';
import { lessonIdOf } from './exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const lesson = await showLesson(app, learnerId, lessonIdOf(event));
  if (!lesson) error(404, 'There is no such lesson here.');
  return { lesson };
};

export const actions: Actions = {
  /** The page of a mode that its reader ends sends this, and is led back to. */
  done: async (event) => {
    const mode = (await event.request.formData()).get('mode');
    if (typeof mode !== 'string')
      error(400, 'This form is not complete. Reload the page and try again.');
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const isFound = await finishMode(app, { learnerId, lessonId, mode });
    if (!isFound) error(404, 'There is no such mode in this lesson.');
    redirect(303, `/learn/${lessonId}/${mode}#done`);
  },
};
