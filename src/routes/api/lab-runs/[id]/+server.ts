import { answerKept, caching } from '../../answer-kept.server.ts';
import type { RequestHandler } from './$types';

/** A run that a lesson shows, by its name. */
export const GET: RequestHandler = async ({ request, params, locals }) => {
  const file = await locals.app.labRuns.find(params.id);
  return answerKept(request, file?.gzipped ?? null, {
    cacheControl: caching.lessons,
    missing: { type: 'no-lab-run', detail: 'No lesson shows a lab run of that id here.' },
  });
};
