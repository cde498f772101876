/** `fix` and `write`: exercises that are answered with a program. */
import { z } from 'zod';
import type { CodeExercise, ProgramFiles } from '#lib/domain/exercise.ts';
import { sameFiles } from '#lib/domain/code-answer.ts';
import { canonicalJson, contentVersionOf } from '../content-version.ts';
import { checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { expectation, python, shared } from '../schema-parts.ts';
import { reportAt, type SourceFile } from '../source.ts';
import { codeFields, fileName } from './code-parts.ts';
import { checkLineHidden, checkPieces, fileNameProblem, mostFiles } from './code-rules.ts';
import type { ExerciseKind, LessonContext } from './kind.ts';
import { readMistakes } from './mistakes.ts';

/** What a program of one file is called. */
const main = 'program.py';

const fields = {
  ...shared,
  program: python.describe('What the learner begins with. It must not pass.'),
  answer: python.describe('A solution, whole. It must pass.'),
  alternatives: z
    .array(python)
    .default([])
    .describe('Other solutions that must pass as well, each a whole program.'),
  given: z
    .record(fileName, python)
    .default({})
    .describe('Further files, by name, such as sources.py. They are shown and not edited.'),
  expect: expectation,
  ...codeFields,
};

const schemaOf = (kind: 'fix' | 'write', what: string) =>
  z.strictObject({ ...fields, kind: z.literal(kind) }).describe(what);

type CodeSchema = ReturnType<typeof schemaOf>;
type CodeFile = z.infer<CodeSchema>;

function read(
  source: SourceFile,
  id: string,
  context: LessonContext,
  schema: CodeSchema,
): CodeExercise | null {
  const found: Partial<CodeFile> = readFields(source, schema);
  const start = found.program === undefined ? null : { [main]: found.program };
  const answer = found.answer === undefined ? null : { [main]: found.answer };
  checkPieces(source, { ...found, main, start, answer });
  checkGiven(source, found.given ?? {}, context);
  if (answer) checkAlternatives(source, answer, found.alternatives ?? []);
  const mistakes =
    start && answer ? readMistakes(source, found.mistakes ?? [], { main, start, answer }) : [];
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(found),
    ...(found.mistakes ?? []).map(({ says }, index): [string, string] => [
      `mistakes.${index}.says`,
      says,
    ]),
  ]);
  checkLineHidden(source, found, { start, answer });
  checkObjective(source, found.objective, context);
  if (!runnable || !start || !answer) return null;
  const { alternatives, ...file } = found as CodeFile;
  const { serve, drive, expect, inputs = null } = file;
  const exercise = {
    ...file,
    id,
    main,
    start,
    answer,
    alternatives: alternatives.map((program) => ({ [main]: program })),
    inputs,
    mistakes,
    checks: [{ id: 'own', serve, drive, expect, inputs }],
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}

function checkGiven(source: SourceFile, given: ProgramFiles, { apps }: LessonContext): void {
  const names = Object.keys(given);
  for (const name of names) {
    const problem = fileNameProblem(name, apps);
    if (problem) reportAt(source, `given.${name}`, problem);
  }
  if (names.length <= mostFiles) return;
  reportAt(source, 'given', {
    expected: `at most ${mostFiles} files`,
    found: `${names.length}`,
    fix: 'Put what belongs together into one file.',
  });
}

function checkAlternatives(source: SourceFile, answer: ProgramFiles, programs: string[]): void {
  const all = [answer, ...programs.map((program) => ({ [main]: program }))];
  for (const index of programs.keys()) {
    if (!all.slice(0, index + 1).some((files) => sameFiles(files, all[index + 1]!))) continue;
    reportAt(source, `alternatives.${index}`, {
      expected: 'another solution',
      found: 'one that was given before',
      fix: 'Solve it in another way, or take it out.',
    });
  }
}

/** What the meaning of an answer depends on, and what its proof does. */
export function meaningOf(
  exercise: Pick<
    CodeExercise,
    'main' | 'start' | 'given' | 'answer' | 'alternatives' | 'demo' | 'mistakes' | 'checks'
  >,
): Record<string, unknown> {
  const { start, given, answer, alternatives, demo, mistakes, checks } = exercise;
  return {
    main: exercise.main,
    ...{ start, given, answer, demo, checks },
    alternatives: alternatives.map(canonicalJson).sort(),
    // In their order: the first one that fits gives its message.
    mistakes: mistakes.map(({ files, error, holds }) => ({ files, error, holds })),
  };
}

const marks = ['answer', 'mistakes', 'alternatives', 'demo'];

function codeKind(kind: 'fix' | 'write', what: string): ExerciseKind {
  const schema = schemaOf(kind, what);
  return { kind, schema, marks, read: (source, id, context) => read(source, id, context, schema) };
}

export const fixKind = codeKind('fix', 'A broken program to be mended.');
export const writeKind = codeKind('write', 'A program to be written.');
