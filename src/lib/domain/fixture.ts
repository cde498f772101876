/**
 * What may stand in a folder `fixture`: `rows.py`, and apps with models. Pure rules over a listing of the
 * folder, so that lessons and the command line hold it against the same ones.
 */
import type { Finding } from './exercise.ts';
import { installedNames, reservedWords } from './installed-names.ts';

export interface Fixture {
  /** Python that fills the database; null: no rows. */
  rows: string | null;
  /** Source of each file of the apps, by its path below `fixture`: `library/models.py`. */
  apps: Record<string, string>;
}

/** A fixture that adds nothing. */
export const emptyFixture: Fixture = { rows: null, apps: {} };

/** Every file of the apps is compiled and held by a process of its own: a fixture is a page or two. */
export const fixtureBounds = {
  /** Files of all apps together. */
  files: 50,
  /** All of them together, in bytes of UTF-8. */
  bytes: 256 * 1024,
  /** Folders above a file: `library/models/book.py` has two. */
  depth: 4,
  /** Files and folders of any kind that are looked at. */
  entries: 500,
};

/** Something in the folder; `path` is relative to it, with forward slashes. */
export interface FixtureEntry {
  path: string;
  kind: 'file' | 'folder';
}

/** Something wrong in the folder; an empty path is the folder itself. */
export interface FixtureProblem extends Pick<Finding, 'expected' | 'found' | 'fix'> {
  path: string;
}

export interface FixtureSurvey {
  /** Paths of the files that belong to the fixture: what is to be read. */
  files: string[];
  problems: FixtureProblem[];
}

const packageName = /^[a-z][a-z0-9_]*$/;
const moduleFile = /^[A-Za-z0-9_]+\.py$/;

/** Whether a folder may hold an app's files, and so is worth looking into. */
export function isWorthListing(path: string): boolean {
  const names = path.split('/');
  return names.length <= fixtureBounds.depth && names.every((name) => packageName.test(name));
}

/** Whether something is left behind by Python itself, and no part of any fixture. */
function isLeftByPython(path: string): boolean {
  return path.split('/').includes('__pycache__');
}

/**
 * Holds a listing of the folder against what may stand in it.
 * @param entries - All that is in it, at every level that {@link isWorthListing}; a listing may end when
 *   it is longer than the bound.
 */
export function surveyFixture(entries: readonly FixtureEntry[]): FixtureSurvey {
  if (entries.length > fixtureBounds.entries) return { files: [], problems: [tooMuch] };
  const own = entries.filter(({ path }) => !isLeftByPython(path));
  const apps = own.filter(({ path, kind }) => kind === 'folder' && !path.includes('/'));
  const broken = new Map<string, FixtureProblem>();
  for (const { path } of apps) {
    const problem = appProblem(path, own);
    if (problem) broken.set(path, problem);
  }
  // Of an app that cannot be installed, one finding is enough.
  const rest = own.filter(({ path }) => !broken.has(path.split('/')[0]!));
  const problems = [...broken.values(), ...rest.flatMap((entry) => entryProblem(entry) ?? [])];
  const wrong = new Set(problems.map(({ path }) => path));
  const files = rest
    .filter(({ path, kind }) => kind === 'file' && !wrong.has(path))
    .map(({ path }) => path)
    .sort();
  const inApps = files.filter((path) => path.includes('/')).length;
  if (inApps <= fixtureBounds.files) return { files, problems };
  problems.push({
    path: '',
    expected: `at most ${fixtureBounds.files} files in the apps of a fixture`,
    found: `${inApps} files`,
    fix: 'Keep the models that the programs need, and take the others out.',
  });
  return { files: files.filter((path) => !path.includes('/')), problems };
}

/**
 * Puts a fixture together from what was read.
 * @param texts - Source by path, of the files that {@link surveyFixture} named.
 */
export function assembleFixture(texts: ReadonlyMap<string, string>): {
  fixture: Fixture;
  problems: FixtureProblem[];
} {
  const rows = texts.get('rows.py') ?? null;
  const inApps = [...texts].filter(([path]) => path.includes('/'));
  const bytes = inApps.reduce((sum, [, text]) => sum + new TextEncoder().encode(text).length, 0);
  if (bytes <= fixtureBounds.bytes) {
    return { fixture: { rows, apps: Object.fromEntries(inApps) }, problems: [] };
  }
  const problem: FixtureProblem = {
    path: '',
    expected: `at most ${fixtureBounds.bytes / 1024} KiB in the apps of a fixture`,
    found: `${Math.ceil(bytes / 1024)} KiB`,
    fix: 'Keep the models that the programs need; rows are made by `rows.py`.',
  };
  return { fixture: { rows, apps: {} }, problems: [problem] };
}

const tooMuch: FixtureProblem = {
  path: '',
  expected: 'a folder with `rows.py` and a few apps',
  found: `more than ${fixtureBounds.entries} files and folders`,
  fix: 'Name the fixture of a lesson, or take out what is no part of it.',
};

/** What is wrong with an app as a whole; null when nothing is. */
function appProblem(app: string, entries: readonly FixtureEntry[]): FixtureProblem | null {
  if (!packageName.test(app) || reservedWords.has(app)) {
    return {
      path: app,
      expected: 'an app: a folder whose name Python can import, of small letters, digits and `_`',
      found: `the folder \`${app}\``,
      fix: 'Rename it, `library` for example, or take it out: nothing else reads it.',
    };
  }
  const taken = installedNames.get(app);
  if (taken !== undefined) {
    return {
      path: app,
      expected: 'an app whose name nothing that is installed has',
      found: `\`${app}\`, which is ${taken}`,
      fix: `Rename the folder, \`our_${app}\` for example, and what imports it.`,
    };
  }
  const models = [`${app}/models.py`, `${app}/models/__init__.py`];
  if (entries.some(({ path, kind }) => kind === 'file' && models.includes(path))) return null;
  return {
    path: app,
    expected: `models: a file \`${app}/models.py\``,
    found: 'no such file',
    fix: 'Add it, or take the folder out.',
  };
}

function entryProblem({ path, kind }: FixtureEntry): FixtureProblem | null {
  const names = path.split('/');
  const name = names.at(-1)!;
  if (names.length === 1) {
    if (kind === 'folder' || name === 'rows.py') return null;
    return {
      path,
      expected: 'only `rows.py` and folders of apps in `fixture`',
      found: `\`${name}\``,
      fix: /^models\.py$/.test(name)
        ? 'Put it into a folder, the app: `library/models.py`.'
        : 'Take it out; nothing reads it.',
    };
  }
  if (kind === 'file') return moduleFile.test(name) ? null : notPython(path, name);
  if (!packageName.test(name) || reservedWords.has(name)) {
    return {
      path,
      expected:
        'a package: a folder whose name Python can import, of small letters, digits and `_`',
      found: `the folder \`${name}\``,
      fix: 'Rename it, or take it out.',
    };
  }
  if (names.length <= fixtureBounds.depth) return null;
  return {
    path,
    expected: `at most ${fixtureBounds.depth} folders one within the other`,
    found: `${names.length} of them`,
    fix: 'Move the models further up.',
  };
}

function notPython(path: string, name: string): FixtureProblem {
  return {
    path,
    expected: 'only Python files in an app, named so that they can be imported',
    found: `\`${name}\``,
    fix: name.endsWith('.py')
      ? 'Rename it: letters, digits and `_` only.'
      : 'Take it out; nothing reads it.',
  };
}
