/**
 * Keeps what answers say of exercises. It comes after an answer is acknowledged and holds nothing up: what goes wrong here
 * is logged, and costs one step of a correction.
 */
import { findLesson, type ServedCatalogue, type ServedLesson } from '#lib/domain/catalogue.ts';
import { estimatesOf } from '#lib/domain/strength/item-model.ts';
import {
  afterSaid,
  saidByAttempt,
  saidBySitting,
  type AnsweredLesson,
  type CorrectItems,
  type ItemSaid,
} from '#lib/domain/strength/item-steps.ts';
import type { Store } from '../store/port.ts';

export interface CorrectItemsDeps {
  /** What is served at this moment. */
  catalogue: () => ServedCatalogue;
  store: Pick<Store, 'selectPractice' | 'selectSittings' | 'selectItemModels' | 'correctItem'>;
  onTrouble: (error: unknown) => void;
}

export function createCorrectItems({
  catalogue,
  store,
  onTrouble,
}: CorrectItemsDeps): CorrectItems {
  async function correct(
    { learnerId, lessonId }: { learnerId: string; lessonId: string },
    saidBy: (answered: AnsweredLesson) => readonly ItemSaid[],
  ): Promise<void> {
    try {
      const served = findLesson(catalogue(), lessonId);
      if (!served) return;
      for (const said of saidBy(await readAnswered(store, served, learnerId))) {
        const { exerciseUid, contentVersion } = said;
        const step = (before: Parameters<typeof afterSaid>[0]) => afterSaid(before, said);
        await store.correctItem({ exerciseUid, contentVersion, correct: step });
      }
    } catch (error) {
      onTrouble(error);
    }
  }
  return {
    afterAttempt: async (of, attempt) => {
      // Most attempts are told from a first one without asking the store.
      if (attempt.number !== 1) return;
      await correct(of, (answered) => {
        const said = saidByAttempt(answered, attempt);
        return said ? [said] : [];
      });
    },
    afterSitting: (of, sittingId) => correct(of, (answered) => saidBySitting(answered, sittingId)),
  };
}

async function readAnswered(
  store: CorrectItemsDeps['store'],
  served: ServedLesson,
  learnerId: string,
): Promise<AnsweredLesson> {
  const [rounds, sittings, kept] = await Promise.all([
    store.selectPractice(learnerId),
    store.selectSittings(learnerId, served.lesson.id),
    store.selectItemModels(served.exercises.map(({ exercise }) => exercise.uid)),
  ]);
  return { served, rounds, sittings, estimates: estimatesOf(served.exercises, kept) };
}
