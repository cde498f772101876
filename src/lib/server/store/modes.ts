/** Which modes of a lesson a learner has opened, and which of them they are done with. */
import type { Kysely, Transaction } from 'kysely';
import type { ModeProgress } from '#lib/domain/mode.ts';
import { insertLearner } from './learners.ts';
import type { ModeRef } from './port.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;
type Trx = Transaction<Database>;

/** Puts the mode at the top of those opened; one that is done stays done. */
export async function upsertOpened(trx: Trx, ref: ModeRef): Promise<void> {
  await insertLearner(trx, ref);
  await trx
    .insertInto('mode_progress')
    .values({ ...rowOf(ref), done_at: null })
    .onConflict((conflict) =>
      conflict.columns(['learner_id', 'lesson_id', 'mode']).doUpdateSet({ opened_at: ref.at }),
    )
    .execute();
}

/** Marks the mode as done; one that is keeps its time. */
export async function upsertDone(trx: Trx, ref: ModeRef): Promise<void> {
  await insertLearner(trx, ref);
  await trx
    .insertInto('mode_progress')
    .values({ ...rowOf(ref), done_at: ref.at })
    .onConflict((conflict) =>
      conflict
        .columns(['learner_id', 'lesson_id', 'mode'])
        .doUpdateSet({ done_at: ref.at })
        .where('mode_progress.done_at', 'is', null),
    )
    .execute();
}

/** The one opened last first. */
export async function selectModes(
  db: Db,
  learnerId: string,
  lessonId: string | null,
): Promise<ModeProgress[]> {
  const rows = await db
    .selectFrom('mode_progress')
    .select(['lesson_id', 'mode', 'opened_at', 'done_at'])
    .where('learner_id', '=', learnerId)
    .$if(lessonId !== null, (query) => query.where('lesson_id', '=', lessonId))
    .orderBy('opened_at', 'desc')
    .orderBy('lesson_id')
    .orderBy('mode')
    .execute();
  return rows.map((row) => ({
    lessonId: row.lesson_id,
    mode: row.mode,
    openedAt: row.opened_at,
    doneAt: row.done_at,
  }));
}

function rowOf({ learnerId, lessonId, mode, at }: ModeRef) {
  return { learner_id: learnerId, lesson_id: lessonId, mode, opened_at: at };
}
