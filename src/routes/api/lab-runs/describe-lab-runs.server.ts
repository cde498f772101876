/** What the description says of lab runs. */
import { mostLoadMs } from '#lib/domain/lab-run.ts';
import { clientOf, type LabResult } from '#lib/domain/lab.ts';
import type { App } from '#lib/server/app.ts';
import { labRunLimits, labWaitMs } from '#lib/server/use-cases/run-lab-scenario.ts';
import {
  described,
  internalError,
  jsonResponse,
  problemResponses,
  ref,
  runResponse,
  stackText,
} from '../openapi-parts.server.ts';
import type { ProblemType } from '../problem.server.ts';
import { maxBodyBytes } from '../read-body.server.ts';
import { labRunAnswerSchema } from './lab-run-answer.server.ts';
import { labRunRequestSchema, type LabRunBody } from './lab-run-request.server.ts';

const request: LabRunBody = {
  lesson: 'django/async/when-async-helps',
  scenario: 'async-waits',
  load: { requests: 1, waitMs: 200 },
};

function exampleResult(runtime: App['runtime']): LabResult {
  return {
    ...{ outcome: 'finished', error: null, stdout: '', stderr: '' },
    truncated: { stdout: false, stderr: false },
    client: clientOf([
      { request: 1, sent: 0, connected: 450, answered: 212_300, status: 200, error: null },
    ]),
    upstream: { count: 1, maxOpen: 1, calls: [[8_100, 208_400]] },
    loop: { ticks: 190, longestGapMs: 4.2 },
    spans: [
      {
        request: 1,
        process: 1,
        thread: 'loop',
        entered: 2_600,
        left: 210_900,
        ticks: 186,
        waits: [[7_300, 209_800]],
      },
    ],
    cut: false,
    usage: { wallMs: 1_460, cpuMs: 1_120, peakBytes: 74_448_896 },
    limits: labRunLimits,
    ...{ runtime, retryAfterSeconds: null },
  };
}

const problemTypes: ProblemType[] = [
  ...(['bad-request', 'other-origin', 'no-scenario', 'too-large', 'not-json'] as const),
  ...(['unfit-load', 'too-often', 'busy-owner', 'busy', 'not-run'] as const),
];

function description(runtime: App['runtime']): string {
  const { wallMs } = labRunLimits;
  const { answer, stream } = labWaitMs;
  return [
    `Puts a scenario of a lesson's Performance mode under load, on a real server and on ${stackText(runtime)}: as its author wrote it, or with another load, or with a program in place of the author's. The server, the view that is asked for, rows and apps are the scenario's.`,
    `The body may have ${maxBodyBytes} bytes in all. Of the load, only the numbers that the scenario lets one change can be given (others only as they are); a changed load that cannot end within ${mostLoadMs} ms, whatever the views do, is refused.`,
    `There is one lab on a site, and one run at a time in it. A run is ended after ${wallMs / 1000} seconds, and its outcome is then \`time-limit\`. A run that has found no place after ${answer / 1000} seconds, or as a stream after ${stream / 1000}, is \`busy\`. Between callers (a learner's cookie, or else an address) places go round.`,
    'A run is cancelled when its caller goes away. Nothing of it is kept.',
    'With `Accept: text/event-stream` the answer is a stream of `queued`, `started` and `result` events; after `result` it ends. When it has begun, a run that could not be made is told by the outcome of its result, `busy` or `infrastructure`, since the status has been sent.',
  ].join('\n\n');
}

export function labRunPaths(runtime: App['runtime']) {
  const example = exampleResult(runtime);
  return {
    '/api/lab-runs': {
      post: {
        operationId: 'labRun',
        summary: 'Put a scenario of a lesson under load',
        description: description(runtime),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: ref('LabRunRequest'), example: request } },
        },
        responses: {
          '200': runResponse('LabResult', example, {
            queued: { schema: ref('Event-queued'), example: { ahead: 1 } },
            started: { schema: ref('Event-started'), example: {} },
            result: { schema: ref('LabResult'), example },
          }),
          ...problemResponses(problemTypes),
          '500': internalError,
        },
      },
    },
    '/api/lab-runs/{id}': {
      get: {
        operationId: 'keptLabRun',
        summary: 'A measured run that a lesson shows',
        description: 'Compressed by gzip for who takes it so. It never changes.',
        parameters: [
          {
            ...{ name: 'id', in: 'path', required: true },
            ...{ description: 'As the page names it.', schema: { type: 'string' } },
          },
        ],
        responses: {
          '200': jsonResponse('It is there.', 'LabResult'),
          ...problemResponses(['no-lab-run']),
        },
      },
    },
  };
}

export const labRunSchemas = {
  LabRunRequest: described(labRunRequestSchema),
  LabResult: described(labRunAnswerSchema),
};
