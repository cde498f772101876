/**
 * Rules of the kind `recall`: first one answers in one's own words, then the answer is shown, then one says how it
 * went. An answer is the rating, and after it the ids of the points that one had.
 */
import type { Exercise, RecallExercise } from './exercise.ts';
import { toProse } from './prose.ts';
import { grades, type Grade } from './review/grade.ts';
import type { Round } from './round.ts';
import type { RevealedView } from './views.ts';

/** How many hints an exercise has. The answer to what one recalls is kept as its one hint. */
export function hintCount(exercise: Exercise): number {
  return exercise.kind === 'recall' ? 1 : exercise.hints.length;
}

/** Whether the answer was asked for in this round. */
export function isRevealed(round: Pick<Round, 'hintsShown' | 'ending'> | undefined): boolean {
  return round !== undefined && (round.hintsShown > 0 || round.ending !== null);
}

/** What is shown when the answer is asked for. */
export function presentRevealed({ answer, rubric }: RecallExercise): RevealedView {
  return {
    answer: answer.map(toProse),
    rubric: rubric.map(({ id, text, holds }) => ({
      id,
      text: toProse(text),
      isRun: holds !== null,
    })),
  };
}

/** The rating that an answer begins with; null where it begins with none. */
export function ratingIn(answer: readonly string[] | null | undefined): Grade | null {
  return grades.find((grade) => grade === answer?.[0]) ?? null;
}

/** Only what was not known at all counts as wrong. */
export function verdictOfRating(answer: readonly string[]): 'right' | 'wrong' {
  const rating = ratingIn(answer);
  return rating === null || rating === 'again' ? 'wrong' : 'right';
}

/** What keeps an answer from being kept: a sentence for the learner; null: nothing does. */
export function recallProblem(
  { rubric }: Pick<RecallExercise, 'rubric'>,
  answer: readonly string[],
): string | null {
  if (ratingIn(answer) === null) return 'Say how well you knew it. Nothing was kept yet.';
  const isKnown = (id: string) => rubric.some((point) => point.id === id);
  if (answer.slice(1).every(isKnown)) return null;
  return 'The points of this exercise have changed. Reload the page; nothing was kept yet.';
}

/** The rating, and each ticked point once, in the order of the rubric: ticked in another order they say the same. */
export function inRubricOrder({ rubric }: RecallExercise, answer: readonly string[]): string[] {
  const [rating = '', ...ticked] = answer;
  return [rating, ...rubric.map(({ id }) => id).filter((id) => ticked.includes(id))];
}

/**
 * Who has not seen the answer cannot say how well they knew it.
 * @param latest - The learner's newest round of the exercise.
 * @param round - The number of the round that is rated.
 * @returns A sentence for the learner; null: it can be rated, or it is for the store to say that the round is over.
 */
export function ratedTooSoon(
  { kind, contentVersion }: Pick<Exercise, 'kind' | 'contentVersion'>,
  latest: Round | undefined,
  round: number,
): string | null {
  if (kind !== 'recall' || (latest !== undefined && latest.number > round)) return null;
  const isOfThis = latest?.number === round && latest.contentVersion === contentVersion;
  if (isOfThis && isRevealed(latest)) return null;
  return 'Ask for the answer first, then say how well you knew it. Nothing was kept yet.';
}
