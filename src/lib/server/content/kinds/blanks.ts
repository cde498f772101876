/** `blanks`: a program with blanks, filled from a bank of tokens. */
import { z } from 'zod';
import type { BlanksExercise } from '#lib/domain/exercise.ts';
import { blankMarks } from '#lib/domain/fillings.ts';
import { canonicalJson, contentVersionOf } from '../content-version.ts';
import { checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { expectation, prose, python, shared } from '../schema-parts.ts';
import type { SourceFile } from '../source.ts';
import { checkBlanks, checkKeyHidden, checkMisconceptions, toMisconception } from './blanks-rules.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';

const token = z
  .string()
  .regex(/^\S(.*\S)?$/, 'text on one line, with no space before or after it')
  .describe('What can be put into a blank. Quote it when YAML would read it as something else.');

const blanksSchema = z
  .strictObject({
    ...shared,
    kind: z.literal('blanks'),
    program: python.describe(
      'Real and complete Python, its imports shown. Blanks are <<1>>, <<2>>, ... in any order.',
    ),
    expect: expectation,
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

export type BlanksFile = z.infer<typeof blanksSchema>;

function read(source: SourceFile, id: string, context: LessonContext): BlanksExercise | null {
  const fields = readFields(source, blanksSchema);
  checkBlanks(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.misconceptions ?? []).map(({ says }, index): [string, string] => [
      `misconceptions.${index}.says`,
      says,
    ]),
  ]);
  checkKeyHidden(source, fields);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as BlanksFile;
  const blanks = new Set(blankMarks(file.program).map((mark) => mark.blank)).size;
  checkMisconceptions(source, file, blanks);
  const exercise = {
    ...file,
    id,
    blanks,
    misconceptions: file.misconceptions.map(toMisconception),
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

/** What the meaning of a filling depends on. */
export function meaningOf({
  expect,
  bank,
  answers,
}: Pick<BlanksExercise, 'expect' | 'bank' | 'answers'>): Record<string, unknown> {
  return { expect, bank: [...bank].sort(), answers: answers.map(canonicalJson).sort() };
}

export const blanksKind = {
  kind: 'blanks',
  schema: blanksSchema,
  marks: ['bank'],
  read,
} satisfies ExerciseKind;
