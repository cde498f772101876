import type { Transaction } from 'kysely';
import type { RoundRef } from './port.ts';
import type { Database } from './schema.ts';

/** Makes the learner's row at the first write for them; who has no cookie yet leaves nothing by reading. */
export async function insertLearner(
  trx: Transaction<Database>,
  { learnerId, at }: Pick<RoundRef, 'learnerId' | 'at'>,
): Promise<void> {
  await trx
    .insertInto('learners')
    .values({ id: learnerId, created_at: at })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
