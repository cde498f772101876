/**
 * What a learner's answers say of exercises: for each first unaided answer one step, with the ability that their *other*
 * answers on the lesson suggest. An answer that is no such answer makes none.
 */
import { findExercise, type ServedLesson } from '../catalogue.ts';
import type { Difficulty } from '../exercise.ts';
import { firstUnaided, type PractisedRound } from '../practice.ts';
import { isRight } from '../test-pool.ts';
import { hasEnded, type Sitting } from '../sitting.ts';
import { posteriorOf } from './ability.ts';
import {
  correctItem,
  firstEstimate,
  type ItemEstimate,
  type ItemEvidence,
} from './correct-item.ts';
import { modelOf, type ItemEstimates } from './item-model.ts';
import {
  answersThatCount,
  newestTest,
  tellsAbility,
  unaidedAnswers,
  type UnaidedAnswer,
} from './unaided-answers.ts';

/** One answer to an exercise, as far as it says something of the exercise. */
export interface ItemSaid {
  exerciseUid: string;
  contentVersion: string;
  label: Difficulty;
  guessing: number;
  evidence: ItemEvidence;
}

/** A lesson, and what one learner did. */
export interface AnsweredLesson {
  served: ServedLesson;
  rounds: readonly PractisedRound[];
  /** Of this lesson. */
  sittings: readonly Sitting[];
  estimates: ItemEstimates;
}

/** The attempt that was made just now. */
export interface NewestAttempt {
  exerciseUid: string;
  round: number;
  /** 1-based within its round. */
  number: number;
}

/**
 * Keeps what answers say of exercises. Both are to be told once of each: when it was newly kept. Neither rejects; nobody
 * need wait for them.
 */
export interface CorrectItems {
  afterAttempt(of: { learnerId: string; lessonId: string }, attempt: NewestAttempt): Promise<void>;
  afterSitting(of: { learnerId: string; lessonId: string }, sittingId: string): Promise<void>;
}

/** @returns Null: the attempt was not the first, or not unaided, or says nothing of what its learner can do. */
export function saidByAttempt(
  { served, rounds, sittings, estimates }: AnsweredLesson,
  { exerciseUid, round, number }: NewestAttempt,
): ItemSaid | null {
  const found = findExercise(served, exerciseUid);
  if (number !== 1 || !found || !tellsAbility(found)) return null;
  const own = rounds
    .filter((each) => each.exerciseUid === exerciseUid)
    .toSorted((a, b) => a.number - b.number);
  const first = firstUnaided(own);
  const made = own.find((each) => each.number === round);
  if (!first || !made?.attempts.includes(first)) return null;
  const { contentVersion, difficulty } = found.exercise;
  if (made.contentVersion !== contentVersion) return null;
  const counting = answersThatCount(
    newestTest(sittings),
    unaidedAnswers(served, rounds, estimates),
  );
  return {
    ...{ exerciseUid, contentVersion, label: difficulty },
    guessing: modelOf(found, estimates).guessing,
    evidence: { isRight: first.verdict === 'right', posterior: without(counting, exerciseUid) },
  };
}

/** What each answer of a sitting that is over says of its exercise. */
export function saidBySitting(
  { served, rounds, sittings, estimates }: AnsweredLesson,
  sittingId: string,
): ItemSaid[] {
  const sitting = sittings.filter(hasEnded).find(({ id }) => id === sittingId);
  if (!sitting) return [];
  const counting = answersThatCount(sitting, unaidedAnswers(served, rounds, estimates));
  return sitting.items.flatMap((item): ItemSaid[] => {
    const { exerciseUid, contentVersion, difficulty, model } = item;
    if (!item.answered) return [];
    const posterior = without(counting, exerciseUid);
    const evidence = { isRight: isRight(item), posterior };
    return [{ exerciseUid, contentVersion, label: difficulty, guessing: model.guessing, evidence }];
  });
}

/** The estimate after it. @param before - Null: nobody had answered. */
export function afterSaid(
  before: ItemEstimate | null,
  { label, guessing, evidence }: ItemSaid,
): ItemEstimate {
  return correctItem(before ?? firstEstimate(label), label, guessing, evidence);
}

function without(answers: readonly UnaidedAnswer[], uid: string) {
  return posteriorOf(answers.filter(({ exerciseUid }) => exerciseUid !== uid));
}
