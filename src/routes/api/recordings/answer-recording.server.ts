/** Sends a file of a recording. */
import type { App } from '#lib/server/app.ts';
import { answerKept, caching } from '../answer-kept.server.ts';

type KeptFile = Awaited<ReturnType<App['recordings']['findHead']>>;

export function answerRecording(request: Request, file: KeptFile): Response {
  return answerKept(request, file?.gzipped ?? null, {
    cacheControl: caching[file?.shelf ?? 'learners'],
    missing: {
      type: 'no-recording',
      detail:
        'There is none of that id, or no such part of it. Of learners only the newest are kept.',
    },
  });
}
