import { error, redirect } from '@sveltejs/kit';
import { showStep, takeReference } from '#lib/server/use-cases/show-project.ts';
import { exerciseActions, formKeysOf, lessonIdOf } from '../../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showStep(app, learnerId, lessonIdOf(event), event.params.step);
  if (!shown) error(404, 'There is no such step here.');
  const { exercise } = shown.step;
  return { ...shown, formKeys: formKeysOf(exercise ? [exercise] : []) };
};

export const actions: Actions = {
  ...exerciseActions('project'),
  /** Shows the solution of the step before, to begin this one with. */
  reference: async (event) => {
    const { app, learnerId } = event.locals;
    const isFound = await takeReference(app, learnerId, lessonIdOf(event), event.params.step);
    if (!isFound) error(404, 'There is no such step here.');
    redirect(303, event.url.pathname);
  },
};
