/** What is read of a learner. Rows become the domain's types here; nothing in this file writes. */
import type { Kysely } from 'kysely';
import type { ExportedLearner, ExportedRound } from '#lib/domain/home/exported-learner.ts';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Attempt, Round } from '#lib/domain/round.ts';
import { selectExportedKudos } from './kudos.ts';
import { selectMerged } from './learners.ts';
import { selectOptionalAccount } from './account-export.ts';
import { selectModes } from './modes.ts';
import { selectQuizRights } from './quiz.ts';
import type { NewAttempt } from './port.ts';
import { selectReportsOf } from './reports.ts';
import { selectReviewDraws } from './review-draws.ts';
import { roundsJoined } from './rounds-joined.ts';
import type { LatestRound } from './round-standing.ts';
import type { AttemptsTable, Database, RoundsTable } from './schema.ts';
import { selectExportedSittings } from './sittings.ts';

type Db = Kysely<Database>;

/** Below the number of parameters that either engine takes in one query. */
const uidsPerQuery = 500;

/** What an attempt is made of, whoever's it is. */
const attemptColumns = [
  'id',
  'number',
  'answer',
  'verdict',
  'evidence_id',
  'judged',
  'created_at',
] as const;

export async function selectOptionalAttemptByKey(
  db: Db,
  learnerId: string,
  key: string,
): Promise<{ attempt: Attempt; round: number } | undefined> {
  const row = await db
    .selectFrom('attempts')
    .select(['round_number', ...attemptColumns])
    .where('learner_id', '=', learnerId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && { attempt: toAttempt(row), round: row.round_number };
}

/** The attempt of the round that gave this very answer. */
export async function selectOptionalAttemptByAnswer(
  db: Db,
  given: Pick<NewAttempt, 'learnerId' | 'exerciseUid' | 'round' | 'answer'>,
): Promise<Attempt | undefined> {
  const row = await db
    .selectFrom('attempts')
    .select(attemptColumns)
    .where('learner_id', '=', given.learnerId)
    .where('exercise_uid', '=', given.exerciseUid)
    .where('round_number', '=', given.round)
    .where('answer', '=', JSON.stringify(given.answer))
    .executeTakeFirst();
  return row && toAttempt(row);
}

export async function selectOptionalLatestRound(
  db: Db,
  learnerId: string,
  exerciseUid: string,
): Promise<(LatestRound & { hintsShown: number }) | undefined> {
  const row = await db
    .selectFrom('rounds')
    .select(['number', 'content_version', 'ending', 'hints_shown'])
    .where('learner_id', '=', learnerId)
    .where('exercise_uid', '=', exerciseUid)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      number: row.number,
      contentVersion: row.content_version,
      ending: row.ending,
      hintsShown: row.hints_shown,
    }
  );
}

export async function selectLatestRounds(
  db: Db,
  learnerId: string,
  exerciseUids: string[],
): Promise<Map<string, Round>> {
  const rows = await rowsInParts(exerciseUids, (uids) =>
    roundsWithAttempts(db, learnerId)
      .where('rounds.exercise_uid', 'in', uids)
      .where('rounds.number', '=', (eb) =>
        eb
          .selectFrom('rounds as newest')
          .select((newest) => newest.fn.max('newest.number').as('number'))
          .whereRef('newest.learner_id', '=', 'rounds.learner_id')
          .whereRef('newest.exercise_uid', '=', 'rounds.exercise_uid'),
      )
      .execute(),
  );
  return new Map([...groupRounds(rows)].map(([uid, rounds]) => [uid, rounds.at(-1)!]));
}

/** All of them, oldest first. */
export async function selectRounds(
  db: Db,
  learnerId: string,
  exerciseUids: string[],
): Promise<Map<string, Round[]>> {
  const rows = await rowsInParts(exerciseUids, (uids) =>
    roundsWithAttempts(db, learnerId).where('rounds.exercise_uid', 'in', uids).execute(),
  );
  return groupRounds(rows);
}

/** Uids of the exercises that a learner answered right in any round. */
export async function selectSolved(db: Db, learnerId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('rounds')
    .select('exercise_uid')
    .distinct()
    .where('learner_id', '=', learnerId)
    .where('ending', '=', 'right')
    .execute();
  return new Set(rows.map((row) => row.exercise_uid));
}

/** One query for each part, so that a round and its attempts are of the same moment on both engines. */
async function rowsInParts(
  exerciseUids: string[],
  select: (uids: string[]) => Promise<JoinedRow[]>,
): Promise<JoinedRow[]> {
  const rows: JoinedRow[] = [];
  for (let start = 0; start < exerciseUids.length; start += uidsPerQuery) {
    rows.push(...(await select(exerciseUids.slice(start, start + uidsPerQuery))));
  }
  return rows;
}

/** @param rows - The rounds of an exercise, and the attempts of a round, stand together and in order. */
function groupRounds(rows: JoinedRow[]): Map<string, Round[]> {
  const rounds = new Map<string, Round[]>();
  for (const row of rows) {
    const ofExercise = rounds.get(row.exercise_uid) ?? [];
    rounds.set(row.exercise_uid, ofExercise);
    let round = ofExercise.at(-1);
    if (round?.number !== row.number) ofExercise.push((round = toRound(row)));
    const attempt = attemptOf(row);
    if (attempt !== null) round.attempts.push(toAttempt(attempt));
  }
  return rounds;
}

/**
 * All that is kept of a learner. The rounds and their attempts are of one moment, and so are the sittings and their
 * items; a report or a mode stands by itself, so it may be of the next.
 * @returns `{ learner, rounds, modes, quiz, sittings, kudos, draws, reports }`, each round with its attempts; null when
 *   nothing is kept.
 */
export async function selectOptionalLearner(
  db: Db,
  learnerId: string,
): Promise<ExportedLearner | null> {
  const learner = await db
    .selectFrom('learners')
    .select(['id', 'created_at'])
    .where('id', '=', learnerId)
    .where('merged_into', 'is', null)
    .executeTakeFirst();
  if (learner === undefined) return null;

  const rounds = new Map<string, ExportedRound>();
  for (const row of await roundsWithAttempts(db, learnerId).execute()) {
    const place = JSON.stringify([row.exercise_uid, row.number]);
    const round = rounds.get(place) ?? toExportedRound(row);
    rounds.set(place, round);
    const attempt = attemptOf(row);
    if (attempt !== null) round.attempts.push(toExportedAttempt(attempt));
  }
  return {
    learner: {
      ...{ id: learner.id, createdAt: learner.created_at },
      merged: await selectMerged(db, learnerId),
    },
    account: await selectOptionalAccount(db, learnerId),
    rounds: [...rounds.values()],
    modes: await selectModes(db, learnerId, null),
    quiz: await selectQuizRights(db, learnerId, null),
    sittings: await selectExportedSittings(db, learnerId),
    kudos: await selectExportedKudos(db, learnerId),
    draws: await selectReviewDraws(db, learnerId, null),
    reports: await selectReportsOf(db, learnerId),
  };
}

function roundsWithAttempts(db: Db, learnerId: string) {
  return roundsJoined(db, learnerId).select([
    'rounds.exercise_uid',
    'rounds.number',
    'rounds.content_version',
    'rounds.hints_shown',
    'rounds.ending',
    'rounds.started_at',
    'rounds.ended_at',
    'attempts.id as attempt_id',
    'attempts.number as attempt_number',
    'attempts.key as attempt_key',
    'attempts.content_version as attempt_content_version',
    'attempts.order_shown as attempt_order_shown',
    'attempts.answer as attempt_answer',
    'attempts.verdict as attempt_verdict',
    'attempts.evidence_id as attempt_evidence_id',
    'attempts.judged as attempt_judged',
    'attempts.help_used as attempt_help_used',
    'attempts.created_at as attempt_created_at',
  ]);
}

type JoinedRow = Awaited<ReturnType<ReturnType<typeof roundsWithAttempts>['execute']>>[number];
type KeptAttempt = Omit<AttemptsTable, 'learner_id' | 'exercise_uid' | 'round_number'>;

/** The attempt's half of a joined row; null for a round without attempts. */
function attemptOf(row: JoinedRow): KeptAttempt | null {
  if (row.attempt_id === null) return null;
  // But for `judged` all of these columns are `not null`: where the id is there, so are they.
  return {
    id: row.attempt_id,
    number: row.attempt_number,
    key: row.attempt_key,
    content_version: row.attempt_content_version,
    order_shown: row.attempt_order_shown,
    answer: row.attempt_answer,
    verdict: row.attempt_verdict,
    evidence_id: row.attempt_evidence_id,
    judged: row.attempt_judged,
    help_used: row.attempt_help_used,
    created_at: row.attempt_created_at,
  } as KeptAttempt;
}

type RoundRow = Omit<RoundsTable, 'learner_id'>;

function toRound(row: RoundRow): Round {
  return {
    number: row.number,
    contentVersion: row.content_version,
    hintsShown: row.hints_shown,
    ending: row.ending,
    attempts: [],
  };
}

function toAttempt(row: Pick<AttemptsTable, (typeof attemptColumns)[number]>): Attempt {
  return {
    id: row.id,
    number: row.number,
    answer: JSON.parse(row.answer) as string[],
    verdict: row.verdict,
    evidenceId: row.evidence_id,
    judged: row.judged === null ? null : (JSON.parse(row.judged) as JudgedAnswer),
    at: row.created_at,
  };
}

function toExportedRound(row: RoundRow): ExportedRound {
  return {
    exerciseUid: row.exercise_uid,
    ...toRound(row),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attempts: [],
  };
}

function toExportedAttempt(row: KeptAttempt) {
  return {
    ...toAttempt(row),
    key: row.key,
    contentVersion: row.content_version,
    orderShown: JSON.parse(row.order_shown) as string[],
    helpUsed: row.help_used,
  };
}
