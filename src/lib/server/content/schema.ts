/**
 * What the files of a catalogue may hold. Each field is described, because authors read these
 * descriptions in their editor (the JSON Schema in docs/schema is made from them).
 */
import { z } from 'zod';
import { difficulties, pools } from '#lib/domain/exercise.ts';

/** The last part of a mode's address; `minutes` names the modes that a lesson has. */
export const modes = [
  'learn',
  'why',
  'deep-dive',
  'visualize',
  'try',
  'challenge',
  'project',
  'performance',
  'review',
  'test',
] as const;

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens');

/** Plain text with `code` spans; line breaks are only the author's way of folding it. */
const prose = z
  .string()
  .overwrite((text) => text.replace(/\s+/g, ' ').trim())
  .min(1, 'some text');

const python = z
  .string()
  .regex(/\S/, 'Python source')
  .overwrite((source) => source.replace(/\s+$/, '') + '\n');

const token = z
  .string()
  .regex(/^\S(.*\S)?$/, 'text on one line, with no space before or after it')
  .describe('What can be put into a blank. Quote it when YAML would read it as something else.');

export const trackSchema = z.strictObject({
  title: prose.describe('The track as learners read it, such as Django.'),
});

export const unitSchema = z.strictObject({
  title: prose.describe('The unit as learners read it, such as Async.'),
});

export const lessonSchema = z.strictObject({
  title: prose.describe('The one concept that the lesson teaches, as a line.'),
  summary: prose.describe('What a learner can do afterwards, in a sentence or two.'),
  objectives: z
    .array(
      z.strictObject({
        id: slug.describe('Named by exercises; never changes.'),
        text: prose.describe('What a learner who has reached it can do.'),
      }),
    )
    .min(1, 'at least one objective')
    .describe('What the lesson is for. Every exercise serves one of them. A block list.'),
  prerequisites: z
    .array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+$/, 'an id: track/unit/lesson'))
    .default([])
    .describe('Ids of lessons to know first: track/unit/lesson, without the ordering numbers.'),
  runtime: z
    .string()
    .regex(/^[a-z]+-[0-9.]+$/, 'a runtime such as django-5.2')
    .describe('The pinned stack that runs every program of the lesson, such as django-5.2.'),
  minutes: z
    .partialRecord(z.enum(modes), z.int().min(1, 'at least 1').max(600, 'at most 600'))
    .describe('Minutes for each mode that this lesson has.'),
  sources: z
    .array(
      z.strictObject({
        title: prose.describe('The document, as its publisher calls it.'),
        version: z.string().min(1, 'a version').describe('The version that was read. Quote it: "5.2".'),
        url: z.url({ protocol: /^https$/, error: 'an https address' }).describe('Where it stands.'),
      }),
    )
    .min(1, 'at least one source')
    .describe('What the lesson rests on: official documents by title and version.'),
});

const shared = {
  uid: z
    .string()
    .regex(/^ex_[a-z0-9]{6,12}$/, '`ex_` and 6 to 12 small letters or digits')
    .describe('Names the exercise for ever, whatever its file is called. ex_ and 6 to 12 of a-z, 0-9.'),
  difficulty: z.enum(difficulties).describe('A real judgement, not the number of blanks.'),
  objective: slug.describe('The id of the objective in lesson.yaml that the exercise serves.'),
  pool: z
    .enum(pools)
    .describe('Where it is shown. An exercise of the test pool is shown nowhere else.'),
  title: prose.describe('A few words that do not give the answer away.'),
  prompt: prose.describe('What to do, or the question. Plain text with `code` spans.'),
  serve: z
    .record(
      z.string().regex(/^\/\S*$/, 'an address that begins with /'),
      z.string().regex(/^[A-Za-z_]\w*$/, 'the name of a view in the program'),
    )
    .default({})
    .describe('URL path to the name of the view that answers it. Left out: nothing is served.'),
  drive: python.describe(
    'Python that makes the program act and reports: await request(...), await requests(...), async with watch(...), observe(name, value).',
  ),
  hints: z
    .array(prose)
    .min(1, 'at least one hint')
    .describe('Shown one at a time; each stronger than the one before. A block list.'),
  solution: z
    .array(prose)
    .min(1, 'at least one step')
    .describe('Why the right answer is right, in steps; shown when the round is over. A block list.'),
};

export const blanksSchema = z
  .strictObject({
    ...shared,
    kind: z.literal('blanks'),
    program: python.describe(
      'Real and complete Python, its imports shown. Blanks are <<1>>, <<2>>, ... in any order.',
    ),
    expect: python.describe(
      'Python that judges what was observed, by assert. It never sees the program.',
    ),
    bank: z
      .array(token)
      .min(2, 'at least two tokens')
      .describe('The tokens to choose from. Each may be used in several blanks.'),
    answers: z
      .array(z.array(token))
      .min(1, 'at least one right filling')
      .describe('Every right filling: one token for each blank, in the order of the numbers.'),
    misconceptions: z
      .array(
        z.strictObject({
          blank: z.int().min(1, 'a blank number').optional().describe('With `token`: only there.'),
          token: token.optional().describe('The wrong token that this is about.'),
          filling: z.array(token).optional().describe('Or: the whole wrong filling it is about.'),
          says: prose.describe('What really happens with it, and what was probably believed.'),
        }),
      )
      .default([])
      .describe('Every wrong filling needs one: by blank and token, by token, or whole. A block list.'),
  })
  .describe('An exercise with blanks to fill from a bank of tokens.');

export const choiceSchema = z
  .strictObject({
    ...shared,
    kind: z.literal('choice'),
    program: python.describe(
      'Real and complete Python. <<option>> stands where the code of an option goes.',
    ),
    expect: python
      .optional()
      .describe('Only when the options carry code: Python that judges what was observed.'),
    options: z
      .array(
        z.strictObject({
          id: slug.describe('Names the option; letters are painted by the page, never written.'),
          text: prose.describe('The option as a learner reads it.'),
          holds: z
            .string()
            .regex(/\S/, 'a Python expression')
            .optional()
            .describe('A Python expression over the observations that says the same as the text.'),
          code: python.optional().describe('Or: the code that is put in the place of <<option>>.'),
          why: prose.describe('Why it is right or wrong, from what was observed.'),
        }),
      )
      .min(2, 'at least two options')
      .max(8, 'at most eight options')
      .describe('All with `holds`, or all with `code`. A block list.'),
    answers: z
      .array(slug)
      .min(1, 'at least one right option')
      .describe('Ids of the options that hold.'),
  })
  .describe('An exercise with options, of which one is to be chosen.');

export type LessonFile = z.infer<typeof lessonSchema>;
export type BlanksFile = z.infer<typeof blanksSchema>;
export type ChoiceFile = z.infer<typeof choiceSchema>;

/**
 * The JSON Schema of each kind of file, for editors.
 * @returns File name to text, ending with a newline.
 */
export function jsonSchemas(): Record<string, string> {
  const exercise = z.discriminatedUnion('kind', [blanksSchema, choiceSchema]);
  const byName = { track: trackSchema, unit: unitSchema, lesson: lessonSchema, exercise };
  return Object.fromEntries(
    Object.entries(byName).map(([name, schema]) => [
      `${name}.schema.json`,
      JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2) + '\n',
    ]),
  );
}
