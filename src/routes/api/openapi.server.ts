/** The API's description, made from the very schemas that requests are checked with. */
import { z } from 'zod';
import { mostSteps, partSteps } from '#lib/domain/recording.ts';
import { runLimits, type App } from '#lib/server/app.ts';
import { keptResults, maxWaitMs, type RunEvent } from '#lib/server/use-cases/ask-for-run.ts';
import { problemKinds, problemUri, type Problem, type ProblemType } from './problem.server.ts';
import { healthSchema } from './health-answer.server.ts';
import { recordedStepsSchema, recordingHeadSchema } from './recordings/recording-answer.server.ts';
import { maxBodyBytes } from './runs/read-body.server.ts';
import {
  problemSchema,
  runAnswerSchema,
  runEventSchemas,
  type RunAnswer,
} from './runs/run-answer.server.ts';
import { runRequestSchema, type RunBody } from './runs/run-request.server.ts';

const exampleId = '3f2b8c1e-6f0a-4c57-9d2e-1b7a5c9e4d10';

/** Of every shape one that it fits. */
export function examples(runtime: App['runtime']) {
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
  const events: Record<RunEvent['kind'], object> = {
    queued: { ahead: 1 },
    started: {},
    output: { stream: 'stdout', text: '7\n' },
    result: answer,
  };
  return { request, answer, problem, events };
}

const failureSchema = z.object({ message: z.string(), id: z.string().optional() });

/** A schema as OpenAPI 3.1 has it: JSON Schema 2020-12. Readers must bear fields that come later. */
function described(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const eventName = (kind: string) => `Event-${kind}`;

/** What a request for a run may be answered with. */
const { 'no-recording': noRecording, ...runProblemKinds } = problemKinds;
const problemStatuses = [...new Set(Object.values(runProblemKinds).map(({ status }) => status))];

/** One response for each status, with all kinds of problem that it can stand for. */
function problemResponses(example: Problem) {
  const kinds = Object.entries(runProblemKinds) as [
    ProblemType,
    { status: number; title: string },
  ][];
  return Object.fromEntries(
    problemStatuses.map((status) => {
      const own = kinds.filter(([, kind]) => kind.status === status);
      const description = own
        .map(([type, { title }]) => `${title} (\`${problemUri(type)}\`).`)
        .join(' ');
      const mayComeBack = own.some(([type]) => type === 'busy' || type === 'busy-owner');
      return [
        String(status),
        {
          description,
          ...(mayComeBack ? { headers: { 'Retry-After': retryAfter } } : {}),
          content: {
            'application/problem+json': {
              schema: ref('Problem'),
              ...(status === example.status ? { example } : {}),
            },
            // A form is refused before it comes here.
            ...(status === 403 ? { 'text/plain': { schema: { type: 'string' } } } : {}),
          },
        },
      ];
    }),
  );
}

const retryAfter = {
  description: 'When to ask again, in whole seconds. Not there when programs cannot be run at all.',
  schema: { type: 'integer', minimum: 1 },
};

function eventText(events: Record<string, object>): string {
  return Object.entries(events)
    .map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    .join('');
}

function runDescription({ name, versions }: App['runtime']): string {
  const stack = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
  const { milliseconds, inAll, ofOneOwner } = keptResults;
  return [
    `Runs a Python program in the sandbox on ${name}${stack.length > 0 ? ` (${stack.join(', ')})` : ''}.`,
    `The body may have ${maxBodyBytes} bytes in all; the request's schema says what a run may use.`,
    'With `of`, the run is one of something that a lesson shows: of an exercise that code answers, or of a program in its prose. `program` and `files` are then the text of the files that can be edited of it (those left out are as they are at the start), and the site adds the rest: file name, further files, what is served, the code that drives it, rows and apps. What a program prints while it is driven is its output. Nothing is judged. What is not served, or not answered with code, is unknown.',
    `With \`record\`, what the program does is recorded step by step, in at most ${mostSteps} steps, and the result names the recording: \`/api/recordings/{id}\` has it.`,
    `An id names one run of one caller (a learner's cookie, or else an address). Asking again with it and the same body attaches to the run while it goes on, from its beginning, or gives the result once more: results are kept for ${milliseconds / 60_000} minutes, the latest ${ofOneOwner} of a caller and ${inAll} in all. With another body the answer is 409.`,
    `A run that nobody waits for any more is cancelled, and its result is \`killed\`. A run that has found no place after ${maxWaitMs / 1000} seconds is \`busy\`.`,
    'With `Accept: text/event-stream` the answer is a stream of `queued`, `started`, `output` and `result` events; after `result` it ends. When it has begun, a run that could not be made is told by the outcome of its result, `busy` or `infrastructure`, since the status has been sent.',
  ].join('\n\n');
}

/** @param runtime - What programs run on here, with versions. */
export function openApiDocument(runtime: App['runtime']) {
  const { request, answer, problem, events } = examples(runtime);
  const eventRefs = Object.keys(runEventSchemas).map((kind) => [kind, ref(eventName(kind))]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Assay',
      version: '1',
      description: 'What machines can ask of a site.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: {
      '/api/runs': {
        post: {
          operationId: 'run',
          summary: 'Run a program',
          description: runDescription(runtime),
          requestBody: {
            required: true,
            content: { 'application/json': { schema: ref('RunRequest'), example: request } },
          },
          responses: {
            '200': {
              description: 'The run has ended, or, as a stream, goes on.',
              content: {
                'application/json': { schema: ref('RunResult'), example: answer },
                'text/event-stream': {
                  schema: { type: 'string' },
                  example: eventText(events),
                  // OpenAPI 3.1 has no word for the data of events.
                  'x-events': Object.fromEntries(eventRefs),
                },
              },
            },
            ...problemResponses(problem),
            '500': {
              description: 'Something went wrong on our side; the id finds it in the log.',
              content: { 'application/json': { schema: described(failureSchema) } },
            },
          },
        },
      },
      '/api/recordings/{id}': {
        get: recordingPath(
          'recording',
          'A recording without its steps',
          [idParameter],
          'RecordingHead',
        ),
      },
      '/api/recordings/{id}/{part}': {
        get: recordingPath(
          'recordedSteps',
          'Some steps of a recording',
          [idParameter, partParameter],
          'RecordedSteps',
        ),
      },
      '/health': {
        get: {
          operationId: 'health',
          summary: 'How the site is',
          responses: {
            '200': healthResponse('All is well.'),
            '503': healthResponse('The store cannot be read.'),
          },
        },
      },
    },
    components: {
      schemas: {
        RunRequest: described(runRequestSchema),
        RunResult: described(runAnswerSchema),
        ...Object.fromEntries(
          Object.entries(runEventSchemas).map(([kind, schema]) => [
            eventName(kind),
            kind === 'result' ? ref('RunResult') : described(schema),
          ]),
        ),
        RecordingHead: described(recordingHeadSchema),
        RecordedSteps: described(recordedStepsSchema),
        Problem: described(problemSchema),
        Health: described(healthSchema),
      },
    },
  };
}

const healthResponse = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref('Health') } },
});

const idParameter = {
  ...{ name: 'id', in: 'path', required: true },
  ...{ description: 'As a result names it.', schema: { type: 'string' } },
};
const partParameter = {
  ...{ name: 'part', in: 'path', required: true },
  description: `From 0; each but the last has ${partSteps} steps.`,
  schema: { type: 'integer', minimum: 0 },
};

function recordingPath(operationId: string, summary: string, parameters: object[], name: string) {
  const missing = 'There is no such recording, or no such part of it.';
  return {
    ...{ operationId, summary, parameters },
    description:
      'Compressed by gzip for who takes it so. A recording never changes; those of lessons stay, of those of learners the newest are kept.',
    responses: {
      '200': {
        description: 'It is there.',
        content: { 'application/json': { schema: ref(name) } },
      },
      [String(noRecording.status)]: {
        description: `${missing} (\`${problemUri('no-recording')}\`).`,
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    },
  };
}
