import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Learners that turned out to be one: the row of the one that is gone names where what comes for it lands. */
export const merges: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable('learners')
      .addColumn('merged_into', 'text', (column) => column.references('learners.id'))
      .execute();
    // Who was merged into a learner is asked when that one is merged, exported or deleted.
    await db.schema
      .createIndex('learners_merged_into')
      .on('learners')
      .column('merged_into')
      .execute();
  },
};
