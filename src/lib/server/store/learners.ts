/** The rows of learners: made late, and followed to where a learner's work is kept now. */
import type { Kysely, Transaction } from 'kysely';
import type { Hold } from './engine.ts';
import type { RoundRef } from './port.ts';
import type { Database } from './schema.ts';

type Trx = Transaction<Database>;

/** Makes the learner's row at the first write for them; who has no cookie yet leaves nothing by reading. */
export async function insertLearner(
  trx: Trx,
  { learnerId, at }: Pick<RoundRef, 'learnerId' | 'at'>,
): Promise<void> {
  await trx
    .insertInto('learners')
    .values({ id: learnerId, created_at: at, merged_into: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/**
 * Where what comes for a learner lands: with whom they were merged into, else with themselves. Nobody else writes for
 * either of the two from here on.
 * @param learnerId - Held already, by who asks.
 */
export async function holdKeeper(trx: Trx, hold: Hold, learnerId: string): Promise<string> {
  let held = learnerId;
  for (;;) {
    // Until the keeper is held, it may be merged in turn, or deleted with its marks.
    const keeper = (await selectMergedInto(trx, learnerId)) ?? learnerId;
    if (keeper === held) return keeper;
    await hold(keeper);
    held = keeper;
  }
}

/** Null: into nobody, or nothing is known of this learner. */
export async function selectMergedInto(trx: Trx, learnerId: string): Promise<string | null> {
  const row = await trx
    .selectFrom('learners')
    .select('merged_into')
    .where('id', '=', learnerId)
    .executeTakeFirst();
  return row?.merged_into ?? null;
}

/** Those that were merged into the learner: since when they were there. */
export async function selectMerged(
  db: Kysely<Database>,
  learnerId: string,
): Promise<{ createdAt: string }[]> {
  const rows = await db
    .selectFrom('learners')
    .select('created_at')
    .where('merged_into', '=', learnerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ createdAt: row.created_at }));
}
