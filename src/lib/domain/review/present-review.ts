/** Turns a learner's day of review into what its pages may show. */
import type { ServedCatalogue, ServedExercise } from '../catalogue.ts';
import { findExercise, findLesson } from '../catalogue.ts';
import { dateOfDay } from '../day.ts';
import { toProse } from '../prose.ts';
import type { RoundsByExercise } from './card-exercises.ts';
import type { ReviewDay } from './review-day.ts';
import type { ReviewDraw } from './review-draw.ts';
import type { CardView, DoneView, NextCards } from './review-view.ts';

/** An exercise that was drawn, as it is served now; undefined: it is not. */
export function findDrawn(
  catalogue: ServedCatalogue,
  { card, exerciseUid, contentVersion }: Omit<ReviewDraw, 'round' | 'day'>,
): { view: CardView; served: ServedExercise } | undefined {
  const lesson = findLesson(catalogue, card.slice(0, card.lastIndexOf('#')));
  const served = lesson && findExercise(lesson, exerciseUid);
  if (served?.exercise.contentVersion !== contentVersion || !lesson) return undefined;
  const { id, title, objectives } = lesson.lesson;
  const objective = objectives.find((each) => each.id === served.exercise.objective)?.text ?? '';
  return {
    view: { objective: toProse(objective), lesson: { title, href: `/learn/${id}` } },
    served,
  };
}

/** What was asked today and is over, of what is still served. */
export function presentDone(
  catalogue: ServedCatalogue,
  { draws }: ReviewDay,
  rounds: RoundsByExercise,
): DoneView[] {
  return draws.flatMap(({ draw, isOver }) => {
    const found = isOver ? findDrawn(catalogue, draw) : undefined;
    if (!found) return [];
    const round = rounds.get(draw.exerciseUid)?.find(({ number }) => number === draw.round);
    return [
      {
        ...{ card: found.view, exercise: draw.exerciseUid, title: found.served.exercise.title },
        isFound: round?.ending === 'right',
      },
    ];
  });
}

export function presentNext({ next }: ReviewDay, today: number): NextCards | null {
  if (!next) return null;
  return { date: dateOfDay(next.day), inDays: next.day - today, cards: next.cards };
}
