import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What answers have said of exercises. */
export const itemModels: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('item_models')
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('estimate', 'text', (column) => column.notNull())
      .addColumn('answers', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('item_models_pk', ['exercise_uid', 'content_version'])
      .addCheckConstraint('item_models_answers', sql`answers >= 1`)
      .execute();
  },
};
