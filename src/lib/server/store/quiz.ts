/** Which questions about a lesson's recorded program a learner has answered right. */
import type { Kysely, Transaction } from 'kysely';
import { insertLearner } from './learners.ts';
import type { QuestionRef, QuizRight } from './port.ts';
import type { Database } from './schema.ts';

/** Keeps the question as answered; one that is keeps its time. */
export async function insertQuizRight(trx: Transaction<Database>, ref: QuestionRef): Promise<void> {
  await insertLearner(trx, ref);
  await trx
    .insertInto('quiz_rights')
    .values({
      learner_id: ref.learnerId,
      lesson_id: ref.lessonId,
      question: ref.question,
      answered_at: ref.at,
    })
    .onConflict((conflict) => conflict.columns(['learner_id', 'lesson_id', 'question']).doNothing())
    .execute();
}

/** @param lessonId - Null: of all lessons. */
export async function selectQuizRights(
  db: Kysely<Database>,
  learnerId: string,
  lessonId: string | null,
): Promise<QuizRight[]> {
  const rows = await db
    .selectFrom('quiz_rights')
    .select(['lesson_id', 'question', 'answered_at'])
    .where('learner_id', '=', learnerId)
    .$if(lessonId !== null, (query) => query.where('lesson_id', '=', lessonId))
    .orderBy('answered_at')
    .orderBy('lesson_id')
    .orderBy('question')
    .execute();
  return rows.map((row) => ({
    lessonId: row.lesson_id,
    question: row.question,
    answeredAt: row.answered_at,
  }));
}
