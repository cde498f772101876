/** What an exercise is taken to be: its author's label, until answers have corrected it. */
import type { ServedExercise } from '../catalogue.ts';
import { firstEstimate, itemOf, type ItemEstimate } from './correct-item.ts';
import { guessingOf } from './guessing.ts';
import type { Item } from './item.ts';

/** An exercise's estimate as it is kept. Content that changes starts from its label again. */
export interface KeptItemModel {
  exerciseUid: string;
  contentVersion: string;
  estimate: ItemEstimate;
  /** How many answers have corrected it. */
  answers: number;
}

/** Estimates of exercises as they are served, by uid; those that nobody has answered have none. */
export type ItemEstimates = ReadonlyMap<string, ItemEstimate>;

/** Of what is kept, what is of the exercises as they are served now. */
export function estimatesOf(
  exercises: readonly ServedExercise[],
  kept: readonly KeptItemModel[],
): ItemEstimates {
  const versions = new Map(
    exercises.map(({ exercise }) => [exercise.uid, exercise.contentVersion]),
  );
  return new Map(
    kept
      .filter(({ exerciseUid, contentVersion }) => versions.get(exerciseUid) === contentVersion)
      .map(({ exerciseUid, estimate }) => [exerciseUid, estimate]),
  );
}

/** The exercise as the model of answers sees it. What luck does is a fact that its proof knows. */
export function modelOf({ exercise, proof }: ServedExercise, estimates: ItemEstimates): Item {
  const estimate = estimates.get(exercise.uid) ?? firstEstimate(exercise.difficulty);
  return itemOf(estimate, guessingOf(exercise, proof));
}
