import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Thanks for a lesson: one of each learner who wants to give it. */
export const kudos: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('kudos')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lesson_id', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('kudos_pk', ['learner_id', 'lesson_id'])
      .execute();

    // Counted on each page of the lesson.
    await db.schema.createIndex('kudos_lesson').on('kudos').column('lesson_id').execute();
  },
};
