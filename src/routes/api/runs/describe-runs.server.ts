/** The run API's part of the description. */
import type { RunEvent } from '#lib/domain/heard-run.ts';
import { mostSteps } from '#lib/domain/recording.ts';
import { runLimits, type App } from '#lib/server/app.ts';
import { keptResults, maxWaitMs } from '#lib/server/use-cases/ask-for-run.ts';
import {
  described,
  internalError,
  problemResponses,
  ref,
  runResponse,
  stackText,
} from '../openapi-parts.server.ts';
import { problemKinds, problemUri, type Problem, type ProblemType } from '../problem.server.ts';
import { maxBodyBytes } from '../read-body.server.ts';
import { runAnswerSchema, runEventSchemas, type RunAnswer } from './run-answer.server.ts';
import { runRequestSchema, type RunBody } from './run-request.server.ts';

const exampleId = '3f2b8c1e-6f0a-4c57-9d2e-1b7a5c9e4d10';

/** Of every shape one that it fits. */
function examples(runtime: App['runtime']) {
  const request: RunBody = {
    id: exampleId,
    program: 'import shop\nprint(shop.total([3, 4]))\n',
    files: { 'shop.py': 'def total(prices):\n    return sum(prices)\n' },
    limits: { wallMs: 2_000 },
  };
  const answer: RunAnswer = {
    id: exampleId,
    outcome: 'finished',
    exit: 0,
    stdout: '7\n',
    stderr: '',
    truncated: { stdout: false, stderr: false },
    error: null,
    usage: { wallMs: 24, cpuMs: 21, peakBytes: 61_865_984 },
    limits: { ...runLimits, wallMs: 2_000 },
    runtime,
    retryAfterSeconds: null,
  };
  const problem: Problem = {
    type: problemUri('bad-request'),
    title: problemKinds['bad-request'].title,
    status: problemKinds['bad-request'].status,
    detail: 'Nothing was run. Mend what `problems` lists, and ask again.',
    problems: [{ path: '/seed', expected: 'a whole number from 0 to 4294967295', found: '"x"' }],
  };
  const events: Record<RunEvent<RunAnswer>['kind'], object> = {
    queued: { ahead: 1 },
    started: {},
    output: { stream: 'stdout', text: '7\n' },
    result: answer,
  };
  return { request, answer, problem, events };
}

/** What a request for a run may be answered with. */
const problemTypes: ProblemType[] = [
  ...(['bad-request', 'other-origin', 'other-request', 'too-large', 'not-json'] as const),
  ...(['too-often', 'busy-owner', 'busy', 'not-run'] as const),
];

function description(runtime: App['runtime']): string {
  const { milliseconds, inAll, ofOneOwner } = keptResults;
  return [
    `Runs a Python program in the sandbox on ${stackText(runtime)}.`,
    `The body may have ${maxBodyBytes} bytes in all; the request's schema says what a run may use.`,
    'With `of`, the run is one of something that a lesson shows: of an exercise that code answers, or of a program in its prose. `program` and `files` are then the text of the files that can be edited of it (those left out are as they are at the start), and the site adds the rest: file name, further files, what is served, the code that drives it, rows and apps. What a program prints while it is driven is its output. Nothing is judged. What is not served, or not answered with code, is unknown.',
    `With \`record\`, what the program does is recorded step by step, in at most ${mostSteps} steps, and the result names the recording: \`/api/recordings/{id}\` has it.`,
    `An id names one run of one caller (a learner's cookie, or else an address). Asking again with it and the same body attaches to the run while it goes on, from its beginning, or gives the result once more: results are kept for ${milliseconds / 60_000} minutes, the latest ${ofOneOwner} of a caller and ${inAll} in all. With another body the answer is 409.`,
    `A run that nobody waits for any more is cancelled, and its result is \`killed\`. A run that has found no place after ${maxWaitMs / 1000} seconds is \`busy\`.`,
    'With `Accept: text/event-stream` the answer is a stream of `queued`, `started`, `output` and `result` events; after `result` it ends. When it has begun, a run that could not be made is told by the outcome of its result, `busy` or `infrastructure`, since the status has been sent.',
  ].join('\n\n');
}

const eventName = (kind: string) => `Event-${kind}`;

export function runPaths(runtime: App['runtime']) {
  const { request, answer, problem, events } = examples(runtime);
  const told = Object.entries(events).map(([kind, example]) => [
    kind,
    { schema: ref(eventName(kind)), example },
  ]);
  return {
    '/api/runs': {
      post: {
        operationId: 'run',
        summary: 'Run a program',
        description: description(runtime),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: ref('RunRequest'), example: request } },
        },
        responses: {
          '200': runResponse('RunResult', answer, Object.fromEntries(told)),
          ...problemResponses(problemTypes, problem),
          '500': internalError,
        },
      },
    },
  };
}

export const runSchemas = {
  RunRequest: described(runRequestSchema),
  RunResult: described(runAnswerSchema),
  ...Object.fromEntries(
    Object.entries(runEventSchemas).map(([kind, schema]) => [
      eventName(kind),
      kind === 'result' ? ref('RunResult') : described(schema),
    ]),
  ),
};
