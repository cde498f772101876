/**
 * Who works in a data folder: any number of processes that share its database, or one that replaces it.
 * Both hold a lock of the kernel's on a file, through SQLite, which is gone with its holder however that
 * ended; so nothing has to be taken away after a crash.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isInUse } from './durable-files.ts';

const fileName = 'assay.lock';

export interface Hold {
  release(): void;
}

/**
 * @param how - `shared`: beside others that share it. `alone`: nobody else.
 * @param waitMs - How long to wait for those in the way; this thread stands still meanwhile.
 * @returns Null when they are still there.
 * @throws Error of SQLite when the folder cannot be written to.
 */
export function holdDataDir(dataDir: string, how: 'shared' | 'alone', waitMs: number): Hold | null {
  const lock = new DatabaseSync(join(dataDir, fileName), { timeout: waitMs });
  try {
    // Nothing is ever written: so no journal beside it.
    lock.exec('pragma journal_mode = memory');
    lock.exec(how === 'alone' ? 'begin exclusive' : 'begin');
    // A transaction takes its shared lock at its first look.
    lock.prepare('select count(*) from sqlite_schema').get();
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    if (isInUse(error)) return null;
    throw error;
  }
}
