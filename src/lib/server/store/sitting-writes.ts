/**
 * What is written of a learner's go at a lesson's Test. Each function runs inside one transaction that has the
 * learner to itself (engine.ts), so that reading first and writing after is safe.
 */
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'kysely';
import { isPause, openItemOf, type DrawnExercise, type Sitting } from '#lib/domain/sitting.ts';
import { testLength } from '#lib/domain/strength/draw-next.ts';
import { insertLearner } from './learners.ts';
import { upsertDone } from './modes.ts';
import type {
  LessonRef,
  NewSittingAnswer,
  RecordedSittingAnswer,
  SittingRef,
  StartedSitting,
} from './port.ts';
import type { Database } from './schema.ts';
import { selectSittings } from './sittings.ts';

type Trx = Transaction<Database>;

export async function insertSitting(trx: Trx, ref: LessonRef): Promise<StartedSitting> {
  const sittings = await selectSittings(trx, ref.learnerId, ref.lessonId);
  const [last] = sittings;
  if (last?.endedAt === null) return { kind: 'open', sitting: last };
  if (last && isPause(last.endedAt, new Date(ref.at))) {
    return { kind: 'refused', endedAt: last.endedAt };
  }
  await insertLearner(trx, ref);
  const id = randomUUIDv7();
  // What a page is told of a sitting is its id, so what comes next does not follow from that.
  const seed = randomUUID();
  await trx
    .insertInto('sittings')
    .values({
      ...{ id, learner_id: ref.learnerId, lesson_id: ref.lessonId, number: sittings.length + 1 },
      ...{ seed, started_at: ref.at, ended_at: null },
    })
    .execute();
  const { lessonId, at: startedAt } = ref;
  return { kind: 'started', sitting: { id, lessonId, seed, startedAt, endedAt: null, items: [] } };
}

export async function insertSittingItem(
  trx: Trx,
  ref: SittingRef,
  item: DrawnExercise,
): Promise<void> {
  const sitting = await selectOpenSitting(trx, ref);
  if (!sitting || openItemOf(sitting) || sitting.items.length >= testLength) return;
  if (item.number !== sitting.items.length + 1) return;
  await trx
    .insertInto('sitting_items')
    .values({
      ...{ sitting_id: sitting.id, number: item.number, exercise_uid: item.exerciseUid },
      ...{ content_version: item.contentVersion, order_shown: JSON.stringify(item.orderShown) },
      ...{ objective: item.objective, difficulty: item.difficulty },
      ...{ model: JSON.stringify(item.model), drawn_at: ref.at },
    })
    .execute();
}

export async function updateAnswered(
  trx: Trx,
  given: NewSittingAnswer,
): Promise<RecordedSittingAnswer> {
  const byKey = await trx
    .selectFrom('sitting_items')
    .innerJoin('sittings', 'sittings.id', 'sitting_items.sitting_id')
    .select('sitting_items.number')
    .where('sittings.learner_id', '=', given.learnerId)
    .where('sitting_items.sitting_id', '=', given.sitting)
    .where('sitting_items.key', '=', given.key)
    .executeTakeFirst();
  if (byKey) return byKey.number === given.number ? 'replayed' : 'refused';

  const sitting = await selectOpenSitting(trx, given);
  if (!sitting || openItemOf(sitting)?.number !== given.number) return 'refused';
  await trx
    .updateTable('sitting_items')
    .set({
      ...{ key: given.key, answer: JSON.stringify(given.answer), verdict: given.verdict },
      ...{ evidence_id: given.evidenceId, judged: given.judged && JSON.stringify(given.judged) },
      answered_at: given.at,
    })
    .where('sitting_id', '=', sitting.id)
    .where('number', '=', given.number)
    .execute();
  if (given.isLast) await end(trx, given, sitting);
  return 'recorded';
}

export async function deleteOpenItem(
  trx: Trx,
  ref: SittingRef,
  { number, exerciseUid, contentVersion }: DrawnExercise,
): Promise<void> {
  const sitting = await selectOpenSitting(trx, ref);
  const open = sitting && openItemOf(sitting);
  const isIt =
    open?.number === number &&
    open.exerciseUid === exerciseUid &&
    open.contentVersion === contentVersion;
  if (!sitting || !isIt) return;
  await trx
    .deleteFrom('sitting_items')
    .where('sitting_id', '=', sitting.id)
    .where('number', '=', number)
    .execute();
}

/** @returns Whether it was open, and is over with this. */
export async function updateEnded(trx: Trx, ref: SittingRef): Promise<boolean> {
  const sitting = await selectOpenSitting(trx, ref);
  if (!sitting || openItemOf(sitting)) return false;
  await end(trx, ref, sitting);
  return true;
}

export async function deleteSittings(trx: Trx, learnerId: string): Promise<void> {
  const own = trx.selectFrom('sittings').select('id').where('learner_id', '=', learnerId);
  await trx.deleteFrom('sitting_items').where('sitting_id', 'in', own).execute();
  await trx.deleteFrom('sittings').where('learner_id', '=', learnerId).execute();
}

/** This learner's own, while it is open. */
async function selectOpenSitting(
  trx: Trx,
  { learnerId, sitting: id }: SittingRef,
): Promise<Sitting | undefined> {
  const sittings = await selectSittings(trx, learnerId, null);
  return sittings.find((each) => each.id === id && each.endedAt === null);
}

async function end(trx: Trx, { learnerId, at }: SittingRef, sitting: Sitting): Promise<void> {
  await trx.updateTable('sittings').set({ ended_at: at }).where('id', '=', sitting.id).execute();
  await upsertDone(trx, { learnerId, lessonId: sitting.lessonId, mode: 'test', at });
}
