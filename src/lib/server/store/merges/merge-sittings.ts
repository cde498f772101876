/** Makes two learners' sittings one learner's: in order of their beginning, and of each lesson one open at most. */
import type { Transaction } from 'kysely';
import type { Database } from '../schema.ts';
import { inOrder } from './in-order.ts';

type Trx = Transaction<Database>;

interface SittingRow {
  id: string;
  lesson_id: string;
  number: number;
  started_at: string;
  ended_at: string | null;
}

export async function mergeSittings(trx: Trx, from: string, into: string): Promise<void> {
  const own = await selectSittingRows(trx, into);
  const others = await selectSittingRows(trx, from);
  for (const lessonId of new Set(others.map(({ lesson_id }) => lesson_id))) {
    const ofLesson = (rows: SittingRow[]) => rows.filter(({ lesson_id }) => lesson_id === lessonId);
    const ordered = inOrder(ofLesson(own), ofLesson(others));
    const gone = await endAllButNewest(trx, ordered);
    const stay = ordered.filter((sitting) => !gone.has(sitting));
    const numbered = stay.map((sitting, index) => ({ ...sitting, index }));
    // From behind, so that each finds its number free: those that stay with their learner only ever count further.
    const isOwn = ({ id }: SittingRow) => own.some((each) => each.id === id);
    for (const { id, index } of [
      ...numbered.filter(isOwn).toReversed(),
      ...numbered.filter((sitting) => !isOwn(sitting)),
    ]) {
      await trx
        .updateTable('sittings')
        .set({ learner_id: into, number: index + 1 })
        .where('id', '=', id)
        .execute();
    }
  }
}

function selectSittingRows(trx: Trx, learnerId: string): Promise<SittingRow[]> {
  return trx
    .selectFrom('sittings')
    .select(['id', 'lesson_id', 'number', 'started_at', 'ended_at'])
    .where('learner_id', '=', learnerId)
    .orderBy('lesson_id')
    .orderBy('number')
    .execute();
}

/**
 * Of those that are open the newest stays so.
 * @returns Those that are gone, since nothing in them was answered.
 */
async function endAllButNewest(trx: Trx, ordered: SittingRow[]): Promise<Set<SittingRow>> {
  const open = ordered.filter(({ ended_at }) => ended_at === null);
  const gone = new Set<SittingRow>();
  for (const sitting of open.slice(0, -1)) {
    if (!(await endEarly(trx, sitting))) gone.add(sitting);
  }
  return gone;
}

/**
 * It ends with its last answer, as it would have if nothing more had been there to draw: what was asked and not answered
 * is taken back, because in a sitting that is over it would count as wrong.
 * @returns Whether there was an answer; without one, the sitting goes.
 */
async function endEarly(trx: Trx, { id }: SittingRow): Promise<boolean> {
  await trx
    .deleteFrom('sitting_items')
    .where('sitting_id', '=', id)
    .where('answered_at', 'is', null)
    .execute();
  const last = await trx
    .selectFrom('sitting_items')
    .select('answered_at')
    .where('sitting_id', '=', id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) {
    await trx.deleteFrom('sittings').where('id', '=', id).execute();
    return false;
  }
  await trx
    .updateTable('sittings')
    .set({ ended_at: last.answered_at })
    .where('id', '=', id)
    .execute();
  return true;
}
