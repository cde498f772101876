import { ratingIn } from '../../domain/recall.ts';
import type { Grade } from '../../domain/review/grade.ts';
import type { RecallView } from '../../domain/views.ts';
import { counted } from '../wording.ts';
import type { KindRules } from './kind.ts';

/** What a learner says of how it went, from not known to known with ease. */
export const ratingWords: Record<Grade, string> = {
  again: 'I did not know it',
  hard: 'With effort',
  good: 'I knew it',
  easy: 'At once',
};

function ratedText(answer: readonly string[]): string {
  const rating = ratingIn(answer);
  return rating === null ? 'a rating that is no longer here' : ratingWords[rating];
}

/** `2 of 3 points were in your answer.` */
export function tickedText({ revealed }: RecallView, [, ...ticked]: readonly string[]): string {
  const known = revealed?.rubric.filter(({ id }) => ticked.includes(id)) ?? [];
  const of = counted(revealed?.rubric.length ?? 0, 'point');
  return `${known.length} of ${of} ${known.length === 1 ? 'was' : 'were'} in your answer.`;
}

export const recallRules: KindRules<RecallView> = {
  ran: 'We ran a program for it.',
  start: () => [''],
  // The button that is pressed is the answer, so nothing can be missing.
  gap: () => null,
  text: (_, answer) => ratedText(answer),
  announced(exercise) {
    const answer = exercise.round.attempts.at(-1)?.answer ?? [];
    return `Kept: ${ratedText(answer)}. ${tickedText(exercise, answer)}`;
  },
};
