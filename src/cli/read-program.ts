/** Reads what `assay run` is to run: a program, its other files, and a fixture. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommandProblem } from './command-problem.ts';

/** A program is a page or two; a file this large was named by mistake. */
const maxProgramBytes = 1024 * 1024;

/** Files beside the program; all of them travel with every run. */
const maxFiles = 100;

/**
 * Reads a text file.
 * @throws CommandProblem when there is none, or it is too large or no text.
 */
export async function readSource(path: string): Promise<string> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CommandProblem(
      cause.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read.`,
      'Name a Python file that you may read, or - for standard input.',
    );
  });
  if (!found.isFile()) {
    throw new CommandProblem(`${path} is not a file.`, 'Name a single Python file.');
  }
  if (found.size > maxProgramBytes) {
    throw new CommandProblem(
      `${path} has ${found.size} bytes; a program may have at most ${maxProgramBytes}.`,
      'Name the program itself; data can be made by the program.',
    );
  }
  const bytes = await readFile(path).catch(() => {
    throw new CommandProblem(`${path} cannot be read.`, 'Name a file that you may read.');
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandProblem(`${path} is not UTF-8 text.`, 'Save the file as UTF-8.');
  }
}

/**
 * Reads the program named on the command line.
 * @param name - A path, or `-` for standard input.
 * @throws CommandProblem when there is no such text.
 */
export async function readProgram(name: string): Promise<{ source: string; fileName: string }> {
  if (name === '-') return { source: await text(process.stdin), fileName: 'stdin.py' };
  return { source: await readSource(name), fileName: basename(name) };
}

/** Folders one within the other, and the file. */
const maxDepth = 8;

/** What every program finds beside it. */
const databaseName = 'db.sqlite3';

/** A further file: the path that the program knows it by, and where it stands on this disk. */
export interface NamedFile {
  name: string;
  path: string;
}

/**
 * Finds out what the program's other files are called beside it.
 * @param program - As for {@link readProgram}; of standard input the folder is the current one.
 * @param given - `PATH`, named by its place below the program's folder, or `NAME=PATH`.
 * @param onProblem - Told of each that cannot be so named; it is left out.
 */
export function nameFiles(
  program: string,
  given: readonly string[],
  onProblem: (problem: CommandProblem) => void,
): NamedFile[] {
  const folder = program === '-' ? resolve() : dirname(resolve(program));
  const programName = program === '-' ? 'stdin.py' : basename(program);
  const named: NamedFile[] = [];
  for (const text of given) {
    const file = nameFile(folder, text);
    const problem = file instanceof CommandProblem ? file : whyNotBeside(file, programName, named);
    if (problem) onProblem(problem);
    else named.push(file as NamedFile);
  }
  if (named.length > maxFiles) {
    onProblem(
      new CommandProblem(
        `${named.length} files are named with --file; a program may have at most ${maxFiles}.`,
        'Name those that it imports or opens.',
      ),
    );
  }
  return named;
}

function nameFile(folder: string, given: string): NamedFile | CommandProblem {
  const sign = given.indexOf('=');
  if (sign !== -1) {
    const [name, path] = [given.slice(0, sign), given.slice(sign + 1)];
    if (path !== '' && isPlainPath(name)) return { name, path };
    return new CommandProblem(
      `--file ${given} is not possible: expected NAME=PATH, NAME being a path below the program's folder, of plain names that do not begin with a dot.`,
      'For example --file shop/prices.py=drafts/prices.py',
    );
  }
  const path = relative(folder, resolve(given));
  const name = path.split(sep).join('/');
  if (!isAbsolute(path) && isPlainPath(name)) return { name, path: given };
  return new CommandProblem(
    `--file ${given} is not possible: expected a file in ${folder}, the program's folder, or below it, of a plain name.`,
    `Say what it is to be called there: --file ${basename(given) || 'NAME'}=${given}`,
  );
}

/** Letters, digits and what names commonly hold, as the sandbox takes them; none is hidden. */
const plainName = /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u;

/** Whether a text is a relative path that stays where it begins. */
function isPlainPath(name: string): boolean {
  const parts = name.split('/');
  return parts.length <= maxDepth && parts.every((part) => plainName.test(part));
}

/** Why a file cannot stand beside the program and the files before it; null when it can. */
function whyNotBeside(
  { name, path }: NamedFile,
  program: string,
  before: readonly NamedFile[],
): CommandProblem | null {
  const others = [program, databaseName, ...before.map((file) => file.name)];
  const twin = others.find(
    (other) => other === name || other.startsWith(`${name}/`) || name.startsWith(`${other}/`),
  );
  if (twin === undefined) return null;
  const found =
    twin === name
      ? `${name} is there already${name === databaseName ? ', as the database' : ''}`
      : `${twin} and ${name} cannot both be there, one being a file and a folder`;
  return new CommandProblem(
    `--file ${path} is not possible: ${found}.`,
    `Give it another name: --file NAME=${path}`,
  );
}
