import {
  exerciseFile,
  lessonFile,
  nextNumber,
  rowsFile,
  slugForm,
  titleFile,
  withoutNumber,
  type ScaffoldKind,
} from '#lib/domain/scaffold-text.ts';
import { projectFiles } from '#lib/domain/scaffold-project.ts';
import type { NewFiles } from '../content/new-files.ts';
import type { Workshop } from '../proof/workshop.ts';

export interface ScaffoldDeps {
  files: NewFiles;
  load: Workshop['load'];
  /** Absolute path of the checkout, which holds the schemas. */
  root: string;
  runtime: string;
  /** A new exercise's name for ever. */
  newUid: () => string;
}

export type Scaffolded =
  /** What was written, as absolute paths, in the order in which an author reads it. */
  | { kind: 'made'; folder: string; written: string[] }
  /** Nothing was written; both are sentences for a person. */
  | { kind: 'refused'; problem: string; fix: string };

const nameRule = 'Names are small letters, digits and single hyphens, such as read-one-user.';

function refused(problem: string, fix: string): Scaffolded {
  return { kind: 'refused', problem, fix };
}

/** The schema of a kind of file, as seen from one; null outside of the checkout, where no path lasts. */
async function schemaFor(
  { files, root }: ScaffoldDeps,
  file: string,
  name: string,
): Promise<string | null> {
  if (!(await files.isBelow(root, file))) return null;
  return files.pathBetween(file, files.join(root, 'docs', 'schema', `${name}.schema.json`));
}

/** The folder of a track, unit or lesson, whatever number it has; undefined when there is none. */
async function folderNamed({ files }: ScaffoldDeps, parent: string, slug: string) {
  return (await files.folders(parent)).find((name) => withoutNumber(name) === slug);
}

/**
 * Makes a lesson, with its track and its unit when they are not there.
 * @param at - Content root, absolute, and `<track>/<unit>/<slug>`, without the numbers that order.
 */
export async function scaffoldLesson(
  deps: ScaffoldDeps,
  at: { contentRoot: string; address: string },
): Promise<Scaffolded> {
  const { files } = deps;
  const slugs = at.address.split('/').filter((part) => part !== '');
  const [track, unit, slug] = slugs;
  if (!track || !unit || !slug || slugs.length > 3) {
    return refused(
      `\`${at.address}\` is no place for a lesson.`,
      'Name track, unit and lesson: assay new lesson django/async/when-async-helps',
    );
  }
  const wrong = slugs.find((each) => !slugForm.test(each) || withoutNumber(each) !== each);
  if (wrong !== undefined) {
    return refused(
      `\`${wrong}\` cannot be part of a lesson's address.`,
      `${nameRule} The number in front is given by Assay.`,
    );
  }
  const trackFolder = files.join(
    at.contentRoot,
    (await folderNamed(deps, at.contentRoot, track)) ?? track,
  );
  const unitFolder = files.join(trackFolder, (await folderNamed(deps, trackFolder, unit)) ?? unit);
  const there = await folderNamed(deps, unitFolder, slug);
  if (there !== undefined) {
    return refused(
      `The lesson is there already: ${files.join(unitFolder, there)}`,
      'Choose another name, or add an exercise to it: assay new exercise',
    );
  }
  const number = nextNumber(await files.folders(unitFolder));
  const folder = files.join(unitFolder, number + slug);
  const written: string[] = [];
  const write = async (path: string, text: string) => {
    if (await files.write(path, text)) written.push(path);
  };
  const trackFile = files.join(trackFolder, 'track.yaml');
  const unitFile = files.join(unitFolder, 'unit.yaml');
  const lesson = files.join(folder, 'lesson.yaml');
  await write(trackFile, titleFile(track, await schemaFor(deps, trackFile, 'track')));
  await write(unitFile, titleFile(unit, await schemaFor(deps, unitFile, 'unit')));
  await write(lesson, lessonFile(slug, deps.runtime, await schemaFor(deps, lesson, 'lesson')));
  await write(files.join(folder, 'fixture', 'rows.py'), rowsFile);
  return { kind: 'made', folder, written };
}

/** What something new takes from its lesson, or why it cannot. */
async function readLesson(
  { files, load }: ScaffoldDeps,
  folder: string,
): Promise<{ objective: string } | Scaffolded> {
  if (!(await files.files(folder)).includes('lesson.yaml')) {
    return refused(
      `There is no lesson in ${folder}: it has no lesson.yaml.`,
      'Name the folder of a lesson, or make one: assay new lesson <track>/<unit>/<slug>',
    );
  }
  const { lessons, findings } = await load([folder]);
  const objective = lessons[0]?.objectives[0]?.id;
  if (objective !== undefined) return { objective };
  const [first] = findings;
  return refused(
    `The lesson cannot be read${first ? `: ${first.file}:${first.line}, found ${first.found}` : ''}.`,
    first?.fix ?? `Look at what \`assay verify\` says of it.`,
  );
}

/**
 * Makes a project in a lesson, proven as it stands, and gives it its minutes.
 * @param wanted - Folder of the lesson, absolute; the project's name, of which its title is made.
 */
export async function scaffoldProject(
  deps: ScaffoldDeps,
  wanted: { lessonFolder: string; name: string },
): Promise<Scaffolded> {
  const { files } = deps;
  const { lessonFolder, name } = wanted;
  if (!slugForm.test(name)) return refused(`\`${name}\` cannot be a project's name.`, nameRule);
  const lesson = await readLesson(deps, lessonFolder);
  if ('kind' in lesson) return lesson;
  const folder = files.join(lessonFolder, 'project');
  if ((await files.folders(lessonFolder)).includes('project')) {
    return refused(`The lesson has a project already: ${folder}`, 'Change that one.');
  }
  const project = await schemaFor(deps, files.join(folder, 'project.yaml'), 'project');
  const step = await schemaFor(deps, files.join(folder, '1-step', 'step.yaml'), 'step');
  const { objective } = lesson;
  const uids: [string, string] = [deps.newUid(), deps.newUid()];
  const texts = projectFiles({ slug: name, objective, uids, schemas: { project, step } });
  const written: string[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const file = files.join(folder, path);
    if (await files.write(file, text)) written.push(file);
  }
  // Where it cannot be added, the lesson's proof says what is missing.
  await files.addLine(files.join(lessonFolder, 'lesson.yaml'), /^minutes:\s*$/, 'project: 30');
  return { kind: 'made', folder: lessonFolder, written };
}

/**
 * Makes an exercise in a lesson: a small whole one that is proven as it stands.
 * @param wanted - Folder of the lesson, absolute; the exercise's name, with or without a number in front.
 */
export async function scaffoldExercise(
  deps: ScaffoldDeps,
  wanted: { lessonFolder: string; kind: ScaffoldKind; name: string },
): Promise<Scaffolded> {
  const { files } = deps;
  const { lessonFolder, kind } = wanted;
  const slug = withoutNumber(wanted.name);
  if (!slugForm.test(wanted.name) || !slugForm.test(slug)) {
    return refused(`\`${wanted.name}\` cannot be an exercise's name.`, nameRule);
  }
  const lesson = await readLesson(deps, lessonFolder);
  if ('kind' in lesson) return lesson;
  const { objective } = lesson;
  const folder = files.join(lessonFolder, 'exercises');
  const names = (await files.files(folder)).filter((name) => name.endsWith('.yaml'));
  const there = names.find((name) => withoutNumber(name) === `${slug}.yaml`);
  if (there !== undefined) {
    return refused(
      `The exercise is there already: ${files.join(folder, there)}`,
      'Choose another name.',
    );
  }
  const isNumbered = slug !== wanted.name;
  const file = files.join(folder, `${isNumbered ? wanted.name : nextNumber(names) + slug}.yaml`);
  const schema = await schemaFor(deps, file, 'exercise');
  const text = exerciseFile(kind, { uid: deps.newUid(), slug, objective, schema });
  if (!(await files.write(file, text))) {
    return refused(`${file} is there already.`, 'Choose another name.');
  }
  return { kind: 'made', folder: lessonFolder, written: [file] };
}
