/** `predict`: what a program prints is the question, and its run is the key. */
import { z } from 'zod';
import type { PredictExercise } from '#lib/domain/exercise.ts';
import { sameOutput, visibleOutput } from '#lib/domain/outputs.ts';
import { outputId } from '../answer-ids.ts';
import { contentVersionOf } from '../content-version.ts';
import { checkMarks, checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { shown } from '../finding.ts';
import { prose, python, shared } from '../schema-parts.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';

const predictSchema = z
  .strictObject({
    ...shared,
    kind: z.literal('predict'),
    program: python.describe(
      'Real and complete Python. What it prints, the drive included, is the key; nobody writes it down.',
    ),
    drive: python
      .default('')
      .describe('Optional Python that makes the program act; it may print. Learners see it.'),
    ask: z
      .enum(['choose', 'type'])
      .default('choose')
      .describe('Whether learners choose from outputs, or type the output.'),
    wrong: z
      .array(
        z.strictObject({
          output: z
            .string()
            .regex(/\S/, 'some output')
            .describe('An output that learners believe in. It must differ from the real one.'),
          why: prose.describe('What was probably believed, and why it is not so.'),
        }),
      )
      .max(7, 'at most seven')
      .default([])
      .describe('Wrong outputs; to choose from, at least two are needed. A block list.'),
  })
  .describe('An exercise that asks what a program prints.');

type PredictFile = z.infer<typeof predictSchema>;

/** How many wrong outputs there must be where learners choose: with fewer, chance is too good a guesser. */
const fewestToChooseFrom = 2;

function checkWrong(source: SourceFile, { ask, wrong }: Partial<PredictFile>): void {
  if (wrong && ask === 'choose' && wrong.length < fewestToChooseFrom) {
    reportAt(source, 'wrong' in source.places ? 'wrong' : 'kind', {
      expected: `at least ${fewestToChooseFrom} wrong outputs to choose from`,
      found: wrong.length === 0 ? 'none' : String(wrong.length),
      fix: 'Add outputs that learners believe in under `wrong`, or say `ask: type`.',
    });
  }
  for (const [index, { output }] of (wrong ?? []).entries()) {
    const first = wrong!.findIndex((each) => sameOutput(each.output, output));
    if (first === index) continue;
    reportAt(source, `wrong.${index}.output`, {
      expected: 'each wrong output once; white space at the ends of lines makes no difference',
      found: `${shown(output)} a second time`,
      fix: 'Take one of them out.',
    });
  }
}

function read(source: SourceFile, id: string, context: LessonContext): PredictExercise | null {
  const fields = readFields(source, predictSchema);
  checkMarks(source, fields.program, null);
  checkWrong(source, fields);
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.wrong ?? []).map(({ why }, index): [string, string] => [`wrong.${index}.why`, why]),
  ]);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as PredictFile;
  const exercise = {
    ...file,
    id,
    wrong: file.wrong.map((each) => ({ id: outputId(file.uid, each.output), ...each })),
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

/** What the meaning of a prediction depends on. */
function meaningOf({ ask, wrong }: Pick<PredictExercise, 'ask' | 'wrong'>) {
  return { ask, wrong: wrong.map(({ output }) => visibleOutput(output)).sort() };
}

export const predictKind = {
  kind: 'predict',
  schema: predictSchema,
  marks: ['wrong', 'ask'],
  read,
} satisfies ExerciseKind;
