import type { Kysely, Transaction } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { attempts } from './migrations/001-attempts.ts';
import { StoreError } from './store-error.ts';

/** In order. A migration that was released is never changed: its successor puts right what it did. */
const migrations: Record<string, Migration> = {
  '001-attempts': attempts,
};

const migrationTable = 'assay_migrations';

/**
 * Brings the database to the newest schema; one that is there already is left alone.
 * @throws {StoreError} `newer-database` when a migration was applied that this version does not know.
 */
export async function migrateToLatest<DB>(db: Kysely<DB> | Transaction<DB>): Promise<void> {
  await refuseNewerDatabase(db);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: migrationTable,
    migrationLockTableName: 'assay_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw error instanceof Error ? error : new Error(String(error));
}

async function refuseNewerDatabase<DB>(db: Kysely<DB>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === migrationTable)) return;
  const applied = await (db as unknown as Kysely<{ assay_migrations: { name: string } }>)
    .selectFrom(migrationTable)
    .select('name')
    .orderBy('name')
    .execute();
  const unknown = applied.filter((migration) => !(migration.name in migrations));
  if (unknown.length === 0) return;
  const names = unknown.map((migration) => migration.name).join(', ');
  throw new StoreError(
    'newer-database',
    `The database was written by a newer Assay (it has ${names}): start that version again, or restore the backup made before the upgrade.`,
  );
}
