import { error } from '@sveltejs/kit';
import { showDocument } from '#lib/server/use-cases/show-document.ts';
import { lessonIdOf } from '../exercise-actions.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const shown = await showDocument(app, learnerId, lessonIdOf(event), event.params.mode);
  if (!shown) error(404, 'There is no such text in this lesson.');
  return shown;
};
