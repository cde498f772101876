import type { Limits } from '#lib/domain/run.ts';
import type { RunRequest } from './port.ts';

/** What a run finds in its folder beforehand, so that no file of a program can be called that. */
const taken = ['db.sqlite3'];
const mostDeep = 8;
/** Letters, digits and what file names commonly hold; no part begins with a dot. */
const part = /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u;

/**
 * What is wrong with the names of a program's other files, in a sentence; null when nothing is.
 * They are paths inside the program's own folder, written by the run itself, so this guards against
 * mistakes; the jail guards against the rest.
 */
export function filesProblem(
  { files = {}, fileName = 'program.py' }: Pick<RunRequest, 'files' | 'fileName'>,
  limits: Limits,
): string | null {
  const names = Object.keys(files);
  if (names.length > limits.files) {
    return `A program may have at most ${limits.files} files, not ${names.length}.`;
  }
  for (const name of names) {
    const problem = nameProblem(name, fileName);
    if (problem) return `The file ${JSON.stringify(name)} ${problem}.`;
  }
  return null;
}

function nameProblem(name: string, program: string): string | null {
  const parts = name.split('/');
  if (parts.length > mostDeep) return `lies more than ${mostDeep} folders deep`;
  if (!parts.every((each) => part.test(each))) {
    return 'must have a relative path of plain names: no `..`, no name that begins with a dot';
  }
  if (name === program) return 'has the name of the program itself';
  if (taken.includes(name)) return 'has the name of the database';
  return null;
}
