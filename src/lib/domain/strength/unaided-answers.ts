/** What a learner answered at first and unaided: it alone says what they can do. */
import type { ServedExercise, ServedLesson } from '../catalogue.ts';
import { firstUnaided, type PractisedRound } from '../practice.ts';
import { isRight } from '../test-pool.ts';
import { hasEnded, type EndedSitting, type Sitting, type SittingItem } from '../sitting.ts';
import type { ItemAnswer } from './ability.ts';
import { inTextOrder } from '../text-order.ts';
import { modelOf, type ItemEstimates } from './item-model.ts';

/** A first answer that was given unaided, and to what. */
export interface UnaidedAnswer extends ItemAnswer {
  exerciseUid: string;
  /** ISO date and time. */
  at: string;
}

/** Not the project's: one has as many attempts there as it takes, and the Test's are in sittings. */
const pools: ReadonlySet<string> = new Set(['try', 'challenge', 'review']);
/** Who rates their own answer says what they remember, and proves nothing. */
const selfRated: ReadonlySet<string> = new Set(['recall']);

/** Whether a first answer to it says what its learner can do. */
export function tellsAbility({ exercise }: Pick<ServedExercise, 'exercise'>): boolean {
  return pools.has(exercise.pool) && !selfRated.has(exercise.kind);
}

/**
 * First unaided answers to the lesson's exercises, outside of its Test; oldest first.
 * @param rounds - Of any lessons, in any order.
 */
export function unaidedAnswers(
  { exercises }: ServedLesson,
  rounds: readonly PractisedRound[],
  estimates: ItemEstimates,
): UnaidedAnswer[] {
  const ofExercise = Map.groupBy(rounds, ({ exerciseUid }) => exerciseUid);
  return exercises
    .filter(tellsAbility)
    .flatMap((served): UnaidedAnswer[] => {
      const exerciseUid = served.exercise.uid;
      const own = ofExercise.get(exerciseUid)?.toSorted((a, b) => a.number - b.number);
      const first = own && firstUnaided(own);
      if (!first) return [];
      const item = modelOf(served, estimates);
      return [{ exerciseUid, item, isRight: first.verdict === 'right', at: first.at }];
    })
    .sort((a, b) => inTextOrder(a.at, b.at) || inTextOrder(a.exerciseUid, b.exerciseUid));
}

/** What the items of a sitting say, each as it was taken to be when it was drawn. Passing is not right. */
export function sittingAnswers(items: readonly SittingItem[]): UnaidedAnswer[] {
  return items.flatMap((item) =>
    item.answered
      ? [
          {
            ...{ exerciseUid: item.exerciseUid, item: item.model },
            ...{ isRight: isRight(item), at: item.answered.at },
          },
        ]
      : [],
  );
}

/** The Test that ended last. */
export function newestTest(sittings: readonly Sitting[]): EndedSitting | null {
  return sittings.filter(hasEnded).reduce<EndedSitting | null>((best, test) => {
    if (!best || test.endedAt > best.endedAt) return test;
    return test.endedAt === best.endedAt && test.id > best.id ? test : best;
  }, null);
}

/** Whether the answer tells more than the Test did: one from before the lesson was read is no evidence after it. */
export function isSince(test: EndedSitting | null, { at }: UnaidedAnswer): boolean {
  return test === null || at >= test.startedAt;
}

/** What the ability on a lesson rests on. @param unaided - First unaided answers outside of its Test. */
export function answersThatCount(
  test: EndedSitting | null,
  unaided: readonly UnaidedAnswer[],
): UnaidedAnswer[] {
  return [...sittingAnswers(test?.items ?? []), ...unaided.filter((each) => isSince(test, each))];
}
