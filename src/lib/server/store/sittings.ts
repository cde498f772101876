/** What is kept of learners' goes at lessons' Tests, read back. */
import type { Kysely } from 'kysely';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Sitting, SittingAnswer, SittingItem } from '#lib/domain/sitting.ts';
import type { Item } from '#lib/domain/strength/item.ts';
import type { Database, SittingItemsTable } from './schema.ts';

type Db = Kysely<Database>;

/** Newest first. @param lessonId - Null: of all lessons. */
export async function selectSittings(
  db: Db,
  learnerId: string,
  lessonId: string | null,
): Promise<Sitting[]> {
  const rows = await sittingsWithItems(db, learnerId)
    .$if(lessonId !== null, (query) => query.where('sittings.lesson_id', '=', lessonId))
    .execute();
  return groupSittings(rows, toItem);
}

/** All of a learner's, as plain data: each item with the key of the form that answered it. */
export async function selectExportedSittings(db: Db, learnerId: string) {
  const rows = await sittingsWithItems(db, learnerId).execute();
  return groupSittings(rows, (row) => ({ ...toItem(row), key: row.key }));
}

/** One query, so that a sitting and its items are of the same moment on both engines. */
function sittingsWithItems(db: Db, learnerId: string) {
  return db
    .selectFrom('sittings')
    .leftJoin('sitting_items', 'sitting_items.sitting_id', 'sittings.id')
    .select([
      'sittings.id',
      'sittings.lesson_id',
      'sittings.seed',
      'sittings.started_at',
      'sittings.ended_at',
      'sitting_items.number',
      'sitting_items.exercise_uid',
      'sitting_items.content_version',
      'sitting_items.order_shown',
      'sitting_items.objective',
      'sitting_items.difficulty',
      'sitting_items.model',
      'sitting_items.drawn_at',
      'sitting_items.key',
      'sitting_items.answer',
      'sitting_items.verdict',
      'sitting_items.evidence_id',
      'sitting_items.judged',
      'sitting_items.answered_at',
    ])
    .where('sittings.learner_id', '=', learnerId)
    .orderBy('sittings.lesson_id')
    .orderBy('sittings.number', 'desc')
    .orderBy('sitting_items.number');
}

type JoinedRow = Awaited<ReturnType<ReturnType<typeof sittingsWithItems>['execute']>>[number];
type ItemRow = Omit<SittingItemsTable, 'sitting_id'>;
type Grouped<T> = Omit<Sitting, 'items'> & { items: T[] };

/** @param rows - The items of a sitting stand together and in order. */
function groupSittings<T>(rows: JoinedRow[], read: (row: ItemRow) => T): Grouped<T>[] {
  const sittings: Grouped<T>[] = [];
  for (const row of rows) {
    let sitting = sittings.at(-1);
    if (sitting?.id !== row.id) sittings.push((sitting = toSitting<T>(row)));
    // Where the number is there, so is all else that is `not null` of an item.
    if (row.number !== null) sitting.items.push(read(row as ItemRow));
  }
  return sittings;
}

function toSitting<T>(row: JoinedRow): Grouped<T> {
  return {
    ...{ id: row.id, lessonId: row.lesson_id, seed: row.seed },
    ...{ startedAt: row.started_at, endedAt: row.ended_at, items: [] },
  };
}

function toItem(row: ItemRow): SittingItem {
  return {
    number: row.number,
    exerciseUid: row.exercise_uid,
    contentVersion: row.content_version,
    orderShown: JSON.parse(row.order_shown) as string[],
    objective: row.objective,
    difficulty: row.difficulty,
    model: JSON.parse(row.model) as Item,
    drawnAt: row.drawn_at,
    answered: toAnswer(row),
  };
}

function toAnswer({ answer, verdict, evidence_id, judged, answered_at }: ItemRow) {
  if (answer === null || verdict === null || answered_at === null) return null;
  return {
    answer: JSON.parse(answer) as string[],
    ...{ verdict, evidenceId: evidence_id },
    judged: judged === null ? null : (JSON.parse(judged) as JudgedAnswer),
    at: answered_at,
  } satisfies SittingAnswer;
}
