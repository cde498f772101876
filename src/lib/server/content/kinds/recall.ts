/** `recall`: to be explained in one's own words, held against an answer and its points, and rated by oneself. */
import { z } from 'zod';
import { pools, type RecallExercise } from '#lib/domain/exercise.ts';
import { contentVersionOf } from '../content-version.ts';
import { checkMarks, checkObjective, checkRepeats, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { prose, python, pythonExpression, shared, slug } from '../schema-parts.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';

// Whoever answers rates it: so it has no hints, and its answer takes the place of a solution.
const { hints: _hints, solution: _solution, ...head } = shared;

/** So that an answer with all of its points is short enough to be read back when memory is. */
const longestId = 32;

const recallSchema = z
  .strictObject({
    ...head,
    kind: z.literal('recall'),
    pool: z
      .enum(pools)
      .extract(['review', 'try'])
      .describe('What one rates oneself is for Review; it may be tried as well. No Test has it.'),
    program: python
      .optional()
      .describe(
        'Real and complete Python that shows that the facts are so. Left out only where none is stated.',
      ),
    drive: python
      .default('')
      .describe('Python that makes the program act and reports what `holds` speaks of.'),
    answer: z
      .array(prose)
      .min(1, 'at least one paragraph')
      .max(4, 'at most four paragraphs')
      .describe('A good answer in full sentences, a paragraph each. A block list.'),
    rubric: z
      .array(
        z.strictObject({
          id: slug.max(longestId, `at most ${longestId} letters`).describe('Names the point.'),
          text: prose.describe('Something that a good answer has in it, as a sentence.'),
          holds: pythonExpression
            .optional()
            .describe('A Python expression over the observations that says the same as the text.'),
        }),
      )
      .min(2, 'at least two points')
      .max(6, 'at most six points')
      .describe('What learners tick when the answer is shown. A block list.'),
  })
  .describe('A question to be answered in one’s own words, with an answer to hold them against.');

type RecallFile = z.infer<typeof recallSchema>;

/** A fact is shown by a program that is driven and by a point that is judged; without one of them by nothing. */
function checkFact(source: SourceFile, { program, drive, rubric }: Partial<RecallFile>): void {
  if (source.places['program'] === undefined) {
    for (const path of ['drive', 'serve'].filter((each) => each in source.places)) {
      reportAt(source, path, {
        expected: 'a `program` to go with it',
        found: 'none',
        fix: 'Add the program that shows that the facts are so, or take this out.',
      });
    }
    for (const [index, { holds }] of (rubric ?? []).entries()) {
      if (holds === undefined) continue;
      reportAt(source, `rubric.${index}.holds`, {
        expected: 'a `program` whose run it is about',
        found: 'none',
        fix: 'Add `program` and `drive`, or take `holds` out where no fact is stated.',
      });
    }
    return;
  }
  if (program !== undefined && drive === '') {
    reportAt(source, 'program', {
      expected: 'a `drive` that observes what the program does',
      found: 'none',
      fix: 'Add `drive` with `observe("name", ...)`, and say in `holds` what must be so.',
    });
  }
  if (rubric && rubric.every(({ holds }) => holds === undefined)) {
    reportAt(source, 'rubric', {
      expected: 'at least one point with `holds`, which the run must bear out',
      found: 'none',
      fix: 'Add `holds` to each point that states a fact, or take the program out.',
    });
  }
}

function read(source: SourceFile, id: string, context: LessonContext): RecallExercise | null {
  const fields = readFields(source, recallSchema);
  checkMarks(source, fields.program, null);
  checkFact(source, fields);
  const ids = (fields.rubric ?? []).map((point) => point.id);
  checkRepeats(source, 'rubric', ids, 'point');
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.answer ?? []).map((text, index): [string, string] => [`answer.${index}`, text]),
    ...(fields.rubric ?? []).map(({ text }, at): [string, string] => [`rubric.${at}.text`, text]),
  ]);
  checkObjective(source, fields.objective, context);
  if (!runnable) return null;
  const file = fields as RecallFile;
  const exercise = {
    ...{ ...file, id, program: file.program ?? '', hints: [], solution: [] },
    rubric: file.rubric.map(({ holds, ...point }) => ({ ...point, holds: holds?.trim() ?? null })),
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

/** What the meaning of ticked points depends on. */
function meaningOf({ rubric }: Pick<RecallExercise, 'rubric'>) {
  return { rubric: rubric.map(({ id, holds }) => `${id} ${holds ?? ''}`).sort() };
}

export const recallKind = {
  kind: 'recall',
  schema: recallSchema,
  marks: ['rubric'],
  read,
} satisfies ExerciseKind;
