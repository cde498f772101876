import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/**
 * A learner's rounds, each with its attempts: those of an exercise together, and all in order. One query, so that a round
 * and its attempts are of the same moment on both engines.
 */
export function roundsJoined(db: Kysely<Database>, learnerId: string) {
  return db
    .selectFrom('rounds')
    .leftJoin('attempts', (join) =>
      join
        .onRef('attempts.learner_id', '=', 'rounds.learner_id')
        .onRef('attempts.exercise_uid', '=', 'rounds.exercise_uid')
        .onRef('attempts.round_number', '=', 'rounds.number'),
    )
    .where('rounds.learner_id', '=', learnerId)
    .orderBy('rounds.exercise_uid')
    .orderBy('rounds.number')
    .orderBy('attempts.number');
}
