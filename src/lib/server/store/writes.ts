/**
 * What is written for a learner. Each function runs inside one transaction that has the learner to
 * itself (engine.ts), so that reading first and writing after is safe.
 */
import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'kysely';
import { endingAfter, type RoundEnding } from '#lib/domain/round.ts';
import { insertLearner, selectMergedInto } from './learners.ts';
import type { NewAttempt, RecordedAttempt, RoundRef } from './port.ts';
import {
  selectOptionalAttemptByAnswer,
  selectOptionalAttemptByKey,
  selectOptionalLatestRound,
} from './reads.ts';
import { canStart, standingOf } from './round-standing.ts';
import type { Database } from './schema.ts';
import { deleteSittings } from './sitting-writes.ts';

type Trx = Transaction<Database>;

/** A round of an exercise, as the keys of its row. */
type OpenRound = RoundRef & { hintsShown: number };

export async function insertAttempt(trx: Trx, seen: NewAttempt): Promise<RecordedAttempt> {
  const first = await selectOptionalAttemptByKey(trx, seen.learnerId, seen.key);
  if (first !== undefined) return { kind: 'replayed', ...first };

  const open = await takeUpRound(trx, seen);
  if (open === null) return { kind: 'stale' };

  const same = await selectOptionalAttemptByAnswer(trx, seen);
  if (same !== undefined) return { kind: 'repeated', attempt: same, round: seen.round };

  const number = (await countAttempts(trx, open)) + 1;
  const id = randomUUIDv7();
  await trx
    .insertInto('attempts')
    .values({
      id,
      learner_id: seen.learnerId,
      exercise_uid: seen.exerciseUid,
      round_number: seen.round,
      number,
      key: seen.key,
      content_version: seen.contentVersion,
      order_shown: JSON.stringify(seen.orderShown),
      answer: JSON.stringify(seen.answer),
      verdict: seen.verdict,
      evidence_id: seen.evidenceId,
      judged: seen.judged && JSON.stringify(seen.judged),
      // A page that was open when two learners became one does not know of the other's hints.
      help_used: Math.max(seen.helpUsed, open.hintsShown),
      created_at: seen.at,
    })
    .execute();

  const ending = endingAfter(number, seen.verdict, seen.attemptsAllowed);
  if (ending !== null) await updateEnding(trx, open, ending);

  const { answer, verdict, evidenceId, judged, at } = seen;
  return {
    kind: 'recorded',
    attempt: { id, number, answer: [...answer], verdict, evidenceId, judged, at },
    round: seen.round,
  };
}

export async function insertHint(trx: Trx, seen: RoundRef, max: number): Promise<void> {
  // An exercise without hints must not begin a round by being asked for one.
  if (max < 1) return;
  const open = await takeUpRound(trx, seen);
  if (open === null || open.hintsShown >= max) return;
  await updateRound(trx, open, { hints_shown: open.hintsShown + 1 });
}

export async function insertEnding(trx: Trx, seen: RoundRef, ending: RoundEnding): Promise<void> {
  const open = await takeUpRound(trx, seen);
  if (open !== null) await updateEnding(trx, open, ending);
  else if (ending === 'shown') await updateToShown(trx, seen);
}

/** The newest round, where it ended with its last attempt; when that was stays as it is. */
async function updateToShown(trx: Trx, seen: RoundRef): Promise<void> {
  const latest = await selectOptionalLatestRound(trx, seen.learnerId, seen.exerciseUid);
  const isSeen = latest?.number === seen.round && latest.contentVersion === seen.contentVersion;
  if (isSeen && latest.ending === 'attempts') await updateRound(trx, seen, { ending: 'shown' });
}

export async function insertNextRound(trx: Trx, seen: RoundRef): Promise<void> {
  const latest = await selectOptionalLatestRound(trx, seen.learnerId, seen.exerciseUid);
  if (canStart(seen, latest)) await insertRound(trx, seen);
}

/** Who was merged into another stays marked as that: what comes for them is not to be lost. */
export async function deleteLearner(trx: Trx, learnerId: string): Promise<void> {
  if ((await selectMergedInto(trx, learnerId)) !== null) return;
  // Sessions, credentials and passkeys go with their account.
  await trx.deleteFrom('accounts').where('learner_id', '=', learnerId).execute();
  await deleteSittings(trx, learnerId);
  await trx.deleteFrom('kudos').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('review_draws').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('quiz_rights').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('mode_progress').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('reports').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('attempts').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('rounds').where('learner_id', '=', learnerId).execute();
  await trx.deleteFrom('learners').where('merged_into', '=', learnerId).execute();
  await trx.deleteFrom('learners').where('id', '=', learnerId).execute();
}

/** The round that was seen, opened if that is due; null when it is stale, and then nothing was written. */
async function takeUpRound(trx: Trx, seen: RoundRef): Promise<OpenRound | null> {
  const latest = await selectOptionalLatestRound(trx, seen.learnerId, seen.exerciseUid);
  const standing = standingOf(seen, latest);
  if (standing === 'stale') return null;
  if (standing === 'begin') await insertRound(trx, seen);
  return { ...seen, hintsShown: standing === 'open' ? (latest?.hintsShown ?? 0) : 0 };
}

async function insertRound(trx: Trx, seen: RoundRef): Promise<void> {
  await insertLearner(trx, seen);
  await trx
    .insertInto('rounds')
    .values({
      learner_id: seen.learnerId,
      exercise_uid: seen.exerciseUid,
      number: seen.round,
      content_version: seen.contentVersion,
      hints_shown: 0,
      ending: null,
      started_at: seen.at,
      ended_at: null,
    })
    .execute();
}

async function updateEnding(trx: Trx, open: OpenRound, ending: RoundEnding): Promise<void> {
  await updateRound(trx, open, { ending, ended_at: open.at });
}

async function updateRound(
  trx: Trx,
  round: RoundRef,
  change: { hints_shown: number } | { ending: RoundEnding; ended_at?: string },
): Promise<void> {
  await trx
    .updateTable('rounds')
    .set(change)
    .where('learner_id', '=', round.learnerId)
    .where('exercise_uid', '=', round.exerciseUid)
    .where('number', '=', round.round)
    .execute();
}

async function countAttempts(trx: Trx, open: OpenRound): Promise<number> {
  const { count } = await trx
    .selectFrom('attempts')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('learner_id', '=', open.learnerId)
    .where('exercise_uid', '=', open.exerciseUid)
    .where('round_number', '=', open.round)
    .executeTakeFirstOrThrow();
  return Number(count);
}
