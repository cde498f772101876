/** What learners report of exercises: written once, read by the operator, marked when dealt with. */
import { randomUUIDv7 } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Report } from '#lib/domain/report.ts';
import { insertLearner } from './learners.ts';
import type { NewReport, RecordedReport } from './port.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;
type Trx = Transaction<Database>;

const dayMs = 24 * 60 * 60 * 1000;

/** Below the number of parameters that either engine takes in one query. */
const learnersPerQuery = 500;

export async function insertReport(
  trx: Trx,
  report: NewReport,
  maxPerDay: number,
): Promise<RecordedReport> {
  const first = await trx
    .selectFrom('reports')
    .select('id')
    .where('learner_id', '=', report.learnerId)
    .where('key', '=', report.key)
    .executeTakeFirst();
  if (first !== undefined) return { kind: 'replayed', id: first.id };
  if ((await countOfLastDay(trx, report)) >= maxPerDay) return { kind: 'too-many' };

  await insertLearner(trx, report);
  const id = randomUUIDv7();
  await trx
    .insertInto('reports')
    .values({
      id,
      learner_id: report.learnerId,
      key: report.key,
      exercise_uid: report.exerciseUid,
      lesson_id: report.lessonId,
      mode: report.mode,
      versions: JSON.stringify(report.versions),
      content_version: report.contentVersion,
      round_number: report.round,
      kind: report.kind,
      text: report.text,
      created_at: report.at,
      resolved_at: null,
    })
    .execute();
  return { kind: 'recorded', id };
}

/** @returns Whether there is such a report. */
export async function updateResolved(trx: Trx, id: string, at: string): Promise<boolean> {
  const found = await trx
    .selectFrom('reports')
    .select('resolved_at')
    .where('id', '=', id)
    .executeTakeFirst();
  if (found === undefined) return false;
  if (found.resolved_at === null) {
    await trx.updateTable('reports').set({ resolved_at: at }).where('id', '=', id).execute();
  }
  return true;
}

export async function selectReports(db: Db, which: 'open' | 'all'): Promise<Report[]> {
  const rows = await reportsNewestFirst(db)
    .$if(which === 'open', (query) => query.where('resolved_at', 'is', null))
    .execute();
  const learners = [...new Set(rows.map((row) => row.learner_id))];
  const answered = new Map<string, Report['attempts']>();
  for (let start = 0; start < learners.length; start += learnersPerQuery) {
    await addAnswers(db, learners.slice(start, start + learnersPerQuery), answered);
  }
  return rows.map((row) => ({
    ...toReport(row),
    attempts: answered.get(placeOf(row)) ?? [],
  }));
}

/** Of one learner, newest first, as plain data. */
export async function selectReportsOf(
  db: Db,
  learnerId: string,
): Promise<Omit<Report, 'attempts' | 'learnerId'>[]> {
  const rows = await reportsNewestFirst(db).where('learner_id', '=', learnerId).execute();
  return rows.map((row) => {
    const { learnerId: _, ...report } = toReport(row);
    return report;
  });
}

function reportsNewestFirst(db: Db) {
  return db.selectFrom('reports').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc');
}

type ReportRow = Awaited<ReturnType<ReturnType<typeof reportsNewestFirst>['execute']>>[number];
type RoundPlace = Pick<ReportRow, 'learner_id' | 'exercise_uid' | 'round_number'>;

const placeOf = ({ learner_id, exercise_uid, round_number }: RoundPlace) =>
  JSON.stringify([learner_id, exercise_uid, round_number]);

/** Adds what these learners answered in rounds that they reported something of. */
async function addAnswers(
  db: Db,
  learnerIds: string[],
  answered: Map<string, Report['attempts']>,
): Promise<void> {
  const rows = await db
    .selectFrom('attempts')
    .select(['learner_id', 'exercise_uid', 'round_number', 'answer', 'verdict'])
    .where('learner_id', 'in', learnerIds)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('reports')
          .select('reports.id')
          .whereRef('reports.learner_id', '=', 'attempts.learner_id')
          .whereRef('reports.exercise_uid', '=', 'attempts.exercise_uid')
          .whereRef('reports.round_number', '=', 'attempts.round_number'),
      ),
    )
    .orderBy('number')
    .execute();
  for (const row of rows) {
    const answers = answered.get(placeOf(row)) ?? [];
    answered.set(placeOf(row), answers);
    answers.push({ answer: JSON.parse(row.answer) as string[], verdict: row.verdict });
  }
}

function toReport(row: ReportRow): Omit<Report, 'attempts'> {
  return {
    id: row.id,
    learnerId: row.learner_id,
    exerciseUid: row.exercise_uid,
    lessonId: row.lesson_id,
    mode: row.mode,
    versions: JSON.parse(row.versions) as Report['versions'],
    contentVersion: row.content_version,
    round: row.round_number,
    kind: row.kind,
    text: row.text,
    at: row.created_at,
    resolvedAt: row.resolved_at,
  };
}

async function countOfLastDay(trx: Trx, { learnerId, at }: NewReport): Promise<number> {
  const dayBefore = new Date(Date.parse(at) - dayMs).toISOString();
  const { count } = await trx
    .selectFrom('reports')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('learner_id', '=', learnerId)
    .where('created_at', '>', dayBefore)
    .executeTakeFirstOrThrow();
  return Number(count);
}
