import fc from 'fast-check';
import { createEmptyCard, fsrs, Rating, type Grade as Rated } from 'ts-fsrs';
import { expect, test } from 'vitest';
import { longestInterval, newCard, retrievability, schedule, type ReviewCard } from './card.ts';
import { grades, type Grade } from './grade.ts';

const noLoad = () => 0;
const today = 20_000;
const aGrade = fc.constantFrom(...grades);
const someGrades = fc.array(aGrade, { minLength: 1, maxLength: 15 });
const ratings: Record<Grade, Rated> = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
};

/** A card after these reviews, each so many days after the one before. */
function reviewed(steps: readonly { grade: Grade; days: number }[]): ReviewCard {
  let day = today;
  return steps.reduce(
    (card, { grade, days }) => {
      day += days;
      return schedule(card, grade, day, noLoad);
    },
    newCard('async-orm', today),
  );
}

test('the memory is what the tests of ts-fsrs and fsrs-rs say of this sequence', () => {
  // packages/fsrs/__tests__/FSRS-6.test.ts, "memory state[long-term]": the usual weights.
  const intervals = [0, 0, 1, 3, 8, 21];
  const card = reviewed(
    intervals.map((days, at) => ({
      grade: at === 0 ? ('again' as const) : ('good' as const),
      days,
    })),
  );
  expect(card.memory?.stability).toBeCloseTo(53.335106, 4);
  expect(card.memory?.difficulty).toBeCloseTo(6.3574867, 4);
});

test('stability is the number of days after which nine in ten are remembered', () => {
  const card = reviewed([{ grade: 'good', days: 0 }]);
  const { stability, reviewedOn } = card.memory!;
  expect(retrievability(card, reviewedOn + stability)).toBeCloseTo(0.9, 6);
});

test('whatever the grades, it goes as with ts-fsrs itself without its fuzz and short steps', () => {
  const library = fsrs({
    enable_fuzz: false,
    enable_short_term: false,
    maximum_interval: longestInterval,
  });
  const step = fc.record({ grade: aGrade, days: fc.integer({ min: 0, max: 400 }) });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let theirs = createEmptyCard(new Date(today * 86_400_000));
      let day = today;
      for (const { grade, days } of steps) {
        day += days;
        theirs = library.next(theirs, new Date(day * 86_400_000), ratings[grade]).card;
      }
      const ours = reviewed(steps);
      expect(ours.memory?.stability).toBeCloseTo(theirs.stability, 6);
      expect(ours.memory?.difficulty).toBeCloseTo(theirs.difficulty, 6);
      expect([ours.reviews, ours.lapses]).toEqual([theirs.reps, theirs.lapses]);
    }),
  );
});

test('a better grade never comes sooner, and what is forgotten never later than it would have', () => {
  fc.assert(
    fc.property(someGrades, fc.integer({ min: 0, max: 60 }), (before, late) => {
      const card = before.reduce(
        (each, grade) => schedule(each, grade, each.dueOn, noLoad),
        newCard('a', today),
      );
      const day = card.dueOn + late;
      const waits = grades.map((grade) => schedule(card, grade, day, noLoad).dueOn - day);
      expect(waits).toEqual(waits.toSorted((a, b) => a - b));
      expect(waits[0]).toBeGreaterThanOrEqual(1);
      expect(waits[0]).toBeLessThanOrEqual(card.dueOn - card.memory!.reviewedOn);
      expect(waits.at(-1)).toBeLessThanOrEqual(longestInterval);
    }),
  );
});

test('a lapse never lengthens the wait, whatever days are full', () => {
  fc.assert(
    fc.property(
      someGrades,
      fc.array(fc.nat(50), { minLength: 7, maxLength: 7 }),
      (before, loads) => {
        const load = (day: number) => loads[day % 7]!;
        const card = before.reduce(
          (each, grade) => schedule(each, grade, each.dueOn, load),
          newCard('a', today),
        );
        const after = schedule(card, 'again', card.dueOn, load);
        expect(after.dueOn - card.dueOn).toBeLessThanOrEqual(card.dueOn - card.memory!.reviewedOn);
      },
    ),
  );
});

test('what is remembered fades day by day, and a review brings it back', () => {
  const card = reviewed([
    { grade: 'good', days: 0 },
    { grade: 'good', days: 3 },
  ]);
  const day = card.memory!.reviewedOn;
  const left = [0, 5, 20, 100].map((days) => retrievability(card, day + days)!);
  expect(left[0]).toBe(1);
  expect(left).toEqual(left.toSorted((a, b) => b - a));
  expect(retrievability(schedule(card, 'hard', day + 100, noLoad), day + 100)).toBe(1);
  expect(retrievability(newCard('a', today), today)).toBeNull();
});

test('a clock that is set back lets no time pass, and the review counts', () => {
  const card = reviewed([{ grade: 'good', days: 0 }]);
  const back = schedule(card, 'good', today - 1_000, noLoad);
  expect(back.memory?.reviewedOn).toBe(today - 1_000);
  expect(back.memory?.stability).toBeCloseTo(
    schedule(card, 'good', today, noLoad).memory!.stability,
    9,
  );
  expect(back.dueOn).toBeGreaterThan(today - 1_000);
  expect(retrievability(card, today - 1_000)).toBe(1);
});

test('of the days near to the one that is due the emptiest is taken', () => {
  const card = reviewed([
    { grade: 'easy', days: 0 },
    { grade: 'easy', days: 8 },
  ]);
  const plain = schedule(card, 'good', card.dueOn, noLoad).dueOn;
  const full = schedule(card, 'good', card.dueOn, (day) => (day === plain ? 5 : 1)).dueOn;
  expect(full).not.toBe(plain);
  const wait = plain - card.dueOn;
  expect(Math.abs(full - plain)).toBeLessThanOrEqual(Math.ceil(1 + 0.15 * wait));
});
