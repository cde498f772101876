/**
 * When an objective is asked again: FSRS, the scheduler of ts-fsrs. The unit is the day. A day is a number, whole
 * days since 1970-01-01 where the learner is, so that neither hours nor zones nor summer time come into it.
 */
import {
  forgetting_curve,
  fsrs,
  get_fuzz_range,
  Rating,
  State,
  type Grade as Rated,
} from 'ts-fsrs';
import type { Grade } from './grade.ts';

/** What is remembered of an objective, as FSRS models it. */
export interface Memory {
  /** Days after which it is still remembered with 90 %. */
  stability: number;
  /** 1 to 10: how slowly stability grows. */
  difficulty: number;
  /** The day of the last review. */
  reviewedOn: number;
}

/** An objective to be reviewed. */
export interface ReviewCard {
  objective: string;
  /** Null: never reviewed. */
  memory: Memory | null;
  /** The day from which on it is to be asked. */
  dueOn: number;
  reviews: number;
  /** How often it had been forgotten. */
  lapses: number;
}

/** How many cards are due on a day. */
export type Load = (day: number) => number;

/** Nobody who has learned something here is left without it for longer. */
export const longestInterval = 365;

const msOfDay = 86_400_000;

/** Intervals shorter than this are kept to the day, as ts-fsrs does. */
const shortestToBalance = 2.5;

// Days only: the first review is tomorrow, not in ten minutes. The fuzz is ours, because it evens out the load.
const scheduler = fsrs({
  request_retention: 0.9,
  maximum_interval: longestInterval,
  enable_fuzz: false,
  enable_short_term: false,
});

const ratingOf: Record<Grade, Rated> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
};

/** A card for an objective that was never asked; it is due at once. */
export function newCard(objective: string, day: number): ReviewCard {
  return { objective, memory: null, dueOn: day, reviews: 0, lapses: 0 };
}

/**
 * The card after a review. What was forgotten never comes later than it would have.
 * @param day - Today. If the clock has been set back to before the last review, no time has passed.
 * @param load - Of the days to come: within what FSRS lets vary, the day with the least is chosen.
 */
export function schedule(card: ReviewCard, grade: Grade, day: number, load: Load): ReviewCard {
  const { card: after } = scheduler.next(asLibraryCard(card, day), asDate(day), ratingOf[grade]);
  const elapsed = elapsedDays(card, day);
  // To tell the grades apart, ts-fsrs adds a day or two to the longest interval.
  const plain = Math.min(after.scheduled_days, longestInterval);
  const interval = lightest(plain, elapsed, (days) => load(day + days));
  return {
    objective: card.objective,
    memory: { stability: after.stability, difficulty: after.difficulty, reviewedOn: day },
    dueOn: day + (grade === 'again' ? Math.min(interval, plannedInterval(card)) : interval),
    reviews: after.reps,
    lapses: after.lapses,
  };
}

/**
 * How likely the objective is remembered today, 0 to 1.
 * @returns Null where nothing is known: it was never reviewed.
 */
export function retrievability(card: ReviewCard, day: number): number | null {
  if (card.memory === null) return null;
  return forgetting_curve(scheduler.parameters.w, elapsedDays(card, day), card.memory.stability);
}

function elapsedDays({ memory }: ReviewCard, day: number): number {
  return memory === null ? 0 : Math.max(0, day - memory.reviewedOn);
}

/** How long the card was to wait after its last review, in days. */
function plannedInterval({ memory, dueOn }: ReviewCard): number {
  return memory === null ? 1 : Math.max(1, dueOn - memory.reviewedOn);
}

/** The interval near to this one whose day has the least load; of two, the nearer, then the shorter. */
function lightest(interval: number, elapsed: number, loadAfter: Load): number {
  if (interval < shortestToBalance) return interval;
  const { min_ivl, max_ivl } = get_fuzz_range(interval, elapsed, longestInterval);
  let best = interval;
  for (let days = min_ivl; days <= max_ivl; days++) {
    const difference =
      loadAfter(days) - loadAfter(best) || Math.abs(days - interval) - Math.abs(best - interval);
    if (difference < 0) best = days;
  }
  return best;
}

function asDate(day: number): Date {
  return new Date(day * msOfDay);
}

/** The card as ts-fsrs has it. It counts days by the clock in UTC, and there each of our days is one. */
function asLibraryCard({ memory, dueOn, reviews, lapses }: ReviewCard, day: number) {
  return {
    due: asDate(dueOn),
    stability: memory?.stability ?? 0,
    difficulty: memory?.difficulty ?? 0,
    elapsed_days: 0,
    scheduled_days: 0,
    learning_steps: 0,
    reps: reviews,
    lapses,
    state: memory === null ? State.New : State.Review,
    ...(memory && { last_review: asDate(Math.min(memory.reviewedOn, day)) }),
  };
}
