/** Runs a learner's program, and tells what happened: at the end, or as it happens. */
import { json } from '@sveltejs/kit';
import type { RunParts } from '#lib/domain/run-of.ts';
import { hostOutcomes } from '#lib/domain/run.ts';
import type { AskedResult, RunEvent, RunListener } from '#lib/server/use-cases/ask-for-run.ts';
import { callerOf } from '../caller.server.ts';
import { problemResponse, type Refusal, type RequestProblem } from '../problem.server.ts';
import { runStream } from './event-stream.server.ts';
import { readJsonBody } from './read-body.server.ts';
import { findRunParts } from './run-of.server.ts';
import { digestOf, parseRunBody, toRunRequest, type RunBody } from './run-request.server.ts';
import type { RequestEvent, RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { request, locals } = event;
  const read = await readRun(event);
  if ('refusal' in read) return problemResponse(read.refusal);
  const { available, reason } = locals.app.execution();
  if (!available) return problemResponse({ type: 'not-run', detail: reason });
  const { body, parts } = read;
  const id = body.id ?? crypto.randomUUID();
  const asked = locals.app.askForRun({
    ...{ owner: callerOf(event), id, digest: digestOf(body, parts) },
    request: toRunRequest(body, parts),
  });
  if (asked.kind === 'other-request') {
    return problemResponse({
      type: 'other-request',
      detail: 'You asked for another run with this id. Choose a new id for each run.',
      problems: [{ path: '/id', expected: 'an id of its own', found: 'the id of another run' }],
    });
  }
  return answer(request, id, asked.listener);
};

/** What is asked for, with what belongs to it; or why it is not run. */
async function readRun({
  request,
  url,
  locals,
}: RequestEvent): Promise<{ body: RunBody; parts: RunParts | null } | { refusal: Refusal }> {
  const origin = request.headers.get('origin');
  // Browsers always say it of a POST; who does not is no page of anybody's.
  if (origin !== null && origin !== url.origin) return { refusal: otherOrigin(origin, url.origin) };
  const read = await readJsonBody(request);
  if (!read.ok) return { refusal: read.refusal };
  const parsed = parseRunBody(read.value);
  if (!parsed.ok) return { refusal: badRequest(parsed.problems) };
  const found = findRunParts(locals.app.catalogue, parsed.body);
  if ('problems' in found) return { refusal: badRequest(found.problems) };
  return { body: parsed.body, parts: found.parts };
}

function badRequest(problems: RequestProblem[]): Refusal {
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

async function answer(request: Request, id: string, listener: RunListener): Promise<Response> {
  const leave = () => listener.leave();
  request.signal.addEventListener('abort', leave, { once: true });
  if (request.signal.aborted) leave();
  const wantsStream = isNamed('text/event-stream', request.headers.get('accept'));
  let event: RunEvent | null;
  do {
    event = await listener.next();
    if (event?.kind === 'result') break;
    // Until something is heard, the answer can still be that there is no run.
    if (wantsStream) return stream(id, event, listener);
  } while (event);
  // Nobody is left to read it.
  if (!event) return new Response(null, { status: 499 });
  if (hostOutcomes.has(event.result.outcome)) return problemResponse(refusalOf(event.result));
  if (wantsStream) return stream(id, event, listener);
  const headers = { 'cache-control': 'no-store' };
  return json({ id, ...event.result }, { headers });
}

function stream(id: string, first: RunEvent | null, listener: RunListener): Response {
  return new Response(runStream(id, first, listener), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}

/** Of a run that the host did not make. */
function refusalOf({ outcome, error, retryAfterSeconds }: AskedResult): Refusal {
  const detail = error?.message ?? 'Nothing was run. Ask again.';
  if (outcome !== 'busy') return { type: 'not-run', detail };
  return { type: error?.type === 'BusyOwner' ? 'busy-owner' : 'busy', detail, retryAfterSeconds };
}

function isNamed(type: string, accept: string | null): boolean {
  return (accept ?? '')
    .split(',')
    .some((part) => part.split(';')[0]?.trim().toLowerCase() === type);
}
