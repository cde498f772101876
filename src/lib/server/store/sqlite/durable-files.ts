/** Changes to files that outlive a power cut, and what their errors mean for people. */
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { BackupProblem } from '../backup-problem.ts';

/** SQLite's primary result codes. */
const inUseCodes = [5, 6];
const damageCodes = [11, 26];
const fullCode = 13;

/** Writes what the system still has of a file in memory to the disk; a folder: the names in it. */
export function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Gives a file a second name that nobody has yet; where the file system has no second names, a copy.
 * @throws Error with the code EEXIST when there is such a name.
 */
export function addName(path: string, name: string): void {
  try {
    linkSync(path, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    copyFileSync(path, name, constants.COPYFILE_EXCL);
    flush(name);
  }
}

/** Whether SQLite says of a database that it is damaged, or is none. */
export function isDamage(error: unknown): boolean {
  return damageCodes.includes(primaryCodeOf(error));
}

/** Whether SQLite says that somebody else has the database open. */
export function isInUse(error: unknown): boolean {
  return inUseCodes.includes(primaryCodeOf(error));
}

function primaryCodeOf(error: unknown): number {
  return Number((error as { errcode?: unknown }).errcode ?? 0) & 0xff;
}

/** Says what an error of the file system or of SQLite means. A `BackupProblem` is given back. */
export function explainFile(error: unknown, path: string): BackupProblem {
  if (error instanceof BackupProblem) return error;
  const { code, message } = error as Partial<NodeJS.ErrnoException>;
  if (code === 'ENOSPC' || code === 'EDQUOT' || primaryCodeOf(error) === fullCode) {
    return new BackupProblem(
      `The disk that holds ${dirname(path)} is full.`,
      'Make room there (`df -h` shows how much there is), or name a file on another disk.',
      error,
    );
  }
  if (code === 'ENOENT') {
    return new BackupProblem(`There is no ${path}.`, 'Look at the spelling of the path.', error);
  }
  return new BackupProblem(
    `${path} cannot be read or written (${message ?? String(error)}).`,
    'Run the command as the user that Assay runs as, and let that user read and write there.',
    error,
  );
}
