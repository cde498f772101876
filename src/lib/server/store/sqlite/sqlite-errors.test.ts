import { describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { SqliteError } from './sqlite-connection.ts';
import { explainSqlite } from './sqlite-errors.ts';

const path = '/data/assay.sqlite3';

describe('what an error of SQLite means', () => {
  it.each([
    ['the disk is full', 13, 'disk-full', /disk that holds \/data is full/],
    ['another process holds the database', 5, 'busy', /try again.*stop the other process/],
    ['the same, by its extended code', 517, 'busy', /another process/i],
    ['the folder is read-only', 1544, 'not-writable', /ASSAY_DATA_DIR/],
    ['the file cannot be opened', 14, 'not-writable', /ASSAY_DATA_DIR/],
    ['the file is damaged', 11, 'not-a-database', /put a backup in its place/],
    ['the disk fails at a flush', 1034, 'failed', /check the disk/],
    ['something else', 1, 'failed', /report it with this message/],
  ])('says so when %s (%i)', (_, resultCode, problem, says) => {
    const cause = new SqliteError({ message: 'what SQLite said', resultCode });
    const error = explainSqlite(cause, path);
    expect(error).toMatchObject({ name: 'StoreError', problem, cause });
    expect(error.message).toMatch(says);
  });

  it('knows a full disk from the system too', () => {
    const cause = Object.assign(new Error('mkdir'), { code: 'ENOSPC' });
    expect(explainSqlite(cause, path).problem).toBe('disk-full');
  });

  it('gives back what was explained already', () => {
    const error = new StoreError('newer-database', 'Upgrade.');
    expect(explainSqlite(error, path)).toBe(error);
  });
});
