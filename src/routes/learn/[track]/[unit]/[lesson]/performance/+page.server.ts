import { error, redirect } from '@sveltejs/kit';
import { readGuess } from '#lib/domain/guess.ts';
import { finishMode } from '#lib/server/use-cases/keep-mode.ts';
import { showPerformance } from '#lib/server/use-cases/show-performance.ts';
import { lessonIdOf } from '../exercise-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, learnerId } = event.locals;
  const asked = event.url.searchParams;
  const found = await showPerformance(app, {
    ...{ learnerId, lessonId: lessonIdOf(event) },
    ...{ scenario: asked.get('scenario'), guess: readGuess(asked) },
  });
  if (found.kind === 'not-measured') {
    error(404, 'Nothing has been put under load on this site, so there is nothing to see yet.');
  }
  if (found.kind === 'not-found') error(404, 'Nothing is put under load in this lesson.');
  const { available } = await app.labTrial.settled();
  return { ...found.shown, canRun: available };
};

export const actions: Actions = {
  /** Leads back to what was seen: scenario and guess stand in the address. */
  done: async (event) => {
    const { app, learnerId } = event.locals;
    const lessonId = lessonIdOf(event);
    const isFound = await finishMode(app, { learnerId, lessonId, mode: 'performance' });
    if (!isFound) error(404, 'Nothing is put under load in this lesson.');
    const seen = new URLSearchParams(event.url.searchParams);
    seen.delete('/done');
    const query = seen.size > 0 ? `?${seen.toString()}` : '';
    redirect(303, `${event.url.pathname}${query}#done`);
  },
};
