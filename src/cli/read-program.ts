import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { CommandProblem } from './command-problem.ts';

/** A program is a page or two; a file this large was named by mistake. */
const maxProgramBytes = 1024 * 1024;

async function readFromFile(path: string): Promise<string> {
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
  const bytes = await readFile(path);
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
  return { source: await readFromFile(name), fileName: basename(name) };
}
