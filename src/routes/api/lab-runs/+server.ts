/** Puts a scenario of a lesson under load for a learner, and tells what was measured: at the end, or as it comes. */
import { labWaitMs, runLabScenario } from '#lib/server/use-cases/run-lab-scenario.ts';
import { answerRun, wantsStream } from '../answer-run.server.ts';
import { callerOf } from '../caller.server.ts';
import { problemResponse } from '../problem.server.ts';
import { readRunRequest } from '../read-request.server.ts';
import { readLabRun } from './lab-run-request.server.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { app } = event.locals;
  const body = await readRunRequest(event);
  if (!body.ok) return problemResponse(body.refusal);
  const read = readLabRun(app.catalogue, body.value);
  if (!read.ok) return problemResponse(read.refusal);
  const { available, reason } = await app.labTrial.settled();
  if (!available) return problemResponse({ type: 'not-run', detail: reason });
  const { request } = event;
  const listener = runLabScenario(
    {
      lab: app.lab,
      onTrouble: (problem) => app.log.error({ problem }, 'a lab run could not be made'),
    },
    {
      ...{ owner: callerOf(event), ...read.asked },
      maxWaitMs: wantsStream(request) ? labWaitMs.stream : labWaitMs.answer,
    },
  );
  return answerRun(request, listener);
};
