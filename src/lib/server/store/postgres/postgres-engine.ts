import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Engine, Work } from '../engine.ts';
import { migrateToLatest } from '../migrations.ts';
import type { Database } from '../schema.ts';
import { explainPostgres, isWorthRepeating, nameOfDatabase } from './postgres-errors.ts';

const maxTries = 5;
const maxWriters = 8;
const maxReaders = 4;
const connectTimeoutMs = 10_000;

/**
 * Any number of processes may work on one database at once.
 * @throws {StoreError} When the database cannot be reached, logged in to or brought up to date.
 */
export async function openPostgresEngine(databaseUrl: string): Promise<Engine> {
  const name = nameOfDatabase(databaseUrl);
  const explain = (error: unknown) => explainPostgres(error, name);
  const opened: Kysely<Database>[] = [];
  const connect = (maxConnections: number) => {
    const pool = openPool(databaseUrl, maxConnections);
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    opened.push(db);
    return db;
  };
  const close = async () => {
    await Promise.all(opened.map((db) => db.destroy()));
  };

  try {
    const writes = connect(maxWriters);
    await migrateToLatest(writes);
    return {
      // Apart, so that a page need not wait until many writes have had their turn.
      reads: connect(maxReaders),
      write: (learnerId, work) => write(writes, learnerId, work),
      describe: () => describe(writes),
      explain,
      close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw explain(error);
  }
}

function openPool(connectionString: string, maxConnections: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: 'assay',
    allowExitOnIdle: true,
  });
  // A connection that breaks between two queries says so in an event that would end the process;
  // whoever uses it next gets the error anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

async function write<T>(db: Kysely<Database>, learnerId: string, work: Work<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await inWriteTransaction(db, async (trx) => {
        const hold = (id: string) => lockLearner(trx, id);
        await hold(learnerId);
        return work(trx, hold);
      });
    } catch (error) {
      if (tries >= maxTries || !isWorthRepeating(error)) throw error;
    }
  }
}

async function inWriteTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (trx) => {
      // With `off`, which a server or a role may have as its default, a commit returns before its flush.
      await sql`
        select set_config('synchronous_commit', 'on', true)
        where current_setting('synchronous_commit') = 'off'`.execute(trx);
      return work(trx);
    });
}

/** Held to the end of the transaction, by whichever process asks, once or again; a learner needs no row for it. */
async function lockLearner(trx: Transaction<Database>, learnerId: string): Promise<void> {
  const lock = createHash('sha256').update(learnerId).digest().readBigInt64BE();
  await sql`select pg_advisory_xact_lock(${lock.toString()}::bigint)`.execute(trx);
}

async function describe(db: Kysely<Database>) {
  const { rows } = await inWriteTransaction(db, (trx) =>
    sql<{ durability: string; version: string }>`
      select current_setting('synchronous_commit') as durability,
             current_setting('server_version') as version`.execute(trx),
  );
  return {
    engine: 'postgresql' as const,
    durability: rows[0]?.durability ?? 'unknown',
    detail: rows[0]?.version ?? 'unknown',
  };
}
