/**
 * With what a learner's cards are asked is drawn once a day, and then it stands. Each function runs inside one transaction
 * that has the learner to itself (engine.ts), so that reading first and writing after is safe.
 */
import type { Transaction } from 'kysely';
import type { KeptReviewDraw, ReviewDraw } from '#lib/domain/review/review-draw.ts';
import { insertLearner } from './learners.ts';
import type { NewReviewDraw } from './port.ts';
import { selectReviewDraws } from './review-draws.ts';
import type { Database } from './schema.ts';
import { insertNextRound } from './writes.ts';

type Trx = Transaction<Database>;

/**
 * Writes down the draw, unless the card has one of that day: then that one stands. What is drawn is asked in its round,
 * which is opened with it.
 * @param instead - The draw whose place it takes, if it is still there as it was.
 * @returns The draw that stands.
 */
export async function insertReviewDraw(
  trx: Trx,
  draw: NewReviewDraw,
  instead: ReviewDraw | null,
): Promise<KeptReviewDraw> {
  if (instead) await deleteReviewDraw(trx, draw.learnerId, instead);
  await insertLearner(trx, draw);
  await trx
    .insertInto('review_draws')
    .values({
      ...{ learner_id: draw.learnerId, day: draw.day, card: draw.card, round: draw.round },
      ...{ exercise_uid: draw.exerciseUid, content_version: draw.contentVersion },
      drawn_at: draw.at,
    })
    .onConflict((conflict) => conflict.columns(['learner_id', 'day', 'card']).doNothing())
    .execute();
  const ofDay = await selectReviewDraws(trx, draw.learnerId, { from: draw.day, to: draw.day });
  const standing = ofDay.find(({ card }) => card === draw.card)!;
  await insertNextRound(trx, { ...standing, learnerId: draw.learnerId, at: draw.at });
  return standing;
}

/** Where it is no more as it was, another page has drawn anew. */
async function deleteReviewDraw(trx: Trx, learnerId: string, draw: ReviewDraw): Promise<void> {
  await trx
    .deleteFrom('review_draws')
    .where('learner_id', '=', learnerId)
    .where('day', '=', draw.day)
    .where('card', '=', draw.card)
    .where('exercise_uid', '=', draw.exerciseUid)
    .where('content_version', '=', draw.contentVersion)
    .where('round', '=', draw.round)
    .execute();
}
