import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import { migrateToLatest } from '../migrations.ts';
import type { Database } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { holdDataDir, type Hold } from './data-dir-hold.ts';
import { GroupCommit } from './group-commit.ts';
import { SqliteConnection, SqliteError } from './sqlite-connection.ts';
import { SqliteThreadDialect } from './sqlite-dialect.ts';
import { explainSqlite } from './sqlite-errors.ts';

export const databaseFileName = 'assay.sqlite3';
const busyTimeoutMs = 10_000;
/** Names of `PRAGMA synchronous`, by its number. */
const synchronousNames = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

/**
 * Two connections: one writes, and the other reads without waiting for the first one's flushes.
 * @throws {StoreError} When the database cannot be opened or brought up to date.
 */
export async function openSqliteEngine(dataDir: string): Promise<Engine> {
  const path = join(dataDir, databaseFileName);
  const explain = (error: unknown) => explainSqlite(error, path);
  const opened: Kysely<Database>[] = [];
  let hold: Hold | null = null;
  const connect = async (isReadOnly: boolean) => {
    const connection = await SqliteConnection.open({ path, isReadOnly, busyTimeoutMs });
    const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(connection) });
    opened.push(db);
    return db;
  };
  const close = async () => {
    // The writer last: it is the one that can fold the WAL into the database.
    for (const db of opened.toReversed()) await db.destroy();
    hold?.release();
  };

  try {
    await mkdir(dataDir, { recursive: true });
    hold = shareDataDir(dataDir);
    const writes = await connect(false);
    await writes.transaction().execute((trx) => migrateToLatest(trx));
    const reads = await connect(true);
    const group = new GroupCommit(writes);
    return {
      reads,
      // The one writing connection keeps learners apart; other processes wait at `begin immediate`.
      write: (_learnerId, work) => group.write((trx) => work(trx, holdsAll)),
      describe: () => describe(writes),
      explain,
      close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw explain(error);
  }
}

/** Who writes keeps everybody else from writing, whoever is written for. */
const holdsAll = async () => {};

/** Keeps a restore from putting another database in the place of this one while it is open. */
function shareDataDir(dataDir: string): Hold {
  let hold: Hold | null;
  try {
    hold = holdDataDir(dataDir, 'shared', busyTimeoutMs);
  } catch (error) {
    const { message, errcode } = error as { message?: unknown; errcode?: unknown };
    throw new SqliteError({
      message: String(message),
      resultCode: typeof errcode === 'number' ? errcode : null,
    });
  }
  if (hold !== null) return hold;
  throw new StoreError(
    'busy',
    `A backup is being restored in ${dataDir}: start again once that is done.`,
  );
}

async function describe(writes: Kysely<Database>) {
  const synchronous = await sql<{ synchronous: number }>`pragma synchronous`.execute(writes);
  const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(writes);
  const level = synchronous.rows[0]?.synchronous ?? -1;
  return {
    engine: 'sqlite' as const,
    durability: synchronousNames[level] ?? `unknown (${level})`,
    detail: journal.rows[0]?.journal_mode ?? 'unknown',
  };
}
