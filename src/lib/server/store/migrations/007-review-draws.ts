import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** With which exercise a card was asked on a day. */
export const reviewDraws: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('review_draws')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('day', 'integer', (column) => column.notNull())
      .addColumn('card', 'text', (column) => column.notNull())
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('round', 'integer', (column) => column.notNull())
      .addColumn('drawn_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('review_draws_pk', ['learner_id', 'day', 'card'])
      .addCheckConstraint('review_draws_round', sql`round >= 1`)
      .execute();
  },
};
