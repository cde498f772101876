import { answerRecording } from '../answer-recording.server.ts';
import type { RequestHandler } from './$types';

/** A recording without its steps. */
export const GET: RequestHandler = async ({ request, params, locals }) =>
  answerRecording(request, await locals.app.recordings.findHead(params.id));
