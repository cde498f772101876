/** The shapes of a recording as it is sent. They describe it; it was checked when it was made. */
import { z } from 'zod';
import {
  mostSteps,
  stepKinds,
  type RecordedStep,
  type RecordingHead,
} from '#lib/domain/recording.ts';

const number = (description: string) => z.int().min(0).describe(description);
const numberOf = (what: string) => number(`Number of the ${what}, from 0.`);

export const recordingHeadSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  steps: z.int().min(0).max(mostSteps).describe('How many there are; they travel in parts.'),
  files: z.array(z.string()).describe("The program's files by path; the main one first."),
  threads: z.array(z.string()).describe('`loop` or `main`, then `worker-1`, ...'),
  tasks: z.array(
    z.object({ name: z.string(), request: number('The request it works for, from 1; 0: none.') }),
  ),
  frames: z.array(
    z.object({
      function: z.string().describe('Its qualified name; `<module>` at top level.'),
      file: numberOf('file'),
      parent: z
        .int()
        .nullable()
        .describe('The frame that called or awaits it; null: none of the program.'),
    }),
  ),
  cut: z.enum(['steps', 'bytes']).nullable().describe('What kept it from going on; null: nothing.'),
  micros: number('How long the run took from the first step on, in microseconds.'),
}) satisfies z.ZodType<RecordingHead>;

export const recordedStepsSchema = z.array(
  z.object({
    kind: z.enum(stepKinds),
    at: number('Microseconds since the recording began; never goes back.'),
    thread: numberOf('thread'),
    task: numberOf('task').optional(),
    frame: numberOf('frame').optional(),
    line: z.int().min(1).optional(),
    changed: z
      .array(z.tuple([z.string(), z.string().nullable()]))
      .optional()
      .describe('Names whose values have changed, with these as text; null: the name is gone.'),
    text: z.string().optional(),
    until: number('When what began here was over, in microseconds.').optional(),
    tasks: z.array(z.int().min(0)).optional().describe('Those that are waited for.'),
    hop: numberOf('hop to a thread').optional(),
    request: z.int().min(1).optional(),
  }),
) satisfies z.ZodType<Loose<RecordedStep>[]>;

/** A field that may be left out may be undefined, too: JSON knows no difference. */
type Loose<T> = { [Name in keyof T]: T[Name] | undefined };
