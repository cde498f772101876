import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCard, retrievability, schedule, type ReviewCard } from './card.ts';
import { cardsADay, dailyQueue, loadOf } from './daily-queue.ts';
import { chanceFrom } from '../shuffle.ts';
import { grades, type Grade } from './grade.ts';

const today = 20_000;
const names = (cards: readonly ReviewCard[]) => cards.map(({ objective }) => objective);

/** Cards of a learner who reviewed each once, some days ago. */
function cardsOf(daysAgo: readonly number[], grade: Grade = 'good'): ReviewCard[] {
  return daysAgo.map((days, at) =>
    schedule(newCard(`objective-${at}`, today - days), grade, today - days, () => 0),
  );
}

const someCards = fc
  .array(fc.record({ days: fc.integer({ min: -3, max: 60 }), grade: fc.constantFrom(...grades) }), {
    maxLength: 30,
  })
  .map((made) =>
    made.flatMap(({ days, grade }, at) => {
      return cardsOf([days], grade).map((card) => ({ ...card, objective: `objective-${at}` }));
    }),
  );

test('each card that is due is asked or waits, none twice, and never more than the cap', () => {
  fc.assert(
    fc.property(someCards, fc.nat(12), fc.nat(12), (cards, cap, reviewed) => {
      const { cards: asked, waiting } = dailyQueue(cards, { today, cap, reviewed });
      const due = cards.filter(
        ({ dueOn, memory }) => dueOn <= today || memory!.reviewedOn > today + 1,
      );
      expect(asked.length + waiting).toBe(due.length);
      expect(new Set(names(asked)).size).toBe(asked.length);
      expect(names(due)).toEqual(expect.arrayContaining(names(asked)));
      expect(asked.length).toBeLessThanOrEqual(Math.max(0, cap - reviewed));
    }),
  );
});

test('what is best remembered is asked first, whatever order the cards come in', () => {
  fc.assert(
    fc.property(someCards, (cards) => {
      const day = { today, cap: 100, reviewed: 0 };
      const asked = dailyQueue(cards, day).cards;
      const left = asked.map((card) => retrievability(card, today)!);
      expect(left).toEqual(left.toSorted((a, b) => b - a));
      expect(names(dailyQueue(cards.toReversed(), day).cards)).toEqual(names(asked));
    }),
  );
});

test('after a long break a day asks no more than on any other, and within days all have been asked', () => {
  let cards = cardsOf(Array.from({ length: 60 }, () => 200));
  const asked = new Set<string>();
  for (let day = today; day < today + 12; day++) {
    const queue = dailyQueue(cards, { today: day, cap: cardsADay, reviewed: 0 });
    expect(queue.cards.length).toBeLessThanOrEqual(cardsADay);
    for (const card of queue.cards) {
      asked.add(card.objective);
      const after = schedule(card, 'good', day, loadOf(cards));
      cards = cards.map((each) => (each.objective === after.objective ? after : each));
    }
  }
  expect(asked.size).toBe(60);
  expect(cards).toHaveLength(60);
});

test('a card from the future of a clock that was set back is asked, one from a day ahead is not', () => {
  const [far] = cardsOf([-500]);
  const [near] = cardsOf([-1]);
  const queue = (card: ReviewCard) => dailyQueue([card], { today, cap: 5, reviewed: 0 }).cards;
  expect(queue(far!)).toHaveLength(1);
  expect(queue(near!)).toHaveLength(0);
});

test('cards learned on one day do not all come back on one day', () => {
  const most = (isEven: boolean) => {
    const chance = chanceFrom('load');
    let cards = cardsOf(Array.from({ length: 60 }, () => 0));
    for (let day = today; day < today + 60; day++) {
      for (const card of dailyQueue(cards, { today: day, cap: 100, reviewed: 0 }).cards) {
        const grade = chance() < 0.9 ? 'good' : 'again';
        const after = schedule(card, grade, day, isEven ? loadOf(cards) : () => 0);
        cards = cards.map((each) => (each.objective === after.objective ? after : each));
      }
    }
    const counts = Map.groupBy(cards, ({ dueOn }) => dueOn);
    return Math.max(...[...counts.values()].map(({ length }) => length));
  };
  expect(most(true)).toBeLessThan(most(false) / 2);
});
