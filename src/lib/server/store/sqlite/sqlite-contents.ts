/** Looks whether a file is a whole database of Assay's, and what it holds. Changes nothing. */
import { closeSync, openSync, readSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BackupProblem } from '../backup-problem.ts';
import { unknownMigrations } from '../migrations.ts';

/** Numbers of rows. */
export interface Contents {
  learners: number;
  attempts: number;
  reports: number;
}

const header = 'SQLite format 3\0';
/** What to do about a damaged database, live or backed up. */
export const anotherBackup = 'Look at the disk, and restore an earlier backup.';
const anotherFile = 'Name a file that `assay backup` made.';

/**
 * @param path - A database that nobody writes to.
 * @param shown - How the file is called in what people read.
 * @returns What it holds, and the migrations it has had that only a newer version knows.
 * @throws {BackupProblem} When it is damaged, or is none of Assay's.
 */
export function readContents(path: string, shown: string): { contents: Contents; newer: string[] } {
  if (!isSqliteFile(path)) {
    throw new BackupProblem(`${shown} is not a database, so it is no backup.`, anotherFile);
  }
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      refuseDamaged(database);
      refuseForeign(database, shown);
      return { contents: countRows(database), newer: newerMigrations(database) };
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof BackupProblem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupProblem(`${shown} is damaged (${reason}).`, anotherBackup, error);
  }
}

/** Whether a file begins as a database of SQLite's does. */
export function isSqliteFile(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(header.length);
    readSync(file, start, 0, start.length, 0);
    return start.toString('latin1') === header;
  } finally {
    closeSync(file);
  }
}

function refuseDamaged(database: DatabaseSync): void {
  const [first] = database.prepare('pragma integrity_check(1)').all();
  if (first?.['integrity_check'] !== 'ok') throw new Error(String(first?.['integrity_check']));
  const [orphan] = database.prepare('pragma foreign_key_check').all();
  if (orphan) throw new Error(`rows of ${String(orphan['table'])} refer to nothing`);
}

function refuseForeign(database: DatabaseSync, shown: string): void {
  const ours = ['assay_migrations', 'learners', 'rounds', 'attempts'];
  if (!ours.every((table) => hasTable(database, table))) {
    throw new BackupProblem(`${shown} is a database, but not one of Assay's.`, anotherFile);
  }
}

function newerMigrations(database: DatabaseSync): string[] {
  const applied = database.prepare('select name from assay_migrations').all();
  return unknownMigrations(applied.map((row) => String(row['name'])));
}

function hasTable(database: DatabaseSync, name: string): boolean {
  const found = database
    .prepare("select 1 from sqlite_schema where type = 'table' and name = ?")
    .get(name);
  return found !== undefined;
}

function countRows(database: DatabaseSync): Contents {
  const count = (table: keyof Contents) =>
    hasTable(database, table)
      ? Number(database.prepare(`select count(*) as n from ${table}`).get()?.['n'])
      : 0;
  return { learners: count('learners'), attempts: count('attempts'), reports: count('reports') };
}
