/** What `visualize.yaml` may hold. */
import { z } from 'zod';
import { stepKinds } from '#lib/domain/recording.ts';
import { drive, prose, serve } from '../schema-parts.ts';

const part = z.string().regex(/\S/, 'some text');

const step = {
  kind: z.enum(stepKinds).optional().describe('What the step is, such as `await` or `idle`.'),
  function: part.optional().describe('The function of the program that the step is in.'),
  line: part.optional().describe('A part of the text of its line; no number.'),
  request: z.int().min(1, 'at least 1').optional().describe('The number of the request, from 1.'),
  task: part.optional().describe("The task's name."),
  thread: part.optional().describe('The thread: `loop`, `main`, `worker-1`, ...'),
  text: part.optional().describe('A part of what the step says: a returned value, what is printed.'),
  nth: z.int().min(1, 'at least 1').optional().describe('Which of those steps; the first if left out.'),
};

const place = z.strictObject({
  ...step,
  after: z.strictObject(step).optional().describe('Only what comes behind this place.'),
});

const at = place.describe('A place in the record: the first, or the `nth`, step that is like this.');

/** The ways to say what is looked up; exactly one of the first five names. */
const looked = {
  step: place.optional().describe('The number of this step.'),
  count: place.optional().describe('How many steps are like this.'),
  thread: place.optional().describe('The thread of this step.'),
  task: place.optional().describe('The task of this step.'),
  value: part.optional().describe('The value of this name, as text, at the place `at`.'),
  at: at.optional().describe('The place of `value`.'),
};

export const visualizeSchema = z
  .strictObject({
    title: prose.describe('What is watched, in a few words.'),
    program: z
      .string()
      .regex(/\S/, 'Python source, or `programs/<name>.py`')
      .describe('A program of the lesson, `programs/<name>.py`, or a block of Python source.'),
    serve: serve.default({}).describe('URL path to the name of the view. Left out: a script.'),
    drive: drive
      .optional()
      .describe('Python that makes the program act: await request(...), await requests(...).'),
    intro: prose.describe('What the program does and what to look for. One paragraph.'),
    moments: z
      .array(
        z.strictObject({
          at,
          title: prose.describe('What happens here, in a few words.'),
          says: prose.describe('What it means, in a sentence or two.'),
        }),
      )
      .min(3, 'at least three moments')
      .max(12, 'at most twelve moments')
      .describe('Places at which there is something to say. A block list.'),
    quiz: z
      .array(
        z.strictObject({
          ask: prose.describe('A question whose answer is in the record.'),
          key: z
            .strictObject(looked)
            .describe('What is looked up: `step`, `count`, `thread`, `task`, or `value` with `at`.'),
          wrong: z
            .array(
              z.strictObject({
                ...looked,
                text: part.optional().describe('Or: a text that the record does not come to; code in it between backticks.'),
                why: prose.describe('Why it is wrong.'),
              }),
            )
            .min(2, 'at least two wrong options')
            .max(5, 'at most five wrong options')
            .describe('Each looked up as the key is, or a text. A block list.'),
          why: prose.describe('Why the key is right.'),
        }),
      )
      .length(3, 'three questions')
      .describe('Three questions. A block list.'),
  })
  .describe('A recorded program, its moments, and three questions that the record answers.');

export type VisualizeFile = z.infer<typeof visualizeSchema>;
export type PlaceFile = z.infer<typeof place>;
export type LookedFile = VisualizeFile['quiz'][number]['key'];
