/** One lesson's folder, read and checked. */
import { basename, join } from 'node:path';
import { readingModes } from '#lib/domain/document.ts';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import { readFields } from './fields.ts';
import { listFolder, readText, shownPath, type Entry, type Root } from './files.ts';
import type { LoadFinding } from './finding.ts';
import { openProse, unusedFindings, type Prose } from './prose/prose.ts';
import { readDocumentFile, type DocumentRead } from './prose/read-document.ts';
import { readFixture } from './read-fixture.ts';
import type { LessonContext } from './kinds/kind.ts';
import { readLab } from './lab/read-lab.ts';
import { readProject, type ProjectRead } from './project/read-project.ts';
import { readExercise, type ExerciseRead } from './read-exercise.ts';
import { lessonSchema, type LessonFile } from './schema.ts';
import { parseSource, reportAt, type SourceFile } from './source.ts';
import { proseProblems } from './text-rules.ts';
import { readVisualize } from './visualize/read-visualize.ts';

/** What may stand in a lesson's folder. */
const known: Record<string, Entry['kind']> = {
  'lesson.yaml': 'file',
  'proof.lock.json': 'file',
  'learn.md': 'file',
  'why.md': 'file',
  'deep-dive.md': 'file',
  'visualize.yaml': 'file',
  'lab.yaml': 'file',
  fixture: 'folder',
  programs: 'folder',
  figures: 'folder',
  exercises: 'folder',
  project: 'folder',
};

export interface LessonPlace {
  track: { slug: string; title: string };
  unit: { slug: string; title: string };
  slug: string;
  folder: string;
}

export interface LessonRead {
  id: string;
  /** Null when lesson.yaml is missing or broken; its exercises were read all the same. */
  lesson: Lesson | null;
  exercises: ExerciseRead[];
  findings: LoadFinding[];
}

/** Folder or file name without the number that orders it: `03-when-async-helps` is `when-async-helps`. */
export function slugOf(name: string): string {
  return name.replace(/^\d+-/, '');
}

export async function readLesson(root: Root, place: LessonPlace): Promise<LessonRead> {
  const { track, unit, slug, folder } = place;
  const id = `${track.slug}/${unit.slug}/${slug}`;
  const own: Root = { path: root.path, findings: [] };
  const entries = await listFolder(own, folder);
  const isLesson = entries.some(({ name }) => name === 'lesson.yaml' || name === 'exercises');
  // Of a folder that is no lesson at all, one finding is enough.
  for (const entry of isLesson ? entries : []) checkEntry(own, entry);
  const fields = await readLessonFile(own, folder, entries);
  const { rows, apps } = await readFixture(own, entries);
  const context: LessonContext = {
    objectives: fields.objectives ?? null,
    runtime: fields.runtime ?? '',
    rows,
    apps,
  };
  const modes = fields.minutes ? Object.keys(fields.minutes) : null;
  const prose = await openProse(own, entries, { ...context, id, modes });
  const documents = await readDocuments(own, entries, prose);
  const ofModes = documents.flatMap(({ document }) => document ?? []);
  const inFiles = await readExercises(own, folder, entries, context);
  const { project, steps } = await readProjectOf(own, entries, context, { prose, documents });
  const ofVisualize = await readPart(own, entries, 'visualize.yaml', prose, readVisualize);
  const ofLab = await readPart(own, entries, 'lab.yaml', prose, readLab);
  const exercises: ExerciseRead[] = [...inFiles, ...steps];
  own.findings.push(...unusedFindings(prose));
  const readable = Object.keys(lessonSchema.shape).every((name) => name in fields);
  const lesson: Lesson | null = readable
    ? {
        ...(fields as LessonFile),
        ...{ id, track, unit, slug, rows, apps, folder, project },
        ...{ visualize: ofVisualize?.visualize ?? null, lab: ofLab?.lab ?? null },
        exercises: [],
        documents: ofModes,
      }
    : null;
  const findings = [
    ...own.findings.map((finding) => ({ ...finding, lesson: id })),
    ...exercises.flatMap((read) => taggedFindings(read, id)),
    ...documents.flatMap(({ name, findings }) =>
      findings.map((finding) => ({ ...finding, lesson: id, document: name })),
    ),
    ...(ofVisualize?.findings ?? []).map((finding) => ({
      ...{ ...finding, lesson: id, isOfVisualize: true as const },
    })),
    ...(ofLab?.findings ?? []).map((finding) => ({
      ...{ ...finding, lesson: id, isOfLab: true as const },
    })),
  ];
  if (lesson) {
    lesson.exercises = exercises
      .map((read) => read.exercise)
      .filter((exercise): exercise is Exercise => exercise !== null);
  }
  return { id, lesson, exercises, findings };
}

function taggedFindings(read: ExerciseRead, lesson: string): LoadFinding[] {
  const { uid, id, kind } = read;
  return read.findings.map((finding) => ({
    ...finding,
    lesson,
    ...(kind ? { exercise: { uid, id, kind } } : {}),
  }));
}

function checkEntry(root: Root, entry: Entry): void {
  const kind = known[entry.name];
  if (kind === entry.kind) return;
  root.findings.push({
    file: shownPath(root, entry.path),
    line: 1,
    expected: kind ? `a ${kind}` : `only ${Object.keys(known).join(', ')} in a lesson's folder`,
    found: kind ? `a ${entry.kind}` : `the ${entry.kind} \`${entry.name}\``,
    fix: 'Rename it, or move it out of the lesson.',
  });
}

async function readLessonFile(
  root: Root,
  folder: string,
  entries: Entry[],
): Promise<Partial<LessonFile>> {
  const path = join(folder, 'lesson.yaml');
  if (!entries.some((entry) => entry.path === path && entry.kind === 'file')) {
    root.findings.push({
      file: shownPath(root, path),
      line: 1,
      expected: 'a file `lesson.yaml` in every lesson\'s folder',
      found: 'no such file',
      fix: 'Add it; docs/authoring.md has one to start from.',
    });
    return {};
  }
  const text = await readText(root, path);
  if (text === null) return {};
  const source = parseSource(shownPath(root, path), text);
  const fields = source.value === undefined ? {} : readFields(source, lessonSchema);
  checkLessonText(source, fields);
  checkModesThere(source, fields, entries);
  root.findings.push(...source.findings);
  return fields;
}

function checkLessonText(source: SourceFile, fields: Partial<LessonFile>): void {
  const objectives = fields.objectives ?? [];
  const prose: [string, string | undefined][] = [
    ['title', fields.title],
    ['summary', fields.summary],
    ...objectives.map(({ text }, index): [string, string] => [`objectives.${index}.text`, text]),
  ];
  for (const [path, text] of prose) {
    for (const problem of proseProblems(text ?? '')) reportAt(source, path, problem);
  }
  for (const [index, { id }] of objectives.entries()) {
    if (objectives.findIndex((each) => each.id === id) === index) continue;
    reportAt(source, `objectives.${index}.id`, {
      expected: 'an id that no other objective has',
      found: `\`${id}\` a second time`,
      fix: 'Give the objective its own id.',
    });
  }
}

/** Reports a reading mode or a project that has minutes and is not there. */
function checkModesThere(
  source: SourceFile,
  { minutes }: Partial<LessonFile>,
  entries: Entry[],
): void {
  const has = (name: string, kind: Entry['kind']) =>
    entries.some((entry) => entry.name === name && entry.kind === kind);
  for (const mode of readingModes) {
    if (minutes?.[mode] === undefined || has(`${mode}.md`, 'file')) continue;
    reportAt(source, `minutes.${mode}`, {
      expected: `a file \`${mode}.md\`, as the lesson has minutes for that mode`,
      found: 'no such file',
      fix: 'Write it, or take the mode out of `minutes`.',
    });
  }
  checkMinutes(source, minutes, 'project', {
    ...{ name: 'project', kind: 'folder', isThere: has('project', 'folder'), example: 30 },
  });
  checkMinutes(source, minutes, 'visualize', {
    ...{ name: 'visualize.yaml', kind: 'file', isThere: has('visualize.yaml', 'file'), example: 10 },
  });
  checkMinutes(source, minutes, 'performance', {
    ...{ name: 'lab.yaml', kind: 'file', isThere: has('lab.yaml', 'file'), example: 10 },
  });
}

/** Reports minutes for a mode that is not there, and a mode that has none. */
function checkMinutes(
  source: SourceFile,
  minutes: LessonFile['minutes'] | undefined,
  mode: 'project' | 'visualize' | 'performance',
  part: { name: string; kind: 'file' | 'folder'; isThere: boolean; example: number },
): void {
  const { name, kind, isThere, example } = part;
  if (!minutes || isThere === (minutes[mode] !== undefined)) return;
  reportAt(source, isThere ? 'minutes' : `minutes.${mode}`, {
    expected: isThere
      ? `minutes for the ${kind} \`${name}\` that the lesson has: \`${mode}: ${example}\``
      : `a ${kind} \`${name}\`, as the lesson has minutes for that mode`,
    found: isThere ? 'none, so nothing leads to it' : `no such ${kind}`,
    fix: isThere
      ? `Add them, or take the ${kind} out.`
      : 'Add it, or take the mode out of `minutes`.',
  });
}

/** The documents of the reading modes, in the order of the modes. */
async function readDocuments(root: Root, entries: Entry[], prose: Prose): Promise<DocumentRead[]> {
  const reads: DocumentRead[] = [];
  for (const mode of readingModes) {
    const entry = entries.find(({ name, kind }) => name === `${mode}.md` && kind === 'file');
    if (!entry) continue;
    const read = await readDocumentFile(root, prose, mode, entry.path);
    if (prose.lesson.modes?.includes(mode) === false) {
      read.findings.push({
        ...{ file: shownPath(root, entry.path), line: 1 },
        expected: `minutes for the mode in lesson.yaml: \`${mode}: 5\` under \`minutes\``,
        found: 'none, so nothing leads to this text',
        fix: 'Add them, or take the file out.',
      });
    }
    reads.push(read);
  }
  return reads;
}

/** What a file of the lesson shows, as it is read; null: there is no such file, or none that can be read. */
async function readPart<Read>(
  root: Root,
  entries: Entry[],
  name: string,
  prose: Prose,
  read: (prose: Prose, file: string, text: string) => Read,
): Promise<Read | null> {
  const entry = entries.find((each) => each.name === name && each.kind === 'file');
  const text = entry ? await readText(root, entry.path) : null;
  return entry && text !== null ? read(prose, shownPath(root, entry.path), text) : null;
}

/** The lesson's project; what is read of its prose is added to the documents. */
async function readProjectOf(
  root: Root,
  entries: Entry[],
  context: LessonContext,
  { prose, documents }: { prose: Prose; documents: DocumentRead[] },
): Promise<ProjectRead> {
  const folder = entries.find(({ name, kind }) => name === 'project' && kind === 'folder');
  if (!folder) return { project: null, steps: [] };
  return readProject(root, folder.path, context, async (name, path) => {
    const read = await readDocumentFile(root, prose, name, path);
    documents.push(read);
    return read.document;
  });
}

async function readExercises(
  root: Root,
  folder: string,
  entries: Entry[],
  context: LessonContext,
): Promise<ExerciseRead[]> {
  const at = entries.find((entry) => entry.name === 'exercises' && entry.kind === 'folder');
  if (!at) return [];
  const reads: ExerciseRead[] = [];
  for (const entry of await listFolder(root, join(folder, 'exercises'))) {
    if (entry.kind !== 'file' || !entry.name.endsWith('.yaml')) {
      root.findings.push({
        file: shownPath(root, entry.path),
        line: 1,
        expected: 'only exercises in `exercises`: files that end in `.yaml`',
        found: `the ${entry.kind} \`${entry.name}\``,
        fix: entry.name.endsWith('.yml') ? 'Rename it to end in `.yaml`.' : 'Move it elsewhere.',
      });
      continue;
    }
    const text = await readText(root, entry.path);
    if (text === null) continue;
    const id = slugOf(basename(entry.name, '.yaml'));
    const first = reads.find((read) => read.id === id);
    if (first) {
      root.findings.push({
        file: shownPath(root, entry.path),
        line: 1,
        expected: 'a name that no other exercise of the lesson has, numbers in front not counted',
        found: `\`${id}\`, which ${first.source.file} has already`,
        fix: 'Rename one of the two files; the name becomes part of an address.',
      });
      continue;
    }
    reads.push(readExercise(shownPath(root, entry.path), id, text, context));
  }
  return reads;
}
