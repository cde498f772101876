/**
 * Pages go out compressed to whoever takes them so: a lesson is mostly markup that repeats, and shrinks to a
 * tenth. Files that were built are compressed beforehand, and never come through here.
 */

const shrinks = /^(text\/html|application\/json)\b/;

/** Below this a page fits into the first packets anyway, in bytes. */
const leastBytes = 1024;

function isWorthwhile(request: Request, { headers, body }: Response): boolean {
  return (
    body !== null &&
    request.method !== 'HEAD' &&
    !headers.has('content-encoding') &&
    shrinks.test(headers.get('content-type') ?? '') &&
    Number(headers.get('content-length') ?? leastBytes) >= leastBytes
  );
}

/** Whether a browser takes gzip: named, or meant by `*`, and not with `q=0`. */
export function takesGzip(accepted: string | null): boolean {
  const weights = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const weight = parameters.find((piece) => piece.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

/** @returns The response itself where nothing is gained, else one with the same meaning and fewer bytes. */
export function compressPage(request: Request, response: Response): Response {
  if (!isWorthwhile(request, response)) return response;
  const headers = new Headers(response.headers);
  headers.append('vary', 'accept-encoding');
  const { status, statusText } = response;
  if (!takesGzip(request.headers.get('accept-encoding'))) {
    return new Response(response.body, { status, statusText, headers });
  }
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  const etag = headers.get('etag');
  // The bytes differ now, and only the meaning is the same: that is what a weak tag says.
  if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
  const body = response.body?.pipeThrough(new CompressionStream('gzip')) ?? null;
  return new Response(body, { status, statusText, headers });
}
