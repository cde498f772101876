/** Sends a file as it is kept, JSON under gzip, to whoever takes it so. */
import { takesGzip } from '../compress-page.ts';
import { problemResponse, type Refusal } from './problem.server.ts';

/** What never changes and stays is kept by browsers and proxies; a learner's own by their browser, for a while. */
export const caching = {
  lessons: 'public, max-age=31536000, immutable',
  learners: 'private, max-age=600',
};

/** @param gzipped - Null: there is none, which is what `missing` says. */
export function answerKept(
  { headers: asked }: Request,
  gzipped: Buffer | null,
  { cacheControl, missing }: { cacheControl: string; missing: Refusal },
): Response {
  if (!gzipped) return problemResponse(missing);
  const bytes = new Uint8Array(gzipped);
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': cacheControl,
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
