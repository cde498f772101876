/** Runs a learner's program, and tells what happened: at the end, or as it happens. */
import type { RunListener } from '#lib/domain/heard-run.ts';
import type { RunParts } from '#lib/domain/run-of.ts';
import type { AskedResult } from '#lib/server/use-cases/ask-for-run.ts';
import { isAskedNow } from '#lib/server/use-cases/is-asked-now.ts';
import { isDrawnNow } from '#lib/server/use-cases/is-drawn-now.ts';
import { answerRun } from '../answer-run.server.ts';
import { callerOf } from '../caller.server.ts';
import { problemResponse, type Refusal } from '../problem.server.ts';
import { badRequest, readRunRequest } from '../read-request.server.ts';
import type { RunAnswer } from './run-answer.server.ts';
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
  return answerRun(request, withId(id, asked.listener));
};

/** What is asked for, with what belongs to it; or why it is not run. */
async function readRun(
  event: RequestEvent,
): Promise<{ body: RunBody; parts: RunParts | null } | { refusal: Refusal }> {
  const read = await readRunRequest(event);
  if (!read.ok) return { refusal: read.refusal };
  const parsed = parseRunBody(read.value);
  if (!parsed.ok) return { refusal: badRequest(parsed.problems) };
  const { app } = event.locals;
  const { of } = parsed.body;
  const isAsked = of !== undefined && 'exercise' in of && (await isAsking(event.locals, of));
  const found = findRunParts(app.catalogue, parsed.body, isAsked);
  if ('problems' in found) return { refusal: badRequest(found.problems) };
  return { body: parsed.body, parts: found.parts };
}

/** Whether a test or the review asks the caller the exercise now. */
async function isAsking(
  { app, learnerId, zone }: App.Locals,
  of: { lesson: string; exercise: string },
): Promise<boolean> {
  return (await isAskedNow(app, learnerId, of)) || isDrawnNow(app, { learnerId, zone }, of);
}

/** The result is told with the run's id, so that it can be asked for again. */
function withId(id: string, listener: RunListener<AskedResult>): RunListener<RunAnswer> {
  return {
    leave: () => listener.leave(),
    next: async () => {
      const event = await listener.next();
      return event?.kind === 'result' ? { ...event, result: { id, ...event.result } } : event;
    },
  };
}
