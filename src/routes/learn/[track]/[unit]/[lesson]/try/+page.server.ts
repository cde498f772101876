import { error } from '@sveltejs/kit';
import { showExercises } from '#lib/server/use-cases/show-lesson.ts';
import { exerciseActions, formKeysOf, lessonIdOf } from '../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showExercises(app, learnerId, lessonIdOf(event), 'try');
  if (!shown) error(404, 'There is no such lesson here.');
  return { ...shown, formKeys: formKeysOf(shown.exercises) };
};

export const actions: Actions = exerciseActions('try');
