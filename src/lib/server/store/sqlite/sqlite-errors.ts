import { dirname } from 'node:path';
import { StoreError } from '../store-error.ts';
import { SqliteError } from './sqlite-connection.ts';

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const code = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/**
 * Says what an error of SQLite or of the file system means for the database at `path`.
 * An error that is a `StoreError` already is given back.
 */
export function explainSqlite(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof SqliteError && error.resultCode !== null) {
    return explainResult(error.resultCode & 0xff, error, path);
  }
  const { code: systemCode } = error as { code?: unknown };
  if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT') return diskFull(path, error);
  if (typeof systemCode === 'string' && systemCode.startsWith('E')) {
    return notWritable(path, `${systemCode}`, error);
  }
  return failed(path, error);
}

function explainResult(result: number, error: SqliteError, path: string): StoreError {
  switch (result) {
    case code.full:
      return diskFull(path, error);
    case code.busy:
    case code.locked:
      return new StoreError(
        'busy',
        `Another process has held the database ${path} for too long: try again, and if it stays so, stop the other process.`,
        error,
      );
    case code.permission:
    case code.readOnly:
    case code.cannotOpen:
      return notWritable(path, error.message, error);
    case code.corrupt:
    case code.notADatabase:
      return new StoreError(
        'not-a-database',
        `The file ${path} is not a database that SQLite can read (${error.message}): move it away, or put a backup in its place.`,
        error,
      );
    case code.ioError:
      return new StoreError(
        'failed',
        `The disk refused to read or write the database ${path} (${error.message}): check the disk and its free space, then try again.`,
        error,
      );
    default:
      return failed(path, error);
  }
}

function diskFull(path: string, cause: unknown): StoreError {
  return new StoreError(
    'disk-full',
    `The disk that holds ${dirname(path)} is full, so this was not saved: free some space there and try again.`,
    cause,
  );
}

function notWritable(path: string, reason: string, cause: unknown): StoreError {
  return new StoreError(
    'not-writable',
    `Assay cannot write its database ${path} (${reason}): let the user it runs as write in ${dirname(path)}, or set ASSAY_DATA_DIR to a folder where it can.`,
    cause,
  );
}

function failed(path: string, error: unknown): StoreError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StoreError(
    'failed',
    `The database ${path} refused the request (${reason}): try again, and if it stays so, report it with this message.`,
    error,
  );
}
