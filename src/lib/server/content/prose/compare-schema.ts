/** What a fence `yaml compare` may hold. */
import { z } from 'zod';

const line = z
  .string()
  .overwrite((text) => text.replace(/\s+/g, ' ').trim())
  .min(1, 'some text');

const compared = z.strictObject({
  file: z
    .string()
    .regex(/^programs\/[^/]+\.py$/, 'a program of the lesson: programs/<name>.py')
    .describe('The program, in the folder programs.'),
  label: line.describe('A few words that name it.'),
});

const expression = z
  .string()
  .regex(/^[^\n]*\S[^\n]*\n?$/, 'a Python expression on one line')
  .optional();

export const compareSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens')
    .describe('Names it in its lesson.'),
  title: line.describe('What is compared.'),
  before: compared.describe('The program that takes longer.'),
  after: compared.describe('The program that takes less.'),
  serve: z
    .record(
      z.string().regex(/^\/\S*$/, 'an address that begins with /'),
      z.string().regex(/^[A-Za-z_]\w*$/, 'the name of a view in both programs'),
    )
    .default({})
    .describe('URL path to the name of the view that answers it.'),
  drive: z
    .string()
    .regex(/\S/, 'Python source')
    .overwrite((source) => source.replace(/\s+$/, '') + '\n')
    .describe('Makes either of them act, and observes the number under the name of the unit.'),
  unit: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'a name such as ms, which the drive observes')
    .describe('The unit, and the name under which the drive observes the number.'),
  ratio: z
    .number()
    .gt(1, 'a number greater than 1')
    .max(1000, 'at most 1000')
    .describe('The median of before is at least so many times that of after.'),
  before_holds: expression.describe('A Python expression over what was observed of before.'),
  after_holds: expression.describe('A Python expression over what was observed of after.'),
});
