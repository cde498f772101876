import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which questions about a recorded program a learner has answered right. */
export const quiz: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('quiz_rights')
      .addColumn('learner_id', 'text', (column) => column.notNull().references('learners.id'))
      .addColumn('lesson_id', 'text', (column) => column.notNull())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('answered_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('quiz_rights_pk', ['learner_id', 'lesson_id', 'question'])
      .addCheckConstraint('quiz_rights_question', sql`length(question) between 1 and 64`)
      .execute();
  },
};
