/** First unaided answers of all learners to some exercises, for their author: who answered is a name that tells nobody. */
import type { Kysely } from 'kysely';
import type { KeptFirstAnswer } from '#lib/domain/strength/first-answers.ts';
import { shortAnswer, toChosen } from './practice.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Newest first. @param most - How many at most. */
export async function selectFirstAnswers(
  db: Db,
  exerciseUids: readonly string[],
  most: number,
): Promise<KeptFirstAnswer[]> {
  if (exerciseUids.length === 0) return [];
  const [ofRounds, ofTests] = await Promise.all([
    selectOfRounds(db, exerciseUids, most),
    selectOfTests(db, exerciseUids, most),
  ]);
  return [...ofRounds, ...ofTests].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most);
}

/** How often each exercise was answered, by its uid: every attempt, and every item of a Test that is over. */
export async function countAnswers(db: Db): Promise<Map<string, number>> {
  const [attempts, items] = await Promise.all([
    db
      .selectFrom('attempts')
      .select(['exercise_uid', (eb) => eb.fn.countAll().as('count')])
      .groupBy('exercise_uid')
      .execute(),
    db
      .selectFrom('sitting_items')
      .innerJoin('sittings', 'sittings.id', 'sitting_items.sitting_id')
      .select(['exercise_uid', (eb) => eb.fn.countAll().as('count')])
      .where('sittings.ended_at', 'is not', null)
      .where('verdict', 'is not', null)
      .groupBy('exercise_uid')
      .execute(),
  ]);
  const counts = new Map<string, number>();
  for (const { exercise_uid: uid, count } of [...attempts, ...items]) {
    counts.set(uid, (counts.get(uid) ?? 0) + Number(count));
  }
  return counts;
}

/** As `firstUnaided` finds them: of the first round in which anything was done, the first attempt, before any hint. */
async function selectOfRounds(db: Db, exerciseUids: readonly string[], most: number) {
  const rows = await db
    .selectFrom('attempts')
    .select(['learner_id', 'exercise_uid', 'content_version', 'verdict', 'created_at as at'])
    .select(shortAnswer.as('chosen'))
    .where('exercise_uid', 'in', exerciseUids)
    .where('number', '=', 1)
    .where('help_used', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('rounds as earlier')
            .select('earlier.number')
            .whereRef('earlier.learner_id', '=', 'attempts.learner_id')
            .whereRef('earlier.exercise_uid', '=', 'attempts.exercise_uid')
            .whereRef('earlier.number', '<', 'attempts.round_number')
            .where((eb) =>
              eb.or([eb('earlier.ending', 'is not', null), eb('earlier.hints_shown', '>', 0)]),
            ),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('attempts as before')
            .select('before.id')
            .whereRef('before.learner_id', '=', 'attempts.learner_id')
            .whereRef('before.exercise_uid', '=', 'attempts.exercise_uid')
            .whereRef('before.round_number', '<', 'attempts.round_number'),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('attempts.id')
    .limit(most)
    .execute();
  return rows.map(toAnswer);
}

async function selectOfTests(db: Db, exerciseUids: readonly string[], most: number) {
  const rows = await db
    .selectFrom('sitting_items')
    .innerJoin('sittings', 'sittings.id', 'sitting_items.sitting_id')
    .select(['learner_id', 'exercise_uid', 'content_version', 'verdict', 'answered_at as at'])
    .select(shortAnswer.as('chosen'))
    .where('exercise_uid', 'in', exerciseUids)
    .where('sittings.ended_at', 'is not', null)
    .where('verdict', 'is not', null)
    .orderBy('answered_at', 'desc')
    .orderBy('sittings.id')
    .limit(most)
    .execute();
  return rows.map((row) => toAnswer({ ...row, at: row.at ?? '' }));
}

interface AnswerRow {
  learner_id: string;
  exercise_uid: string;
  content_version: string;
  verdict: string | null;
  at: string;
  chosen: string | null;
}

function toAnswer(row: AnswerRow): KeptFirstAnswer {
  return {
    ...{ learnerId: row.learner_id, exerciseUid: row.exercise_uid },
    ...{ contentVersion: row.content_version, isRight: row.verdict === 'right', at: row.at },
    chosen: toChosen(row.chosen),
  };
}
