/**
 * What the files of a catalogue may hold. Each field is described, because authors read these
 * descriptions in their editor (the JSON Schema in docs/schema is made from them). Those of exercises are
 * in `kinds`, a file for each.
 */
import { z } from 'zod';
import { exerciseKinds } from './kinds/exercise-kinds.ts';
import { labSchema } from './lab/lab-schema.ts';
import { projectSchema, stepSchema } from './project/project-schema.ts';
import { prose, slug } from './schema-parts.ts';
import { visualizeSchema } from './visualize/visualize-schema.ts';

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

export type LessonFile = z.infer<typeof lessonSchema>;

/**
 * The JSON Schema of each kind of file, for editors.
 * @returns File name to text, ending with a newline.
 */
export function jsonSchemas(): Record<string, string> {
  const [first, ...others] = exerciseKinds.map(({ schema }) => schema);
  const exercise = z.discriminatedUnion('kind', [first!, ...others]);
  const byName = {
    ...{ track: trackSchema, unit: unitSchema, lesson: lessonSchema, exercise },
    ...{ project: projectSchema, step: stepSchema, visualize: visualizeSchema, lab: labSchema },
  };
  return Object.fromEntries(
    Object.entries(byName).map(([name, schema]) => [
      `${name}.schema.json`,
      JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2) + '\n',
    ]),
  );
}
