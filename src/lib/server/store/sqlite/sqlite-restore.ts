/** Puts a backup in the place of a data folder's database, and keeps the old one beside it. */
import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackupProblem } from '../backup-problem.ts';
import { holdDataDir } from './data-dir-hold.ts';
import { addName, explainFile, flush, isDamage, isInUse } from './durable-files.ts';
import { isSqliteFile, readContents, type Contents } from './sqlite-contents.ts';
import { databaseFileName } from './sqlite-engine.ts';

const waitMs = 1000;
const ownerOnly = 0o600;
/** Files beside a database that hold a part of it. */
const companions = ['-wal', '-journal'];

export interface Restored {
  contents: Contents;
  /** Absolute path of the database that was there; null when there was none. */
  kept: string | null;
}

/**
 * @param now - Names the old database, which is kept as `assay.sqlite3.before-restore-<now>`.
 * @throws {BackupProblem} When somebody works on the database, or `file` is no whole backup; then
 *   all is as before.
 */
export function restoreSqlite(dataDir: string, file: string, now: Date): Restored {
  const source = resolve(file);
  const database = join(dataDir, databaseFileName);
  try {
    refuseSource(source, database);
  } catch (error) {
    throw explainFile(error, source);
  }
  try {
    mkdirSync(dataDir, { recursive: true });
    const hold = holdDataDir(dataDir, 'alone', waitMs);
    if (hold === null) throw inUse(dataDir);
    try {
      return replaceDatabase(dataDir, source, now);
    } finally {
      hold.release();
    }
  } catch (error) {
    throw explainFile(error, database);
  }
}

function refuseSource(source: string, database: string): void {
  // Throws when there is none.
  if (!statSync(source).isFile()) {
    throw new BackupProblem(`${source} is not a file.`, 'Name a file that `assay backup` made.');
  }
  // Throws when it may not be read.
  closeSync(openSync(source, 'r'));
  if (existsSync(database) && realpathSync(source) === realpathSync(database)) {
    throw new BackupProblem(
      `${source} is the database itself.`,
      'Name a file that `assay backup` made.',
    );
  }
  const companion = companions
    .map((suffix) => `${source}${suffix}`)
    .find((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0);
  if (companion !== undefined) {
    throw new BackupProblem(
      `A part of ${source} is in ${companion}: this is a database as it was in use, not a backup.`,
      'Make a backup of it first: ASSAY_DATA_DIR=ITS_FOLDER ./assay backup FILE',
    );
  }
}

function inUse(dataDir: string): BackupProblem {
  return new BackupProblem(
    `The database in ${dataDir} is in use, so it cannot be replaced.`,
    'Stop Assay (and what else has the database open), then try again.',
  );
}

function tooNew(source: string, newer: string[]): BackupProblem {
  return new BackupProblem(
    `${source} was written by a newer Assay (it has ${newer.join(', ')}).`,
    'Restore it with that version, or with a later one.',
  );
}

/** Called while nobody else holds the folder. */
function replaceDatabase(dataDir: string, source: string, now: Date): Restored {
  const database = join(dataDir, databaseFileName);
  const incoming = `${database}.restoring`;
  try {
    // What a restore that was killed has left is overwritten.
    rmSync(incoming, { force: true });
    closeSync(openSync(incoming, 'wx', ownerOnly));
    copyFileSync(source, incoming);
    const { contents, newer } = readContents(incoming, source);
    if (newer.length > 0) throw tooNew(source, newer);
    belongLikeTheOld(incoming, existsSync(database) ? database : dataDir);
    flush(incoming);
    foldIntoOneFile(database, dataDir);
    const kept = keepOld(database, now);
    renameSync(incoming, database);
    flush(dataDir);
    return { contents, kept };
  } finally {
    for (const suffix of ['', '-shm', '-wal']) rmSync(`${incoming}${suffix}`, { force: true });
  }
}

/** Restored by root, the database must still be the serving user's. */
function belongLikeTheOld(incoming: string, old: string): void {
  const { uid, gid, mode } = statSync(old);
  if (process.getuid?.() === 0) chownSync(incoming, uid, gid);
  chmodSync(incoming, mode & 0o666);
}

/**
 * Brings all of the old database into its one file, as far as it can be read.
 * @throws {BackupProblem} When another program has it open.
 */
function foldIntoOneFile(database: string, dataDir: string): void {
  // SQLite would remove what lies beside a file that is no database.
  if (!existsSync(database) || !isSqliteFile(database)) return;
  let old: DatabaseSync | undefined;
  try {
    old = new DatabaseSync(database, { timeout: waitMs });
    old.exec('pragma journal_mode = delete');
  } catch (error) {
    if (isInUse(error)) throw inUse(dataDir);
    // A damaged database is one of the reasons to restore: it is kept with all its files.
    if (!isDamage(error)) throw error;
  } finally {
    old?.close();
  }
}

/**
 * The old name stays until the new file takes it: a start after a power cut finds one or the other.
 * What lies beside it goes first, because SQLite would add it to the new database.
 */
function keepOld(database: string, now: Date): string | null {
  const name = `${database}.before-restore-${now.toISOString().replaceAll(':', '-')}`;
  const parts = ['', ...companions].filter((suffix) => existsSync(`${database}${suffix}`));
  for (const suffix of parts) addName(`${database}${suffix}`, `${name}${suffix}`);
  flush(join(database, '..'));
  for (const suffix of [...companions, '-shm']) rmSync(`${database}${suffix}`, { force: true });
  return parts.includes('') ? name : null;
}
