/** Kudos: thanks that a learner gives a lesson, once. */
import type { Kysely, Transaction } from 'kysely';
import { insertLearner } from './learners.ts';
import type { LessonRef } from './port.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;
type Trx = Transaction<Database>;

/** What was given already keeps its time. */
export async function insertKudos(trx: Trx, ref: LessonRef): Promise<void> {
  await insertLearner(trx, ref);
  await trx
    .insertInto('kudos')
    .values({ learner_id: ref.learnerId, lesson_id: ref.lessonId, created_at: ref.at })
    .onConflict((conflict) => conflict.columns(['learner_id', 'lesson_id']).doNothing())
    .execute();
}

export async function deleteKudos(trx: Trx, learnerId: string, lessonId: string): Promise<void> {
  await trx
    .deleteFrom('kudos')
    .where('learner_id', '=', learnerId)
    .where('lesson_id', '=', lessonId)
    .execute();
}

/** @returns How many each lesson has, by its id; one that has none may be missing. */
export async function countKudos(db: Db, lessonIds: string[]): Promise<Map<string, number>> {
  if (lessonIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('kudos')
    .select((eb) => ['lesson_id', eb.fn.countAll().as('count')])
    .where('lesson_id', 'in', lessonIds)
    .groupBy('lesson_id')
    .execute();
  return new Map(rows.map((row) => [row.lesson_id, Number(row.count)]));
}

/** The lessons to which a learner gives theirs. */
export async function selectKudos(db: Db, learnerId: string): Promise<Set<string>> {
  const given = await selectExportedKudos(db, learnerId);
  return new Set(given.map(({ lessonId }) => lessonId));
}

/** The same as plain data, oldest first. */
export async function selectExportedKudos(db: Db, learnerId: string) {
  const rows = await db
    .selectFrom('kudos')
    .select(['lesson_id', 'created_at'])
    .where('learner_id', '=', learnerId)
    .orderBy('created_at')
    .orderBy('lesson_id')
    .execute();
  return rows.map((row) => ({ lessonId: row.lesson_id, givenAt: row.created_at }));
}
