/** Short ways to have two learners answer, and be merged. */
import type { NewAttempt } from '#lib/server/store/port.ts';
import { newAttempt } from './store-engines.ts';
import type { FreshStores } from './two-stores.ts';

export const lessonId = 'a/b/c';

/** A day of January 2026. */
export const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

export function mergingOn(fresh: FreshStores) {
  return {
    merge: (from = 'anonymous', into = 'account') =>
      fresh.store.mergeLearner({ from, into, at: day(30) }),
    /** @param name - The answer and its key. */
    answer: (learnerId: string, at: number, name: string, change: Partial<NewAttempt> = {}) =>
      fresh.store.recordAttempt(
        newAttempt({ learnerId, at: day(at), answer: [name], key: name, ...change }),
      ),
    /** The answers of each round of the exercise, oldest first; undefined when there is none. */
    answersOf: async (exerciseUid = 'ex_1', learnerId = 'account') =>
      (await fresh.store.selectRounds(learnerId, [exerciseUid]))
        .get(exerciseUid)
        ?.map(({ attempts }) => attempts.map(({ answer }) => answer[0])),
  };
}
