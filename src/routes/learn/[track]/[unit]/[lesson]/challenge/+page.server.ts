import { error } from '@sveltejs/kit';
import { showChallenge } from '#lib/server/use-cases/show-lesson.ts';
import { exerciseActions, formKeysOf, lessonIdOf } from '../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showChallenge(app, learnerId, lessonIdOf(event));
  if (!shown) error(404, 'There is no such challenge here.');
  return { ...shown, formKeys: formKeysOf(shown.exercises) };
};

export const actions: Actions = exerciseActions('challenge');
