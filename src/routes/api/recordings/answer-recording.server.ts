/** Sends a file of a recording as it is kept: compressed, to whoever takes it so. */
import type { App } from '#lib/server/app.ts';
import { takesGzip } from '../../compress-page.ts';
import { problemResponse } from '../problem.server.ts';

type KeptFile = Awaited<ReturnType<App['recordings']['findHead']>>;

/** What never changes and stays is kept by browsers and proxies; a learner's own by their browser, for a while. */
const caching = {
  lessons: 'public, max-age=31536000, immutable',
  learners: 'private, max-age=600',
};

export function answerRecording({ headers: asked }: Request, file: KeptFile): Response {
  if (!file) {
    return problemResponse({
      type: 'no-recording',
      detail:
        'There is none of that id, or no such part of it. Of learners only the newest are kept.',
    });
  }
  const bytes = new Uint8Array(file.gzipped);
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': caching[file.shelf],
    vary: 'accept-encoding',
  });
  if (!takesGzip(asked.get('accept-encoding'))) {
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')), {
      headers,
    });
  }
  headers.set('content-encoding', 'gzip');
  headers.set('content-length', String(bytes.length));
  return new Response(bytes, { headers });
}
