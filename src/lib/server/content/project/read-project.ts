/** A lesson's project, read and checked: its steps become exercises of the kind `write`. */
import { join } from 'node:path';
import { readingModes, type LessonDocument } from '#lib/domain/document.ts';
import type { Check, ProgramFiles, Project, ProjectStep } from '#lib/domain/exercise.ts';
import { checkText } from '../exercise-rules.ts';
import { readFields } from '../fields.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from '../files.ts';
import type { Wording } from '../finding.ts';
import type { LessonContext } from '../kinds/kind.ts';
import { parseSource } from '../source.ts';
import { projectSchema, type ProjectFile } from './project-schema.ts';
import { readSources } from './read-sources.ts';
import { readStep, type StepRead } from './read-step.ts';

/**
 * Reads a document of the project's prose: `brief`, or that of the step of this name. What is wrong with
 * it is the reader's to report.
 */
export type ReadProse = (name: string, path: string) => Promise<LessonDocument | null>;

export interface ProjectRead {
  /** Null when a part of it is missing or broken; the steps were read all the same. */
  project: Project | null;
  steps: StepRead[];
}

/** Of other texts of the lesson, of the project's page of files, and of a step's own check. */
const takenNames = new Set<string>([...readingModes, 'visualize', 'brief', 'files', 'own']);

const stepName = /^(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/**
 * @param root - Gets a finding for what is wrong with the project; what is wrong with a step is in the step.
 * @param folder - The project's own.
 */
export async function readProject(
  root: Root,
  folder: string,
  context: LessonContext,
  readProse: ReadProse,
): Promise<ProjectRead> {
  const findingsBefore = root.findings.length;
  const entries = await listFolder(root, folder);
  const has = (name: string, kind: Entry['kind']) =>
    entries.some((entry) => entry.name === name && entry.kind === kind);
  const fields = await readProjectFile(root, folder, has('project.yaml', 'file'));
  const main = fields.main ?? null;
  const sources = async (name: string) =>
    has(name, 'folder')
      ? readSources(root, join(folder, name), { main, apps: context.apps })
      : null;
  const given = (await sources('given')) ?? {};
  const start = await sources('start');
  checkFiles(root, folder, { main, given, start });
  const folders = stepFolders(root, entries);
  if (folders.length === 0) {
    report(root, folder, {
      expected: 'at least one step: a folder such as `1-first-view`',
      found: 'none',
      fix: 'Add it, with step.yaml, instructions.md and solution in it.',
    });
  }
  const brief = await readDocument(root, join(folder, 'brief.md'), 'brief', has('brief.md', 'file'), readProse);
  const steps: StepRead[] = [];
  const instructions: (LessonDocument | null)[] = [];
  const lastingChecks: Check[] = [];
  for (const [index, entry] of folders.entries()) {
    const slug = stepName.exec(entry.name)![2]!;
    const before = steps[index - 1];
    const step = await readStep(root, entry, slug, {
      ...context,
      ...{ main, given, lastingChecks: [...lastingChecks] },
      start: before ? before.solution : start,
      startFolder: before ? before.solutionFolder : join(folder, 'start'),
    });
    const own: Root = { path: root.path, findings: step.findings };
    const path = join(entry.path, 'instructions.md');
    const isThere = (await listFolder(own, entry.path)).some(({ name }) => name === 'instructions.md');
    instructions.push(await readDocument(own, path, slug, isThere, readProse));
    if (step.lasting) lastingChecks.push(step.lasting);
    steps.push(step);
  }
  const isWhole = root.findings.length === findingsBefore && fields.title && fields.summary;
  const read = steps.flatMap(({ id, exercise }, index): ProjectStep[] => {
    const text = instructions[index];
    return exercise && text ? [{ slug: id, exercise, instructions: text }] : [];
  });
  const project =
    isWhole && brief && read.length === steps.length
      ? { title: fields.title!, summary: fields.summary!, brief, steps: read }
      : null;
  return { project, steps };
}

function report(root: Root, path: string, wording: Wording): void {
  root.findings.push({ file: shownPath(root, path), line: 1, ...wording });
}

async function readProjectFile(
  root: Root,
  folder: string,
  isThere: boolean,
): Promise<Partial<ProjectFile>> {
  const path = join(folder, 'project.yaml');
  if (!isThere) {
    report(root, path, {
      expected: 'a file `project.yaml` in every project',
      found: 'no such file',
      fix: 'Add it, with title, summary and main.',
    });
    return {};
  }
  const text = await readText(root, path);
  if (text === null) return {};
  const source = parseSource(shownPath(root, path), text);
  const fields = source.value === undefined ? {} : readFields(source, projectSchema);
  checkText(source, [
    ['title', fields.title],
    ['summary', fields.summary],
  ]);
  root.findings.push(...source.findings);
  return fields;
}

interface ProjectFiles {
  main: string | null;
  given: ProgramFiles;
  start: ProgramFiles | null;
}

function checkFiles(root: Root, folder: string, { main, given, start }: ProjectFiles): void {
  if (!start) {
    report(root, join(folder, 'start'), {
      expected: 'a folder `start` with the files that the learner begins with',
      found: 'no such folder',
      fix: 'Add it, with the program among them.',
    });
    return;
  }
  if (main !== null && !(main in start)) {
    report(root, join(folder, 'start', main), {
      expected: `the file that \`main\` names, among those that the learner edits`,
      found: 'no such file',
      fix: 'Add it, or mend `main` in project.yaml.',
    });
  }
  for (const name of Object.keys(given).filter((each) => each in start)) {
    report(root, join(folder, 'given', name), {
      expected: 'a file either in `given` or in `start`',
      found: 'one of this name in both',
      fix: 'Keep it where it belongs: what is in `given` cannot be edited.',
    });
  }
}

const known: Record<string, Entry['kind']> = {
  'project.yaml': 'file',
  'brief.md': 'file',
  given: 'folder',
  start: 'folder',
};

/** The folders of the steps, in their order; all else that does not belong there is reported. */
function stepFolders(root: Root, entries: Entry[]): Entry[] {
  const steps: Entry[] = [];
  for (const entry of entries) {
    if (known[entry.name] === entry.kind) continue;
    if (entry.kind !== 'folder' || !stepName.test(entry.name)) {
      report(root, entry.path, {
        expected: `only ${Object.keys(known).join(', ')} and folders of steps such as \`1-first-view\``,
        found: `the ${entry.kind} \`${entry.name}\``,
        fix: 'Rename it, or move it out of the project.',
      });
      continue;
    }
    steps.push(entry);
  }
  for (const [index, { path, name }] of steps.entries()) {
    const [, number, slug] = stepName.exec(name)!;
    if (Number(number) !== index + 1) {
      report(root, path, {
        expected: `the number ${index + 1}, as steps are numbered 1, 2, 3, ... with none left out`,
        found: `\`${name}\``,
        fix: 'Rename the folder.',
      });
    }
    const isRepeated = steps
      .slice(0, index)
      .some((other) => stepName.exec(other.name)![2] === slug);
    if (isRepeated || takenNames.has(slug!)) {
      report(root, path, {
        expected: 'a name that no other text of the lesson has, numbers in front not counted',
        found: isRepeated ? `\`${slug}\` a second time` : `\`${slug}\``,
        fix: 'Rename the folder; the name becomes part of an address.',
      });
    }
  }
  return steps;
}

async function readDocument(
  root: Root,
  path: string,
  name: string,
  isThere: boolean,
  readProse: ReadProse,
): Promise<LessonDocument | null> {
  if (isThere) return readProse(name, path);
  report(root, path, {
    expected: name === 'brief' ? 'a text that says what is to be built, and why' : 'a text that says what to do',
    found: 'no such file',
    fix: 'Write it, as prose of a lesson is written.',
  });
  return null;
}
