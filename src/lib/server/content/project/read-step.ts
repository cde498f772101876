/** One step of a project, read and checked. */
import { join } from 'node:path';
import { pathsOf } from '#lib/domain/code-answer.ts';
import type { Check, CodeExercise, ProgramFiles } from '#lib/domain/exercise.ts';
import { contentVersionOf } from '../content-version.ts';
import { checkObjective, checkText, sharedProse } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from '../files.ts';
import { meaningOf } from '../kinds/code.ts';
import { checkLineHidden, checkPieces } from '../kinds/code-rules.ts';
import type { LessonContext } from '../kinds/kind.ts';
import { readMistakes } from '../kinds/mistakes.ts';
import type { ExerciseRead } from '../read-exercise.ts';
import { parseSource, type SourceFile } from '../source.ts';
import { stepSchema, type StepFile } from './project-schema.ts';
import { readSources } from './read-sources.ts';

/** What a step takes from its project and from the steps before it. */
export interface StepContext extends LessonContext {
  main: string | null;
  given: ProgramFiles;
  /** The files as they are when the step begins; null when they could not be read. */
  start: ProgramFiles | null;
  /** The folder that they are in. */
  startFolder: string;
  /** Those of earlier steps that must still hold. */
  lastingChecks: Check[];
}

export interface StepRead extends ExerciseRead {
  exercise: CodeExercise | null;
  /** What a learner has after it; null when it is not complete. */
  solution: ProgramFiles | null;
  solutionFolder: string;
  /** Its own check, under the step's name, when later steps have to pass it as well. */
  lasting: Check | null;
}

const known: Record<string, Entry['kind']> = {
  'step.yaml': 'file',
  'instructions.md': 'file',
  solution: 'folder',
};

export async function readStep(root: Root, folder: Entry, slug: string, context: StepContext): Promise<StepRead> {
  const listed: Root = { path: root.path, findings: [] };
  const entries = await listFolder(listed, folder.path);
  const source = await readSource(root, join(folder.path, 'step.yaml'), entries);
  // What is wrong with the step's other files is the step's as well.
  source.findings.push(...listed.findings);
  const own: Root = { path: root.path, findings: source.findings };
  for (const entry of entries) checkEntry(own, entry);
  const solutionFolder = join(folder.path, 'solution');
  const solution = await readSolution(own, solutionFolder, entries, context);
  const fields = source.value === undefined ? {} : readFields(source, stepSchema);
  placeFiles(source, own, solutionFolder, context);
  const exercise = toExercise(source, slug, fields, solution, context);
  const uid = (source.value as { uid?: unknown } | null | undefined)?.uid;
  const { serve = {}, drive, expect, inputs = null } = fields;
  const isLasting = fields.lasting === true && drive !== undefined && expect !== undefined;
  return {
    ...{ id: slug, uid: typeof uid === 'string' ? uid : '', kind: 'write' },
    ...{ exercise, source, findings: source.findings, solution, solutionFolder },
    lasting: isLasting ? { id: slug, serve, drive, expect, inputs } : null,
  };
}

async function readSource(root: Root, path: string, entries: Entry[]): Promise<SourceFile> {
  const file = shownPath(root, path);
  const nothing: SourceFile = { file, value: undefined, places: {}, findings: [] };
  if (!entries.some((entry) => entry.path === path && entry.kind === 'file')) {
    nothing.findings.push({
      ...{ file, line: 1 },
      expected: "a file `step.yaml` in every step's folder",
      found: 'no such file',
      fix: 'Add it; docs/authoring.md has one to start from.',
    });
    return nothing;
  }
  const text = await readText({ path: root.path, findings: nothing.findings }, path);
  return text === null ? nothing : parseSource(file, text);
}

function checkEntry(root: Root, entry: Entry): void {
  const kind = known[entry.name];
  if (kind === entry.kind) return;
  root.findings.push({
    ...{ file: shownPath(root, entry.path), line: 1 },
    expected: kind ? `a ${kind}` : `only ${Object.keys(known).join(', ')} in a step's folder`,
    found: kind ? `a ${entry.kind}` : `the ${entry.kind} \`${entry.name}\``,
    fix: 'Rename it, or move it out of the project.',
  });
}

/** The files after the step: the same ones as before it, no more and no fewer. */
async function readSolution(
  root: Root,
  folder: string,
  entries: Entry[],
  { main, apps, start }: StepContext,
): Promise<ProgramFiles | null> {
  const isThere = entries.some(({ name, kind }) => name === 'solution' && kind === 'folder');
  const files = isThere ? await readSources(root, folder, { main, apps }) : {};
  if (!start) return isThere ? files : null;
  const [wanted, found] = [pathsOf(start), pathsOf(files)];
  const missing = wanted.filter((name) => !found.includes(name));
  const unknown = found.filter((name) => !wanted.includes(name));
  for (const name of missing) {
    root.findings.push({
      ...{ file: shownPath(root, join(folder, name)), line: 1 },
      expected: 'in `solution` every file that the learner has, changed or not',
      found: 'no such file',
      fix: `Add it, as it is after the step.`,
    });
  }
  for (const name of unknown) {
    root.findings.push({
      ...{ file: shownPath(root, join(folder, name)), line: 1 },
      expected: `only the files that the learner begins with: ${wanted.join(', ')}`,
      found: 'another one',
      fix: 'Put it into `start` as well, with a comment for what is to come, or move what is in it.',
    });
  }
  return missing.length + unknown.length === 0 ? files : null;
}

/** Where the programs stand, for findings: in files of their own. */
function placeFiles(source: SourceFile, root: Root, solutionFolder: string, context: StepContext): void {
  const { main, startFolder } = context;
  if (main === null) return;
  for (const [path, folder] of [
    ['program', startFolder],
    ['answer', solutionFolder],
  ] as const) {
    const place = { file: shownPath(root, join(folder, main)), line: 1 };
    source.places[path] = place;
    source.places[`${path}:text`] = place;
  }
}

function toExercise(
  source: SourceFile,
  slug: string,
  fields: Partial<StepFile>,
  answer: ProgramFiles | null,
  context: StepContext,
): CodeExercise | null {
  const { main, start, given } = context;
  if (main !== null) checkPieces(source, { ...fields, main, start, answer });
  const mistakes =
    main !== null && start && answer
      ? readMistakes(source, fields.mistakes ?? [], { main, start, answer })
      : [];
  const runnable = source.findings.length === 0;
  checkText(source, [
    ...sharedProse(fields),
    ...(fields.mistakes ?? []).map(({ says }, index): [string, string] => [
      `mistakes.${index}.says`,
      says,
    ]),
  ]);
  checkLineHidden(source, fields, { start, answer });
  checkObjective(source, fields.objective, context);
  const program = main === null ? undefined : start?.[main];
  if (!runnable || main === null || !start || !answer || program === undefined) return null;
  const { lasting: _, ...step } = fields as StepFile;
  const { serve, drive, expect, inputs = null } = step;
  const exercise = {
    ...step,
    ...{ kind: 'write' as const, pool: 'project' as const, id: slug },
    // The step's instructions are its prompt.
    prompt: '',
    ...{ program, main, start, given, answer, alternatives: [], inputs, mistakes },
    checks: [{ id: 'own', serve, drive, expect, inputs }, ...context.lastingChecks],
    places: source.places,
  };
  return { ...exercise, contentVersion: contentVersionOf(exercise, meaningOf(exercise), context) };
}
