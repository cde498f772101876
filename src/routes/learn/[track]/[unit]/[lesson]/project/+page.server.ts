import { error } from '@sveltejs/kit';
import { showProject } from '#lib/server/use-cases/show-project.ts';
import { lessonIdOf } from '../exercise-actions.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showProject(app, learnerId, lessonIdOf(event));
  if (!shown) error(404, 'There is no such project here.');
  return shown;
};
