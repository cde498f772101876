/** What a caller sends to have something run: from no other site's page, and as JSON. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Refusal, RequestProblem } from './problem.server.ts';
import { readJsonBody, type ReadBody } from './read-body.server.ts';

/** @returns The parsed body, or why it is not read: 400, 403, 413 or 415. */
export async function readRunRequest({
  request,
  url,
}: Pick<RequestEvent, 'request' | 'url'>): Promise<ReadBody> {
  const origin = request.headers.get('origin');
  // Browsers always say it of a POST; who does not is no page of anybody's.
  if (origin !== null && origin !== url.origin) {
    return { ok: false, refusal: otherOrigin(origin, url.origin) };
  }
  return readJsonBody(request);
}

/** @param problems - All that is wrong with the body. */
export function badRequest(problems: RequestProblem[]): Refusal {
  const detail = 'Nothing was run. Mend what `problems` lists, and ask again.';
  return { type: 'bad-request', detail, problems };
}

function otherOrigin(found: string, expected: string): Refusal {
  return {
    type: 'other-origin',
    detail: "Programs are run for this site's own pages and for callers that are no web page.",
    problems: [{ path: 'origin', expected, found: found.slice(0, 200) }],
  };
}
