/** Answers with a run: at its end, or, for who takes a stream, as it happens. */
import { json } from '@sveltejs/kit';
import type { RunEvent, RunListener } from '#lib/domain/heard-run.ts';
import { hostOutcomes, type Outcome, type RunFailure } from '#lib/domain/run.ts';
import { runStream } from './event-stream.server.ts';
import { problemResponse, type Refusal } from './problem.server.ts';

/** What an answer has to know of a result. */
interface Ended {
  outcome: Outcome;
  error: RunFailure | null;
  retryAfterSeconds: number | null;
}

/** Whether the caller takes server-sent events. */
export function wantsStream({ headers }: Request): boolean {
  const accepted = (headers.get('accept') ?? '').split(',');
  return accepted.some((part) => part.split(';')[0]?.trim().toLowerCase() === 'text/event-stream');
}

/** The run is left when the caller goes away. A run that the host did not make is a problem, while it still can be. */
export async function answerRun<Result extends Ended>(
  request: Request,
  listener: RunListener<Result>,
): Promise<Response> {
  const leave = () => listener.leave();
  request.signal.addEventListener('abort', leave, { once: true });
  if (request.signal.aborted) leave();
  const isStream = wantsStream(request);
  let event: RunEvent<Result> | null;
  do {
    event = await listener.next();
    if (event?.kind === 'result') break;
    // Until something is heard, the answer can still be that there is no run.
    if (isStream) return stream(event, listener);
  } while (event);
  // Nobody is left to read it.
  if (!event) return new Response(null, { status: 499 });
  if (hostOutcomes.has(event.result.outcome)) return problemResponse(refusalOf(event.result));
  if (isStream) return stream(event, listener);
  return json(event.result, { headers: { 'cache-control': 'no-store' } });
}

function stream(first: RunEvent<object> | null, listener: RunListener<object>): Response {
  return new Response(runStream(first, listener), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}

/** Of a run that the host did not make. */
function refusalOf({ outcome, error, retryAfterSeconds }: Ended): Refusal {
  const detail = error?.message ?? 'Nothing was run. Ask again.';
  if (outcome !== 'busy') return { type: 'not-run', detail };
  return { type: error?.type === 'BusyOwner' ? 'busy-owner' : 'busy', detail, retryAfterSeconds };
}
