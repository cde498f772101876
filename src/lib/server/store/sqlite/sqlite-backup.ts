/** Copies the database of a data folder to one file, while others work on it. */
import {
  closeSync,
  existsSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackupProblem } from '../backup-problem.ts';
import { holdDataDir } from './data-dir-hold.ts';
import { addName, explainFile, flush, isDamage } from './durable-files.ts';
import { anotherBackup, readContents, type Contents } from './sqlite-contents.ts';
import { databaseFileName } from './sqlite-engine.ts';

const waitMs = 10_000;
/** What was answered is the learners' own: nobody else's to read. */
const ownerOnly = 0o600;

export interface Backup {
  /** Absolute path. */
  file: string;
  bytes: number;
  contents: Contents;
}

/**
 * Writes everything that was acknowledged before the call, of one moment, to `file`. The name appears
 * only once the copy is whole, checked and on the disk.
 * @param mayReplace - Whether a file of that name may be replaced.
 * @throws {BackupProblem}
 */
export function backUpSqlite(dataDir: string, file: string, mayReplace: boolean): Backup {
  const target = resolve(file);
  const database = join(dataDir, databaseFileName);
  if (!existsSync(database)) {
    throw new BackupProblem(
      `There is no database in ${dataDir} yet, so there is nothing to back up.`,
      'Set ASSAY_DATA_DIR to the folder that Assay runs with.',
    );
  }
  refuseTarget(target, dataDir, mayReplace);
  const partial = `${target}.partial-${process.pid}`;
  try {
    copyDatabase(dataDir, partial);
    // A newer version's is copied as well: whoever is in trouble wants a copy first of all.
    const { contents } = readContents(partial, 'The copy');
    flush(partial);
    giveName(partial, target, mayReplace);
    return { file: target, bytes: statSync(target).size, contents };
  } catch (error) {
    throw explainFile(error, target);
  } finally {
    rmSync(partial, { force: true });
  }
}

function refuseTarget(target: string, dataDir: string, mayReplace: boolean): void {
  const folder = dirname(target);
  if (!existsSync(folder)) {
    throw new BackupProblem(`There is no folder ${folder}.`, `Make it: mkdir -p ${folder}`);
  }
  const isInDataDir = realpathSync(folder) === realpathSync(dataDir);
  if (isInDataDir && basename(target).startsWith('assay.')) {
    throw new BackupProblem(
      `${target} is a name that Assay itself uses.`,
      'Name another file, best one on another disk.',
    );
  }
  const found = statSync(target, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new BackupProblem(`${target} is a folder.`, 'Name a file in it.');
  }
  if (found && !mayReplace) throw alreadyThere(target);
}

function alreadyThere(target: string): BackupProblem {
  return new BackupProblem(
    `${target} is there already.`,
    'Name another file, or add --force to replace it.',
  );
}

function copyDatabase(dataDir: string, partial: string): void {
  const hold = holdDataDir(dataDir, 'shared', waitMs);
  if (hold === null) {
    throw new BackupProblem('A restore is at work in this data folder.', 'Try again after it.');
  }
  try {
    closeSync(openSync(partial, 'wx', ownerOnly));
    const database = new DatabaseSync(join(dataDir, databaseFileName), {
      readOnly: true,
      timeout: waitMs,
    });
    try {
      // One read transaction, which holds up no writer.
      database.prepare('vacuum into ?').run(partial);
    } catch (error) {
      throw isDamage(error) ? damaged(dataDir, error) : error;
    } finally {
      database.close();
    }
  } finally {
    hold.release();
  }
}

function damaged(dataDir: string, cause: unknown): BackupProblem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new BackupProblem(
    `The database in ${dataDir} is damaged (${reason}).`,
    anotherBackup,
    cause,
  );
}

function giveName(partial: string, target: string, mayReplace: boolean): void {
  if (mayReplace) renameSync(partial, target);
  else {
    try {
      addName(partial, target);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? alreadyThere(target) : error;
    }
  }
  flush(dirname(target));
}
