/** First unaided answers of all learners to a lesson's exercises, each with what the learner's other ones suggest. */
import type { ServedLesson } from '../catalogue.ts';
import { abilities, priorOfAnybody, type ItemAnswer } from './ability.ts';
import { chanceOfRight, type Item } from './item.ts';
import { modelOf, type ItemEstimates } from './item-model.ts';
import type { FirstAnswer } from './item-statistics.ts';
import { tellsAbility } from './unaided-answers.ts';

/** As it is kept, by whomever. */
export interface KeptFirstAnswer {
  learnerId: string;
  exerciseUid: string;
  contentVersion: string;
  /** Passing is not right. */
  isRight: boolean;
  /** As an attempt keeps it, empty when passed; null: too long to have been chosen. */
  chosen: string[] | null;
  /** ISO date and time. */
  at: string;
}

/**
 * The answers to each exercise as it is served now, by uid; at most one of each learner, their first.
 * @param kept - In any order.
 */
export function firstAnswersOf(
  { exercises }: ServedLesson,
  kept: readonly KeptFirstAnswer[],
  estimates: ItemEstimates,
): Map<string, FirstAnswer[]> {
  const items = new Map<string, { contentVersion: string; item: Item }>();
  for (const served of exercises) {
    const { uid, pool, contentVersion } = served.exercise;
    if (pool !== 'test' && !tellsAbility(served)) continue;
    items.set(uid, { contentVersion, item: modelOf(served, estimates) });
  }
  const found = new Map<string, FirstAnswer[]>([...items.keys()].map((uid) => [uid, []]));
  const counting = kept.filter(
    ({ exerciseUid, contentVersion }) => items.get(exerciseUid)?.contentVersion === contentVersion,
  );
  for (const own of Map.groupBy(counting, ({ learnerId }) => learnerId).values()) {
    const first = firstOfEach(own);
    const otherwise = abilitiesOtherwise(
      first.map(({ exerciseUid, isRight }) => ({ item: items.get(exerciseUid)!.item, isRight })),
    );
    for (const [index, { exerciseUid, isRight, chosen }] of first.entries()) {
      const answer = { isRight, chosen: chosen?.[0] ?? null, otherwise: otherwise[index]! };
      found.get(exerciseUid)!.push(answer);
    }
  }
  return found;
}

function firstOfEach(answers: readonly KeptFirstAnswer[]): KeptFirstAnswer[] {
  const first = new Map<string, KeptFirstAnswer>();
  for (const answer of answers) {
    const known = first.get(answer.exerciseUid);
    if (!known || answer.at < known.at) first.set(answer.exerciseUid, answer);
  }
  return [...first.values()];
}

/**
 * For each answer of one learner the ability that is expected from all the others. Each answer's likelihood is taken out
 * of the whole again, so that many answers are no more work than some.
 */
export function abilitiesOtherwise(answers: readonly ItemAnswer[]): number[] {
  const own = answers.map(({ item, isRight }) =>
    abilities.map((ability) => {
      const right = chanceOfRight(item, ability);
      // What cannot be wrong would weigh without end when it is.
      return Math.log(Math.max(1e-12, isRight ? right : 1 - right));
    }),
  );
  const whole = priorOfAnybody.map((share, at) =>
    own.reduce((sum, logs) => sum + logs[at]!, Math.log(share)),
  );
  return own.map((logs) => meanOf(whole.map((log, at) => log - logs[at]!)));
}

/** The ability that is expected, from the logarithms of what each weighs. */
function meanOf(logs: readonly number[]): number {
  const highest = Math.max(...logs);
  let all = 0;
  let sum = 0;
  for (const [at, log] of logs.entries()) {
    const weight = Math.exp(log - highest);
    all += weight;
    sum += weight * abilities[at]!;
  }
  return sum / all;
}
