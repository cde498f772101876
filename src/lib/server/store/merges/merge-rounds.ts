/**
 * Makes two learners' rounds one learner's. Nothing is dropped but attempts whose key both have: one form that was sent
 * under both names. A round's number is its place in time, so numbers change, and with them what names a round.
 */
import type { Transaction } from 'kysely';
import type { Database } from '../schema.ts';
import { inOrder } from './in-order.ts';
import { inParts } from './in-parts.ts';

type Trx = Transaction<Database>;

interface TwoLearners {
  from: string;
  into: string;
}

interface RoundKey {
  learner_id: string;
  exercise_uid: string;
  number: number;
}

export async function mergeRounds(trx: Trx, learners: TwoLearners): Promise<void> {
  const thinned = await deleteSharedAttempts(trx, learners);
  for (const uid of thinned.union(await selectSharedExercises(trx, learners))) {
    await renumberRounds(trx, uid, learners);
  }
  await moveRounds(trx, learners);
}

/**
 * Of two attempts with one key the later goes.
 * @returns The exercises of which something is gone.
 */
async function deleteSharedAttempts(trx: Trx, { from, into }: TwoLearners): Promise<Set<string>> {
  const shared = await trx
    .selectFrom('attempts as gone')
    .innerJoin('attempts as stays', 'stays.key', 'gone.key')
    .select(['gone.id', 'gone.learner_id', 'gone.exercise_uid', 'gone.round_number as number'])
    .where((eb) =>
      eb.or([
        eb.and([
          eb('gone.learner_id', '=', from),
          eb('stays.learner_id', '=', into),
          eb('gone.created_at', '>=', eb.ref('stays.created_at')),
        ]),
        eb.and([
          eb('gone.learner_id', '=', into),
          eb('stays.learner_id', '=', from),
          eb('gone.created_at', '>', eb.ref('stays.created_at')),
        ]),
      ]),
    )
    .execute();
  for (const { id, ...round } of shared) {
    await trx.deleteFrom('attempts').where('id', '=', id).execute();
    await closeRanks(trx, round);
  }
  return new Set(shared.map(({ exercise_uid }) => exercise_uid));
}

/** Attempts of a round are numbered without gaps. A round that has lost its only ones is the same as another. */
async function closeRanks(trx: Trx, round: RoundKey): Promise<void> {
  const left = await trx
    .selectFrom('attempts')
    .select(['id', 'number'])
    .where('learner_id', '=', round.learner_id)
    .where('exercise_uid', '=', round.exercise_uid)
    .where('round_number', '=', round.number)
    .orderBy('number')
    .execute();
  for (const [index, { id, number }] of left.entries()) {
    if (number === index + 1) continue;
    await trx
      .updateTable('attempts')
      .set({ number: index + 1 })
      .where('id', '=', id)
      .execute();
  }
  if (left.length > 0) return;
  await trx
    .deleteFrom('rounds')
    .where('learner_id', '=', round.learner_id)
    .where('exercise_uid', '=', round.exercise_uid)
    .where('number', '=', round.number)
    // That the solution was seen is told by nothing else.
    .where((eb) => eb.or([eb('ending', 'is', null), eb('ending', '!=', 'shown')]))
    .execute();
}

/** Exercises of which both have something that names a round. */
async function selectSharedExercises(trx: Trx, { from, into }: TwoLearners): Promise<Set<string>> {
  const exercisesOf = async (learnerId: string) => {
    const rows = await trx
      .selectFrom('rounds')
      .select('exercise_uid')
      .where('learner_id', '=', learnerId)
      .union(trx.selectFrom('reports').select('exercise_uid').where('learner_id', '=', learnerId))
      .union(
        trx.selectFrom('review_draws').select('exercise_uid').where('learner_id', '=', learnerId),
      )
      .execute();
    return new Set(rows.map(({ exercise_uid }) => exercise_uid));
  };
  return (await exercisesOf(from)).intersection(await exercisesOf(into));
}

/** Gives the rounds of one exercise the numbers that they have among those of both. */
async function renumberRounds(
  trx: Trx,
  exerciseUid: string,
  { from, into }: TwoLearners,
): Promise<void> {
  const roundsOf = (learnerId: string) =>
    trx
      .selectFrom('rounds')
      .select(['learner_id', 'exercise_uid', 'number', 'started_at'])
      .where('learner_id', '=', learnerId)
      .where('exercise_uid', '=', exerciseUid)
      .orderBy('number')
      .execute();
  const numbered = inOrder(await roundsOf(into), await roundsOf(from));
  for (const learnerId of [from, into]) {
    const moves = numbered.flatMap(({ learner_id, number }, index) =>
      learner_id === learnerId ? [{ was: number, is: index + 1 }] : [],
    );
    // What may be named as well is the round that has not begun.
    moves.push({ was: (moves.at(-1)?.was ?? 0) + 1, is: numbered.length + 1 });
    for (const { was, is } of inSafeOrder(moves)) {
      await moveRound(trx, { learner_id: learnerId, exercise_uid: exerciseUid, number: was }, is);
    }
  }
}

interface Move {
  was: number;
  is: number;
}

/** So that each finds its new number free. @param moves - In order of both numbers. */
function inSafeOrder(moves: Move[]): Move[] {
  return [
    ...moves.filter(({ was, is }) => is < was),
    ...moves.filter(({ was, is }) => is > was).toReversed(),
  ];
}

/** Takes all that names the round along. */
async function moveRound(trx: Trx, round: RoundKey, number: number): Promise<void> {
  const { learner_id, exercise_uid } = round;
  const kept = trx
    .selectFrom('rounds')
    .selectAll()
    .where('learner_id', '=', learner_id)
    .where('exercise_uid', '=', exercise_uid)
    .where('number', '=', round.number);
  const row = await kept.executeTakeFirst();
  // What belongs to a round needs it: the new one is there before the old one goes.
  if (row) {
    await trx
      .insertInto('rounds')
      .values({ ...row, number })
      .execute();
  }
  for (const table of ['attempts', 'reports'] as const) {
    await trx
      .updateTable(table)
      .set({ round_number: number })
      .where('learner_id', '=', learner_id)
      .where('exercise_uid', '=', exercise_uid)
      .where('round_number', '=', round.number)
      .execute();
  }
  await trx
    .updateTable('review_draws')
    .set({ round: number })
    .where('learner_id', '=', learner_id)
    .where('exercise_uid', '=', exercise_uid)
    .where('round', '=', round.number)
    .execute();
  if (!row) return;
  await trx
    .deleteFrom('rounds')
    .where('learner_id', '=', learner_id)
    .where('exercise_uid', '=', exercise_uid)
    .where('number', '=', round.number)
    .execute();
}

/** All of them, once their numbers leave room for each other. */
async function moveRounds(trx: Trx, { from, into }: TwoLearners): Promise<void> {
  const rows = await trx.selectFrom('rounds').selectAll().where('learner_id', '=', from).execute();
  for (const part of inParts(rows)) {
    await trx
      .insertInto('rounds')
      .values(part.map((row) => ({ ...row, learner_id: into })))
      .execute();
  }
  await trx
    .updateTable('attempts')
    .set({ learner_id: into })
    .where('learner_id', '=', from)
    .execute();
  await trx.deleteFrom('rounds').where('learner_id', '=', from).execute();
}
