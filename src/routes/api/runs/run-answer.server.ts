/** The shapes of what the run API answers with. They describe it; what is sent is made elsewhere. */
import { z } from 'zod';
import type { RunEvent } from '#lib/domain/heard-run.ts';
import { outcomes } from '#lib/domain/run.ts';
import type { AskedResult } from '#lib/server/use-cases/ask-for-run.ts';
import type { Problem } from '../problem.server.ts';

/** What is told of a run that has ended: with its id, so that it can be asked for again. */
export type RunAnswer = { id: string } & AskedResult;

const count = (description: string) => z.int().min(0).describe(description);

const error = z.object({
  type: z.string().describe("The exception's class name, or the sandbox's own word."),
  message: z.string(),
  line: z.int().nullable().describe('1-based line in the program; null when unknown.'),
  place: z.enum(['load', 'view', 'drive', 'expect']),
  frames: z
    .array(z.object({ file: z.string(), line: z.int(), function: z.string() }))
    .describe("The traceback's steps in the program's own files, outermost first."),
});

/** What any run's result says. */
export const resultParts = {
  outcome: z
    .enum(outcomes)
    .describe('How the run ended. In `finished` alone the program came to its own end.'),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z
    .object({ stdout: z.boolean(), stderr: z.boolean() })
    .describe('Whether there was more than `limits.outputBytes`.'),
  error: error.nullable(),
  usage: z.object({
    wallMs: z.number().min(0),
    cpuMs: z.number().min(0),
    peakBytes: z.number().min(0),
  }),
  limits: z.object({
    wallMs: z.int(),
    cpuMs: z.int(),
    memoryBytes: z.int(),
    outputBytes: z.int(),
    diskBytes: z.int(),
    files: z.int(),
  }),
  runtime: z.object({ name: z.string(), versions: z.record(z.string(), z.string()) }),
  retryAfterSeconds: z.int().nullable().describe('For `busy`: when to ask again; else null.'),
};

export const runAnswerSchema = z.object({
  id: z.uuid(),
  ...resultParts,
  exit: z.int().nullable().describe("The process's exit code; null when it was killed."),
  recording: z
    .string()
    .nullable()
    .optional()
    .describe(
      'Where `record` was asked for: the id of the recording, for `/api/recordings/<id>`; null when the run left none that can be read.',
    ),
}) satisfies z.ZodType<RunAnswer>;

/** The data of each event of a stream, by the event's name. */
export const runEventSchemas = {
  queued: z.object({ ahead: count('How many runs go first.') }),
  started: z.object({}),
  output: z.object({ stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  result: runAnswerSchema,
} satisfies Record<RunEvent<RunAnswer>['kind'], z.ZodType>;

export const problemSchema = z.object({
  type: z.string().describe('Names the kind of problem.'),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What was wrong and what to do.'),
  problems: z
    .array(z.object({ path: z.string(), expected: z.string(), found: z.string() }))
    .describe('Each thing that is wrong; `path` is a JSON Pointer into the body, or a header.'),
}) satisfies z.ZodType<Problem>;
