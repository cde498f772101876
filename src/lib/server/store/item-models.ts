/** What answers have said of exercises: one estimate for each that was answered, and version of its content. */
import type { Kysely, Transaction } from 'kysely';
import type { ItemEstimate } from '#lib/domain/strength/correct-item.ts';
import type { KeptItemModel } from '#lib/domain/strength/item-model.ts';
import type { ItemStep } from './port.ts';
import type { Database } from './schema.ts';

/** Below the number of parameters that either engine takes in one query. */
const uidsPerQuery = 500;

/** Of every version that was answered. */
export async function selectItemModels(
  db: Kysely<Database>,
  exerciseUids: readonly string[],
): Promise<KeptItemModel[]> {
  const kept: KeptItemModel[] = [];
  for (let start = 0; start < exerciseUids.length; start += uidsPerQuery) {
    const rows = await db
      .selectFrom('item_models')
      .selectAll()
      .where('exercise_uid', 'in', exerciseUids.slice(start, start + uidsPerQuery))
      .orderBy('exercise_uid')
      .orderBy('content_version')
      .execute();
    for (const row of rows) {
      kept.push({
        ...{ exerciseUid: row.exercise_uid, contentVersion: row.content_version },
        ...{ estimate: JSON.parse(row.estimate) as ItemEstimate, answers: row.answers },
      });
    }
  }
  return kept;
}

/** One step, from what is kept now: inside a transaction that has the exercise to itself. */
export async function upsertItemModel(
  trx: Transaction<Database>,
  { exerciseUid, contentVersion, correct }: ItemStep,
): Promise<void> {
  const row = await trx
    .selectFrom('item_models')
    .select(['estimate', 'answers'])
    .where('exercise_uid', '=', exerciseUid)
    .where('content_version', '=', contentVersion)
    .executeTakeFirst();
  const before = row ? (JSON.parse(row.estimate) as ItemEstimate) : null;
  const step = { estimate: JSON.stringify(correct(before)), answers: (row?.answers ?? 0) + 1 };
  await trx
    .insertInto('item_models')
    .values({ exercise_uid: exerciseUid, content_version: contentVersion, ...step })
    .onConflict((conflict) =>
      conflict.columns(['exercise_uid', 'content_version']).doUpdateSet(step),
    )
    .execute();
}
