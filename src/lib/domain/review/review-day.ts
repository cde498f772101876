/** A learner's day of review: what is asked today, what was, and what is still to be drawn. */
import { cardsADay, dailyQueue } from './daily-queue.ts';
import type { ReviewCard } from './card.ts';
import type { CardExercises, RoundsByExercise } from './card-exercises.ts';
import type { DueView } from './due-view.ts';
import { isCardOf } from './lesson-cards.ts';
import type { ReviewDraw } from './review-draw.ts';

/** What a day is made of. */
export interface ReviewLog {
  /** The learner's, as they stand now, by `cardKey`. */
  cards: ReadonlyMap<string, ReviewCard>;
  rounds: RoundsByExercise;
  /** Those of today, in the order in which they were drawn. */
  draws: readonly ReviewDraw[];
}

export interface StandingDraw {
  draw: ReviewDraw;
  /** Whether it was answered, or given up. */
  isOver: boolean;
}

export interface ReviewDay {
  /** Those that stand. */
  draws: StandingDraw[];
  /** What cannot be asked any more and was not answered: another takes its place. */
  gone: ReviewDraw[];
  /** Cards that are to be drawn yet today, in this order. */
  toDraw: string[];
  due: DueView;
  /** When cards come again, and how many that day; null: there are none. */
  next: { day: number; cards: number } | null;
}

/**
 * @param askable - With what cards can be asked; those that cannot be asked are left out.
 * @param lessonId - Null: all lessons. For one of them, its cards only, under the same cap for the whole day.
 */
export function reviewDay(
  { cards, rounds, draws }: ReviewLog,
  askable: ReadonlyMap<string, CardExercises>,
  today: number,
  lessonId: string | null,
): ReviewDay {
  const isWanted = (card: string) => isCardOf(card, lessonId);
  const stood = draws.map((draw) => ({ draw, standing: standingOf(draw, askable, rounds) }));
  const standing = stood.filter((each) => each.standing !== 'gone');
  const drawn = new Set(standing.map(({ draw }) => draw.card));
  const known = [...cards].flatMap(([key, card]) =>
    isWanted(key) && askable.has(key) ? [card] : [],
  );
  const queue = dailyQueue(
    known.filter(({ objective }) => !drawn.has(objective)),
    { today, cap: cardsADay, reviewed: drawn.size },
  );
  const wanted = standing
    .filter(({ draw }) => isWanted(draw.card))
    .map((each) => ({ draw: each.draw, isOver: each.standing === 'over' }));
  const done = wanted.filter(({ isOver }) => isOver).length;
  return {
    draws: wanted,
    gone: stood.flatMap((each) => (each.standing === 'gone' ? [each.draw] : [])),
    toDraw: queue.cards.map(({ objective }) => objective),
    due: {
      due: wanted.length - done + queue.cards.length,
      ...{ waiting: queue.waiting, done, hasCards: known.length > 0 },
    },
    next: nextOf(known, today, queue.waiting),
  };
}

/**
 * How a draw stands. What was answered stands, whatever became of the exercise; what was not can be asked only as
 * it was drawn.
 */
function standingOf(
  { card, exerciseUid, contentVersion, round: number }: ReviewDraw,
  askable: ReadonlyMap<string, CardExercises>,
  rounds: RoundsByExercise,
): 'open' | 'over' | 'gone' {
  const own = rounds.get(exerciseUid) ?? [];
  const round = own.find((each) => each.number === number);
  if (round && round.ending !== null) return 'over';
  const latest = own.at(-1)?.number ?? 0;
  const isServed = askable.get(card)?.exercises.some(({ exercise }) => {
    return exercise.uid === exerciseUid && exercise.contentVersion === contentVersion;
  });
  const isAsDrawn = isServed && number >= latest && number <= latest + 1;
  if (isAsDrawn && (!round || round.contentVersion === contentVersion)) return 'open';
  return round && round.attempts.length > 0 ? 'over' : 'gone';
}

/** The next day on which any card is due; what waits for want of room comes tomorrow. */
function nextOf(cards: readonly ReviewCard[], today: number, waiting: number): ReviewDay['next'] {
  if (waiting > 0) return { day: today + 1, cards: Math.min(waiting, cardsADay) };
  const days = cards.map(({ dueOn }) => dueOn).filter((day) => day > today);
  if (days.length === 0) return null;
  const day = Math.min(...days);
  return { day, cards: Math.min(days.filter((each) => each === day).length, cardsADay) };
}
