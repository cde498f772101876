import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Learners' goes at lessons' Tests. */
export const sittings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('sittings')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lesson_id', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('seed', 'text', (column) => column.notNull())
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addUniqueConstraint('sittings_number', ['learner_id', 'lesson_id', 'number'])
      .addCheckConstraint('sittings_number_from', sql`number >= 1`)
      .execute();

    await db.schema
      .createIndex('sittings_open')
      .on('sittings')
      .unique()
      .columns(['learner_id', 'lesson_id'])
      .where(sql.ref('ended_at'), 'is', null)
      .execute();

    await db.schema
      .createTable('sitting_items')
      .addColumn('sitting_id', 'text', (column) => column.notNull().references('sittings.id'))
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('order_shown', 'text', (column) => column.notNull())
      .addColumn('objective', 'text', (column) => column.notNull())
      .addColumn('difficulty', 'text', (column) => column.notNull())
      .addColumn('model', 'text', (column) => column.notNull())
      .addColumn('drawn_at', 'text', (column) => column.notNull())
      .addColumn('key', 'text')
      .addColumn('answer', 'text')
      .addColumn('verdict', 'text')
      .addColumn('evidence_id', 'text')
      .addColumn('judged', 'text')
      .addColumn('answered_at', 'text')
      .addPrimaryKeyConstraint('sitting_items_pk', ['sitting_id', 'number'])
      // No exercise is asked twice.
      .addUniqueConstraint('sitting_items_exercise', ['sitting_id', 'exercise_uid'])
      .addUniqueConstraint('sitting_items_key', ['sitting_id', 'key'])
      .addCheckConstraint('sitting_items_number', sql`number >= 1`)
      .addCheckConstraint('sitting_items_difficulty', sql`difficulty in ('easy', 'medium', 'hard')`)
      .addCheckConstraint('sitting_items_verdict', sql`verdict in ('right', 'wrong', 'passed')`)
      .addCheckConstraint('sitting_items_key_length', sql`length(key) between 1 and 64`)
      .addCheckConstraint(
        'sitting_items_answered',
        sql`(key is null) = (verdict is null) and (answer is null) = (verdict is null)
          and (answered_at is null) = (verdict is null)`,
      )
      .execute();
  },
};
