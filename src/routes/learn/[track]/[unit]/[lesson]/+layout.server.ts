import { showKudos } from '#lib/server/use-cases/keep-kudos.ts';
import { openMode } from '#lib/server/use-cases/keep-mode.ts';
import { lessonIdOf } from './exercise-actions.server.ts';
import type { LayoutServerLoad, LayoutServerLoadEvent } from './$types';

/** Keeps which mode was opened last, and reads what the head of each of the lesson's pages shows. */
export const load: LayoutServerLoad = async (event) => {
  await keepOpened(event);
  const { app, learnerId } = event.locals;
  return { kudos: await showKudos(app, { learnerId, lessonId: lessonIdOf(event) }) };
};

/** Reading goes on where that cannot be kept. */
async function keepOpened(event: LayoutServerLoadEvent): Promise<void> {
  const { app, learnerId, isNewLearner } = event.locals;
  const lessonId = lessonIdOf(event);
  const [mode = ''] = event.url.pathname.slice(`/learn/${lessonId}/`.length).split('/');
  if (mode === '' || isNewLearner || event.request.headers.has('sec-purpose')) return;
  try {
    await openMode(app, { learnerId, lessonId, mode });
  } catch (error) {
    app.log.warn({ err: error, lessonId, mode }, 'an opened mode could not be kept');
  }
}
