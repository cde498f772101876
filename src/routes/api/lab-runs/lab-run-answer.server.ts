/** The shape of a lab run's result as it is sent. It describes it; what is sent is made elsewhere. */
import { z } from 'zod';
import type { LabResult } from '#lib/domain/lab.ts';
import { resultParts } from '../runs/run-answer.server.ts';

const count = (description: string) => z.int().min(0).describe(description);
const micros = (description: string) =>
  z.int().min(0).describe(`${description} In microseconds since the client began.`);
const ms = (description: string) => z.number().min(0).describe(`${description} In milliseconds.`);

const requestSeen = z.object({
  request: z.int().min(1),
  sent: micros('When it was sent.'),
  connected: micros('When it was connected.').nullable(),
  answered: micros('When its answer was whole; null: it never was.').nullable(),
  status: z.int().nullable(),
  error: z.string().nullable().describe('Why there is no answer: the class of an exception.'),
});

const span = z
  .object({
    request: count('0: it is not known which.'),
    process: count('The worker, from 1.'),
    thread: z.string().describe('`loop`, or `thread-1`, ... of that process.'),
    entered: micros('When the view was entered.'),
    left: micros('When it was left; null: never.').nullable(),
    ticks: count('Turns of the event loop meanwhile; 0: it was held, or there is none.'),
    waits: z
      .array(z.tuple([micros('An await that gave up the thread.'), micros('Resumed.').nullable()]))
      .describe('Null: never resumed.'),
  })
  .describe("One stay in a view, by the program's own word.");

export const labRunAnswerSchema = z.object({
  ...resultParts,
  client: z
    .object({
      requests: z.array(requestSeen),
      answered: count('How many got a whole answer with a status below 400.'),
      wallMs: ms('From the first request sent to the last answer.'),
      perSecond: z.number().min(0).describe('Answers a second.'),
      medianMs: ms('Of the answered ones.').nullable(),
      p95Ms: ms('Within it 95 of a hundred were answered.').nullable(),
    })
    .describe('What was measured where no code of the program runs.'),
  upstream: z
    .object({
      count: count('Calls in all.'),
      maxOpen: count('Calls that were open at once, at most.'),
      calls: z.array(z.tuple([micros('Begun.'), micros('Ended.').nullable()])),
    })
    .describe('What the views wait for.'),
  loop: z
    .object({ ticks: count('Its turns.'), longestGapMs: ms('The longest time without one.') })
    .nullable()
    .describe('Of the event loops of an ASGI server; null for a WSGI server.'),
  spans: z.array(span),
  cut: z.boolean().describe('Whether there was more than a record holds.'),
}) satisfies z.ZodType<LabResult>;
