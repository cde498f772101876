/** With what a learner's cards were asked, read back. */
import type { Kysely } from 'kysely';
import type { KeptReviewDraw } from '#lib/domain/review/review-draw.ts';
import type { DaySpan } from './port.ts';
import type { Database, ReviewDrawsTable } from './schema.ts';

type Db = Kysely<Database>;

const drawColumns = [
  'day',
  'card',
  'exercise_uid',
  'content_version',
  'round',
  'drawn_at',
] as const;

/** In the order in which they were drawn. @param days - Null: of all days. */
export async function selectReviewDraws(
  db: Db,
  learnerId: string,
  days: DaySpan | null,
): Promise<KeptReviewDraw[]> {
  const rows = await db
    .selectFrom('review_draws')
    .select(drawColumns)
    .where('learner_id', '=', learnerId)
    .$if(days !== null, (query) =>
      query.where('day', '>=', days!.from).where('day', '<=', days!.to),
    )
    .orderBy('day')
    .orderBy('drawn_at')
    .orderBy('card')
    .execute();
  return rows.map(toDraw);
}

function toDraw(row: Omit<ReviewDrawsTable, 'learner_id'>): KeptReviewDraw {
  return {
    ...{ day: row.day, card: row.card, exerciseUid: row.exercise_uid },
    ...{ contentVersion: row.content_version, round: row.round, drawnAt: row.drawn_at },
  };
}
