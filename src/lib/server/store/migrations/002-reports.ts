import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What learners report of exercises. No reference to a round: one may be reported before it begins. */
export const reports: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('reports')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('lesson_id', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('versions', 'text', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('round_number', 'integer', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('resolved_at', 'text')
      .addUniqueConstraint('reports_key', ['learner_id', 'key'])
      .addCheckConstraint('reports_round', sql`round_number >= 1`)
      .addCheckConstraint('reports_key_length', sql`length(key) between 1 and 64`)
      .addCheckConstraint(
        'reports_kind',
        sql`kind in ('wrong-verdict', 'unclear', 'typo', 'other')`,
      )
      .addCheckConstraint('reports_text_length', sql`length(text) <= 2000`)
      .execute();

    // The list of open reports is read newest first; the rate of one learner is counted.
    await db.schema
      .createIndex('reports_by_time')
      .on('reports')
      .columns(['created_at', 'id'])
      .execute();
    await db.schema
      .createIndex('reports_by_learner')
      .on('reports')
      .columns(['learner_id', 'created_at'])
      .execute();
  },
};
