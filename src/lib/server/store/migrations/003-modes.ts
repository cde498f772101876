import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What running an answer came to, and which modes of a lesson a learner opened and is done with. */
export const modes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // Null: the verdict was looked up, as all were before.
    await db.schema.alterTable('attempts').addColumn('judged', 'text').execute();

    await db.schema
      .createTable('mode_progress')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lesson_id', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull())
      .addColumn('done_at', 'text')
      .addPrimaryKeyConstraint('mode_progress_pk', ['learner_id', 'lesson_id', 'mode'])
      .addCheckConstraint('mode_progress_mode', sql`length(mode) between 1 and 64`)
      .execute();
  },
};
