/** What is to be reviewed today: what is due, but never more than a cap; the rest waits without a word. */
import { retrievability, type ReviewCard } from './card.ts';

/** Five minutes' worth. */
export const cardsADay = 10;

export interface DailyQueue {
  /** To be asked today, in this order. */
  cards: ReviewCard[];
  /** How many are due beyond today's cap; they come on the following days. */
  waiting: number;
}

/** What is known of the learner's day. */
export interface ReviewDay {
  today: number;
  /** How many cards a day. */
  cap: number;
  /** How many were reviewed today already. */
  reviewed: number;
}

/**
 * Asks first what is still best remembered: after a break that saves the most, and what is long forgotten loses
 * nothing by waiting. On a day on which all that is due fits in, the order is all that this decides.
 * @param cards - All of the learner's, each objective once.
 */
export function dailyQueue(
  cards: readonly ReviewCard[],
  { today, cap, reviewed }: ReviewDay,
): DailyQueue {
  const rank = (card: ReviewCard) => retrievability(card, today) ?? 0;
  const due = cards
    .filter((card) => isDue(card, today))
    .toSorted((a, b) => rank(b) - rank(a) || (a.objective < b.objective ? -1 : 1));
  const room = Math.max(0, cap - reviewed);
  return { cards: due.slice(0, room), waiting: Math.max(0, due.length - room) };
}

/**
 * Whether a card is to be asked. One that was reviewed after tomorrow comes from a clock that was set back: it is
 * due, or it might not come for years. A day ahead is what travelling does.
 */
function isDue({ memory, dueOn }: ReviewCard, today: number): boolean {
  return dueOn <= today || (memory !== null && memory.reviewedOn > today + 1);
}

/** How many cards are due on each day, for scheduling. */
export function loadOf(cards: readonly ReviewCard[]): (day: number) => number {
  const counts = new Map<number, number>();
  for (const { dueOn } of cards) counts.set(dueOn, (counts.get(dueOn) ?? 0) + 1);
  return (day) => counts.get(day) ?? 0;
}
