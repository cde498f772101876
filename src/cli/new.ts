import { randomInt } from 'node:crypto';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '#config';
import { scaffoldKinds, type ScaffoldKind } from '#lib/domain/scaffold-text.ts';
import { installedRuntime } from '#lib/domain/installed-runtime.ts';
import { newFiles, openWorkshop } from '#lib/server/app.ts';
import {
  scaffoldExercise,
  scaffoldLesson,
  scaffoldProject,
  type ScaffoldDeps,
  type Scaffolded,
} from '#lib/server/use-cases/scaffold-content.ts';
import { CommandProblem } from './command-problem.ts';
import { readConfig } from './read-config.ts';

const usage = `assay new lesson TRACK/UNIT/NAME [--into DIR]
  Makes a lesson, with its track and its unit when they are not there yet. DIR is a content root; without
  it, the site's first one.

assay new exercise LESSON_FOLDER ${scaffoldKinds.join('|')} NAME
  Makes an exercise in a lesson. It is proven as it stands: change it into your own.

assay new project LESSON_FOLDER NAME
  Makes a project of two steps in a lesson. It is proven as it stands; in lesson.yaml it is given minutes.

Nothing that is there is ever written over.
`;

const uidLetters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Enough letters that two authors who have never heard of each other do not meet. */
function newUid(): string {
  return `ex_${Array.from({ length: 8 }, () => uidLetters[randomInt(uidLetters.length)]).join('')}`;
}

function depsFrom(config: Config): ScaffoldDeps {
  // Only reads here: no sandbox is started, and nothing has to be closed.
  const { load } = openWorkshop(config);
  return { files: newFiles, load, root: config.root, runtime: installedRuntime, newUid };
}

const shown = (path: string) => {
  const near = relative(process.cwd(), path) || '.';
  return near.startsWith('..') ? path : near;
};

function usageProblem(message: string): CommandProblem {
  return new CommandProblem(message, 'assay new --help');
}

/** Prints what was made. @throws CommandProblem with why nothing was. */
function told(made: Scaffolded): { folder: string } {
  if (made.kind === 'refused') throw new CommandProblem(made.problem, made.fix);
  for (const path of made.written) process.stdout.write(`  made ${shown(path)}\n`);
  return made;
}

async function newLesson(args: string[], into: string | undefined): Promise<void> {
  const [address, ...more] = args;
  if (address === undefined || more.length > 0) {
    throw usageProblem('Name one lesson to make, as TRACK/UNIT/NAME.');
  }
  const config = readConfig();
  const contentRoot = into === undefined ? config.contentRoots[0] : resolve(into);
  if (contentRoot === undefined) throw usageProblem('There is no content root.');
  const { folder } = told(await scaffoldLesson(depsFrom(config), { contentRoot, address }));
  process.stdout.write(`\nNext:
  ./assay new exercise ${shown(folder)} blanks my-first-exercise
`);
  const isServed = config.contentRoots.includes(contentRoot);
  const serve = isServed ? '' : `ASSAY_CONTENT=${contentRoot} `;
  process.stdout.write(`  ${serve}npm run dev    shows the lesson, and proves what you save\n`);
}

async function newExercise(args: string[], into: string | undefined): Promise<void> {
  const [lesson, kind, name, ...more] = args;
  if (lesson === undefined || kind === undefined || name === undefined || more.length > 0) {
    throw usageProblem('Name the folder of a lesson, the kind of the exercise and its name.');
  }
  if (into !== undefined) throw usageProblem('--into belongs to `assay new lesson`.');
  const known = scaffoldKinds.find((each): each is ScaffoldKind => each === kind);
  if (!known) throw usageProblem(`There is no kind ${kind}: it is ${scaffoldKinds.join(' or ')}.`);
  const wanted = { lessonFolder: resolve(lesson), kind: known, name };
  const { folder } = told(await scaffoldExercise(depsFrom(readConfig()), wanted));
  tellNext(folder);
}

/** What comes after something that is proven as it stands. */
function tellNext(folder: string): void {
  process.stdout.write(`
It is proven as it stands. Next:
  ./assay verify ${shown(folder)}    runs every answer, and says what does not hold
  ./assay lock ${shown(folder)}      when it is your own: writes the proof that is committed with it
`);
}

async function newProject(args: string[], into: string | undefined): Promise<void> {
  const [lesson, name, ...more] = args;
  if (lesson === undefined || name === undefined || more.length > 0) {
    throw usageProblem('Name the folder of a lesson and the name of the project.');
  }
  if (into !== undefined) throw usageProblem('--into belongs to `assay new lesson`.');
  const wanted = { lessonFolder: resolve(lesson), name };
  const { folder } = told(await scaffoldProject(depsFrom(readConfig()), wanted));
  tellNext(folder);
}

/** @returns The exit code. */
export async function newCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { into: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [what, ...rest] = positionals;
  if (what === 'lesson') await newLesson(rest, values.into);
  else if (what === 'exercise') await newExercise(rest, values.into);
  else if (what === 'project') await newProject(rest, values.into);
  else throw usageProblem('A new what? It is `assay new lesson`, `exercise` or `project`.');
  return 0;
}
