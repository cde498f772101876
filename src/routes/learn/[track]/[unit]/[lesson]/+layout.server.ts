import { openMode } from '#lib/server/use-cases/keep-mode.ts';
import { lessonIdOf } from './exercise-actions.server.ts';
import type { LayoutServerLoad } from './$types';

/** Keeps which mode was opened last. Reading goes on where that cannot be kept. */
export const load: LayoutServerLoad = async (event) => {
  const { app, learnerId, isNewLearner } = event.locals;
  const lessonId = lessonIdOf(event);
  const [mode = ''] = event.url.pathname.slice(`/learn/${lessonId}/`.length).split('/');
  if (mode === '' || isNewLearner || event.request.headers.has('sec-purpose')) return;
  try {
    await openMode(app, { learnerId, lessonId, mode });
  } catch (error) {
    app.log.warn({ err: error, lessonId, mode }, 'an opened mode could not be kept');
  }
};
