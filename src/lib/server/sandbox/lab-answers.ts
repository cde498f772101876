/** What the lab's container answers, checked field by field: parts of it come from the program's process. */
import {
  clientOf,
  type LabEvent,
  type LabRequestSeen,
  type LabResult,
  type LabServer,
  spansOf,
} from '#lib/domain/lab.ts';
import { outcomes } from '#lib/domain/run.ts';
import { z } from 'zod';
import { AnswerError } from './answers.ts';

/** A lab run's result, without what this side adds to it. */
export type LabAnswer = Omit<LabResult, 'limits' | 'runtime' | 'retryAfterSeconds'>;

const kinds = ['received', 'view-entered', 'await', 'resumed', 'view-left', 'answered'] as const;
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const mostRequests = 200;

const failure = z.strictObject({
  type: z.string(),
  message: z.string(),
  line: whole.nullable(),
  place: z.enum(['load', 'view', 'drive', 'expect']),
  frames: z.array(z.strictObject({ file: z.string(), line: whole, function: z.string() })),
});

const answer = z.strictObject({
  outcome: z.enum(outcomes),
  error: failure.nullable(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.strictObject({ stdout: z.boolean(), stderr: z.boolean() }),
  usage: z.strictObject({ wallMs: z.number(), cpuMs: z.number(), peakBytes: z.number() }),
  /** Number, sent, connected, answered, status, error. */
  requests: z
    .array(
      z.tuple([
        whole,
        whole,
        whole.nullable(),
        whole.nullable(),
        whole.nullable(),
        z.string().nullable(),
      ]),
    )
    .max(mostRequests),
  upstream: z.strictObject({
    count: whole,
    maxOpen: whole,
    calls: z.array(z.tuple([whole, whole.nullable()])),
  }),
  loop: z.strictObject({ ticks: whole, longestGapUs: whole }).nullable(),
  /** Process, kind, thread, request, at, ticks. */
  events: z.array(z.tuple([whole, whole.max(kinds.length - 1), whole, whole, whole, whole])),
  cut: z.boolean(),
});

/** @throws AnswerError */
export function readLab(said: unknown, server: LabServer): LabAnswer {
  const read = answer.safeParse(said);
  if (!read.success) {
    const { path, message } = read.error.issues[0]!;
    throw new AnswerError(`a lab run's ${path.join('.')} has another form: ${message}`);
  }
  const { requests, events, loop, ...rest } = read.data;
  return {
    ...rest,
    client: clientOf(requests.map(seenOf)),
    loop: loop && { ticks: loop.ticks, longestGapMs: loop.longestGapUs / 1000 },
    spans: spansOf(events.map(eventOf), server),
  };
}

type Answer = z.infer<typeof answer>;

function seenOf([
  request,
  sent,
  connected,
  answered,
  status,
  error,
]: Answer['requests'][number]): LabRequestSeen {
  return { request, sent, connected, answered, status, error };
}

function eventOf([process, kind, thread, request, at, ticks]: Answer['events'][number]): LabEvent {
  return { process, kind: kinds[kind]!, thread, request, at, ticks };
}
