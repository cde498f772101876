/**
 * Makes two learners one: a browser's learner becomes an account's, say. All that one has goes over to the other, and a
 * mark stays, by which what still comes for the one that is gone lands where the rest is.
 */
import type { Transaction } from 'kysely';
import type { Hold } from '../engine.ts';
import { holdKeeper, insertLearner, selectMergedInto } from '../learners.ts';
import type { LearnerMerge, MergedLearner } from '../port.ts';
import type { Database } from '../schema.ts';
import { inParts } from './in-parts.ts';
import { mergeRounds } from './merge-rounds.ts';
import { mergeSittings } from './merge-sittings.ts';

type Trx = Transaction<Database>;

/** @param hold - `merge.from` is held already. */
export async function mergeLearner(
  trx: Trx,
  hold: Hold,
  merge: LearnerMerge,
): Promise<MergedLearner> {
  const { from, at } = merge;
  if (from === merge.into) return 'already';
  await hold(merge.into);
  const into = await holdKeeper(trx, hold, merge.into);
  const keeper = await selectMergedInto(trx, from);
  if (from === into || keeper === into) return 'already';
  if (keeper !== null) return 'elsewhere';
  if (await hasAccount(trx, from)) return 'account';

  const isKnown = await isLearner(trx, from);
  // Also where nothing is kept of `from` yet: its first answer may be under way.
  await insertLearner(trx, { learnerId: from, at });
  await insertLearner(trx, { learnerId: into, at });
  await mergeRounds(trx, { from, into });
  await mergeSittings(trx, from, into);
  await mergeReports(trx, from, into);
  await mergeModes(trx, from, into);
  await mergeQuizRights(trx, from, into);
  await mergeKudos(trx, from, into);
  await mergeReviewDraws(trx, from, into);
  await markMerged(trx, from, into);
  return isKnown ? 'merged' : 'nothing';
}

async function isLearner(trx: Trx, id: string): Promise<boolean> {
  const row = await trx.selectFrom('learners').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

async function hasAccount(trx: Trx, learnerId: string): Promise<boolean> {
  const account = await trx
    .selectFrom('accounts')
    .select('id')
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  return account !== undefined;
}

/** Those that were merged into `from` are marked, too, so that one look finds where they are kept. */
async function markMerged(trx: Trx, from: string, into: string): Promise<void> {
  const { created_at } = await trx
    .selectFrom('learners')
    .select('created_at')
    .where('id', '=', from)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('learners')
    .set({ created_at })
    .where('id', '=', into)
    .where('created_at', '>', created_at)
    .execute();
  await trx
    .updateTable('learners')
    .set({ merged_into: into })
    .where((eb) => eb.or([eb('id', '=', from), eb('merged_into', '=', from)]))
    .execute();
}

/** A key that both have is of one form: `into`'s report stays. */
async function mergeReports(trx: Trx, from: string, into: string): Promise<void> {
  const known = trx.selectFrom('reports').select('key').where('learner_id', '=', into);
  await trx
    .deleteFrom('reports')
    .where('learner_id', '=', from)
    .where('key', 'in', known)
    .execute();
  await trx
    .updateTable('reports')
    .set({ learner_id: into })
    .where('learner_id', '=', from)
    .execute();
}

/** Opened when it was opened last, and done since it was first said. */
async function mergeModes(trx: Trx, from: string, into: string): Promise<void> {
  const rows = await trx
    .selectFrom('mode_progress')
    .selectAll()
    .where('learner_id', '=', from)
    .execute();
  for (const part of inParts(rows)) {
    await trx
      .insertInto('mode_progress')
      .values(part.map((row) => ({ ...row, learner_id: into })))
      .onConflict((conflict) =>
        conflict.columns(['learner_id', 'lesson_id', 'mode']).doUpdateSet((eb) => ({
          opened_at: eb
            .case()
            .when('excluded.opened_at', '>', eb.ref('mode_progress.opened_at'))
            .then(eb.ref('excluded.opened_at'))
            .else(eb.ref('mode_progress.opened_at'))
            .end(),
          done_at: eb
            .case()
            .when('excluded.done_at', '<', eb.ref('mode_progress.done_at'))
            .then(eb.ref('excluded.done_at'))
            .else(eb.fn.coalesce('mode_progress.done_at', 'excluded.done_at'))
            .end(),
        })),
      )
      .execute();
  }
  await trx.deleteFrom('mode_progress').where('learner_id', '=', from).execute();
}

/** Answered right when it first was. */
async function mergeQuizRights(trx: Trx, from: string, into: string): Promise<void> {
  const rows = await trx
    .selectFrom('quiz_rights')
    .selectAll()
    .where('learner_id', '=', from)
    .execute();
  for (const part of inParts(rows)) {
    await trx
      .insertInto('quiz_rights')
      .values(part.map((row) => ({ ...row, learner_id: into })))
      .onConflict((conflict) =>
        conflict
          .columns(['learner_id', 'lesson_id', 'question'])
          .doUpdateSet((eb) => ({ answered_at: eb.ref('excluded.answered_at') }))
          .whereRef('excluded.answered_at', '<', 'quiz_rights.answered_at'),
      )
      .execute();
  }
  await trx.deleteFrom('quiz_rights').where('learner_id', '=', from).execute();
}

/** Given when they first were. */
async function mergeKudos(trx: Trx, from: string, into: string): Promise<void> {
  const rows = await trx.selectFrom('kudos').selectAll().where('learner_id', '=', from).execute();
  for (const part of inParts(rows)) {
    await trx
      .insertInto('kudos')
      .values(part.map((row) => ({ ...row, learner_id: into })))
      .onConflict((conflict) =>
        conflict
          .columns(['learner_id', 'lesson_id'])
          .doUpdateSet((eb) => ({ created_at: eb.ref('excluded.created_at') }))
          .whereRef('excluded.created_at', '<', 'kudos.created_at'),
      )
      .execute();
  }
  await trx.deleteFrom('kudos').where('learner_id', '=', from).execute();
}

/** A card is asked once a day: as `into` was asked it. The round in which `from` was asked is practice. */
async function mergeReviewDraws(trx: Trx, from: string, into: string): Promise<void> {
  const rows = await trx
    .selectFrom('review_draws')
    .selectAll()
    .where('learner_id', '=', from)
    .execute();
  for (const part of inParts(rows)) {
    await trx
      .insertInto('review_draws')
      .values(part.map((row) => ({ ...row, learner_id: into })))
      .onConflict((conflict) => conflict.columns(['learner_id', 'day', 'card']).doNothing())
      .execute();
  }
  await trx.deleteFrom('review_draws').where('learner_id', '=', from).execute();
}
