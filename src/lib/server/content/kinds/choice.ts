/** `choice`: options, each a claim about one run or code that is run itself. */
import { z } from 'zod';
import type { ChoiceExercise } from '#lib/domain/exercise.ts';
import { canonicalJson, contentVersionOf } from '../content-version.ts';
import { checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { prose, python, pythonExpression, shared, slug } from '../schema-parts.ts';
import type { SourceFile } from '../source.ts';
import { checkChoice } from './choice-rules.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';

const choiceSchema = z
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
          holds: pythonExpression
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

export type ChoiceFile = z.infer<typeof choiceSchema>;

function read(source: SourceFile, id: string, context: LessonContext): ChoiceExercise | null {
  const fields = readFields(source, choiceSchema);
  checkChoice(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.options ?? []).flatMap(({ text, why }, index): [string, string][] => [
      [`options.${index}.text`, text],
      [`options.${index}.why`, why],
    ]),
  ]);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as ChoiceFile;
  const exercise = {
    ...file,
    id,
    expect: file.expect ?? null,
    options: file.options.map(({ holds, code, ...option }) => ({
      ...option,
      holds: holds?.trim() ?? null,
      code: code ?? null,
    })),
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

/** What the meaning of an option depends on. */
function meaningOf({
  expect,
  options,
  answers,
}: Pick<ChoiceExercise, 'expect' | 'options' | 'answers'>): Record<string, unknown> {
  return {
    expect,
    options: options.map(({ id, holds, code }) => canonicalJson({ id, holds, code })).sort(),
    answers: [...answers].sort(),
  };
}

export const choiceKind = {
  kind: 'choice',
  schema: choiceSchema,
  marks: ['options'],
  read,
} satisfies ExerciseKind;
