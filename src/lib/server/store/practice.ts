/** What a learner did with exercises, read lightly: long answers, orders and evidence stay behind. */
import { sql, type Kysely } from 'kysely';
import { longestChosen, type PractisedAttempt, type PractisedRound } from '#lib/domain/practice.ts';
import { roundsJoined } from './rounds-joined.ts';
import type { AttemptsTable, Database, RoundsTable } from './schema.ts';

/** An answer, where it is short enough to have been chosen; else null: it is typed, and nobody asks of those. */
export const shortAnswer = sql<string | null>`case when length(answer) <= ${sql.lit(longestChosen)}
  then answer end`;

/** @param answer - As `shortAnswer` reads it. */
export function toChosen(answer: string | null): string[] | null {
  return answer === null ? null : (JSON.parse(answer) as string[]);
}

/** All rounds of a learner, those of an exercise together and oldest first. */
export async function selectPractice(
  db: Kysely<Database>,
  learnerId: string,
): Promise<PractisedRound[]> {
  const rows = await roundsJoined(db, learnerId)
    .select([
      'rounds.exercise_uid',
      'rounds.number',
      'rounds.content_version',
      'rounds.hints_shown',
      'rounds.ending',
      'rounds.ended_at',
      'attempts.number as attempt_number',
      'attempts.verdict',
      'attempts.help_used',
      'attempts.created_at',
      shortAnswer.as('chosen'),
    ])
    .execute();

  const rounds: PractisedRound[] = [];
  for (const row of rows) {
    let round = rounds.at(-1);
    if (round?.exerciseUid !== row.exercise_uid || round.number !== row.number) {
      rounds.push((round = toRound(row)));
    }
    // Where the number is there, so is all else that is `not null` of an attempt.
    if (row.attempt_number !== null) round.attempts.push(toAttempt(row as AttemptRow));
  }
  return rounds;
}

/** Changes whenever what `selectPractice` reads, or a sitting that is over, has changed; far cheaper than that. */
export async function markPractice(db: Kysely<Database>, learnerId: string): Promise<string> {
  const [rounds, attempts, sittings] = await Promise.all([
    db
      .selectFrom('rounds')
      .select(({ fn }) => [
        fn.countAll().as('all'),
        fn.count('ending').as('over'),
        fn.sum('hints_shown').as('hints'),
        sql<number | null>`sum(case when ending = 'shown' then 1 else 0 end)`.as('shown'),
        // A round that goes, as when a learner is deleted, may be followed by as many others.
        fn.max('started_at').as('started'),
        fn.max('ended_at').as('ended'),
      ])
      .where('learner_id', '=', learnerId)
      .executeTakeFirst(),
    db
      .selectFrom('attempts')
      .select(({ fn }) => [fn.countAll().as('all'), fn.max('id').as('newest')])
      .where('learner_id', '=', learnerId)
      .executeTakeFirst(),
    db
      .selectFrom('sittings')
      .select(({ fn }) => [fn.count('ended_at').as('over'), fn.max('ended_at').as('ended')])
      .where('learner_id', '=', learnerId)
      .executeTakeFirst(),
  ]);
  const parts = [rounds, attempts, sittings].flatMap((row) => Object.values(row ?? {}));
  return parts.map(String).join(' ');
}

type RoundRow = Pick<
  RoundsTable,
  'exercise_uid' | 'number' | 'content_version' | 'hints_shown' | 'ending' | 'ended_at'
>;

interface AttemptRow extends Pick<AttemptsTable, 'verdict' | 'help_used' | 'created_at'> {
  attempt_number: number;
  chosen: string | null;
}

function toRound(row: RoundRow): PractisedRound {
  return {
    exerciseUid: row.exercise_uid,
    number: row.number,
    contentVersion: row.content_version,
    hintsShown: row.hints_shown,
    ending: row.ending,
    endedAt: row.ended_at,
    attempts: [],
  };
}

function toAttempt(row: AttemptRow): PractisedAttempt {
  return {
    number: row.attempt_number,
    verdict: row.verdict,
    chosen: toChosen(row.chosen),
    helpUsed: row.help_used,
    at: row.created_at,
  };
}
