import { answerRecording } from '../../answer-recording.server.ts';
import type { RequestHandler } from './$types';

/** Some of its steps, by the number of the part. */
export const GET: RequestHandler = async ({ request, params, locals }) => {
  const part = /^\d{1,6}$/.test(params.part) ? Number(params.part) : -1;
  return answerRecording(request, await locals.app.recordings.findPart(params.id, part));
};
