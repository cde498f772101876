import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Learners, their rounds and their attempts. */
export const attempts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('learners')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .execute();

    await db.schema
      .createTable('rounds')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('hints_shown', 'integer', (column) => column.notNull())
      .addColumn('ending', 'text')
      .addColumn('started_at', 'text', (column) => column.notNull())
      .addColumn('ended_at', 'text')
      .addPrimaryKeyConstraint('rounds_pk', ['learner_id', 'exercise_uid', 'number'])
      .addCheckConstraint('rounds_number', sql`number >= 1`)
      .addCheckConstraint('rounds_ending', sql`ending in ('right', 'attempts', 'shown')`)
      .addCheckConstraint('rounds_ended', sql`(ending is null) = (ended_at is null)`)
      .execute();

    await db.schema
      .createTable('attempts')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('learner_id', 'text', (column) => column.notNull())
      .addColumn('exercise_uid', 'text', (column) => column.notNull())
      .addColumn('round_number', 'integer', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('content_version', 'text', (column) => column.notNull())
      .addColumn('order_shown', 'text', (column) => column.notNull())
      .addColumn('answer', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('evidence_id', 'text', (column) => column.notNull())
      .addColumn('help_used', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addUniqueConstraint('attempts_number', [
        'learner_id',
        'exercise_uid',
        'round_number',
        'number',
      ])
      .addUniqueConstraint('attempts_key', ['learner_id', 'key'])
      .addForeignKeyConstraint(
        'attempts_round',
        ['learner_id', 'exercise_uid', 'round_number'],
        'rounds',
        ['learner_id', 'exercise_uid', 'number'],
      )
      .addCheckConstraint('attempts_first', sql`number >= 1`)
      .addCheckConstraint('attempts_key_length', sql`length(key) between 1 and 64`)
      .addCheckConstraint('attempts_verdict', sql`verdict in ('right', 'wrong')`)
      .execute();
  },
};
