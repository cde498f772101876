import type { Kysely, Transaction } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { attempts } from './migrations/001-attempts.ts';
import { reports } from './migrations/002-reports.ts';
import { modes } from './migrations/003-modes.ts';
import { quiz } from './migrations/004-quiz.ts';
import { sittings } from './migrations/005-sittings.ts';
import { kudos } from './migrations/006-kudos.ts';
import { reviewDraws } from './migrations/007-review-draws.ts';
import { itemModels } from './migrations/008-item-models.ts';
import { merges } from './migrations/009-merges.ts';
import { accounts } from './migrations/010-accounts.ts';
import { StoreError } from './store-error.ts';

/** In order. A migration that was released is never changed: its successor puts right what it did. */
const migrations: Record<string, Migration> = {
  '001-attempts': attempts,
  '002-reports': reports,
  '003-modes': modes,
  '004-quiz': quiz,
  '005-sittings': sittings,
  '006-kudos': kudos,
  '007-review-draws': reviewDraws,
  '008-item-models': itemModels,
  '009-merges': merges,
  '010-accounts': accounts,
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

/** @returns Those of the applied migrations that only a newer version knows. */
export function unknownMigrations(applied: string[]): string[] {
  return applied.filter((name) => !(name in migrations));
}

async function refuseNewerDatabase<DB>(db: Kysely<DB>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === migrationTable)) return;
  const applied = await (db as unknown as Kysely<{ assay_migrations: { name: string } }>)
    .selectFrom(migrationTable)
    .select('name')
    .orderBy('name')
    .execute();
  const unknown = unknownMigrations(applied.map(({ name }) => name));
  if (unknown.length === 0) return;
  throw new StoreError(
    'newer-database',
    `The database was written by a newer Assay (it has ${unknown.join(', ')}): start that version again, or restore the backup made before the upgrade.`,
  );
}
