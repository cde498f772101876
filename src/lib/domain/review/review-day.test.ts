import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServedCatalogue } from '../catalogue.ts';
import type { PractisedRound } from '../practice.ts';
import { newCard, schedule, type ReviewCard } from './card.ts';
import { cardExercises, drawForCard, roundsByExercise } from './card-exercises.ts';
import { cardsADay } from './daily-queue.ts';
import { cardKey, cardsAfter, meetingsOf } from './lesson-cards.ts';
import { reviewDay } from './review-day.ts';
import type { ReviewDraw } from './review-draw.ts';

const today = 20_454;
const lessons = ['django/async/waiting', 'django/async/waiting-more'];
const objectives = Array.from({ length: 8 }, (_, index) => `o${index}`);

/** Two lessons of eight objectives, each with two exercises: `ex_<lesson><objective><a or b>`. */
const catalogue = {
  lessons: lessons.map((id, lesson) => ({
    lesson: { id, objectives: objectives.map((objective) => ({ id: objective })) },
    exercises: objectives.flatMap((objective) =>
      ['a', 'b'].map((which) => ({
        exercise: {
          ...{ uid: `ex_${lesson}${objective}${which}`, objective, difficulty: 'medium' },
          ...{ kind: 'choice', pool: 'try', contentVersion: 'v1' },
        },
        proof: { status: 'proven' },
      })),
    ),
  })),
} as unknown as ServedCatalogue;
const askable = cardExercises(catalogue, true);

const key = (objective: string, lesson = 0) => cardKey(lessons[lesson]!, objective);

function reviewed(card: string, daysAgo: number): ReviewCard {
  return schedule(newCard(card, today - daysAgo), 'good', today - daysAgo, () => 0);
}

const cardsOf = (...cards: ReviewCard[]) => new Map(cards.map((each) => [each.objective, each]));

const drawn = (objective: string, change: Partial<ReviewDraw> = {}): ReviewDraw => ({
  ...{ day: today, card: key(objective), exerciseUid: `ex_0${objective}a` },
  ...{ contentVersion: 'v1', round: 1, ...change },
});

function round(exerciseUid: string, over: Partial<PractisedRound> = {}): PractisedRound {
  const at = new Date(today * 86_400_000 + 3_600_000).toISOString();
  const attempt = { number: 1, verdict: 'wrong' as const, chosen: ['a'], helpUsed: 0, at };
  return {
    ...{ exerciseUid, number: 1, contentVersion: 'v1', hintsShown: 0 },
    ...{ ending: null, endedAt: null, attempts: [attempt], ...over },
  };
}

const dayOfReview = (
  cards: ReviewCard[],
  draws: ReviewDraw[] = [],
  rounds: PractisedRound[] = [],
  lessonId: string | null = null,
) =>
  reviewDay(
    { cards: cardsOf(...cards), rounds: roundsByExercise(rounds), draws },
    askable,
    today,
    lessonId,
  );

test('who never answered anything has no cards, and nothing is due', () => {
  expect(dayOfReview([])).toMatchObject({
    due: { due: 0, waiting: 0, done: 0, hasCards: false },
    next: null,
    toDraw: [],
  });
});

test('what is due is to be drawn; what is not says when it comes', () => {
  const later = reviewed(key('o1'), 0);
  const day = dayOfReview([reviewed(key('o0'), 60), later]);
  expect(day).toMatchObject({ toDraw: [key('o0')], due: { due: 1, waiting: 0, done: 0 } });
  expect(day.next).toEqual({ day: later.dueOn, cards: 1 });
});

test('a card that was answered today is not due any more, and its draw goes on until its round is over', () => {
  const met = reviewed(key('o0'), 0);
  const open = dayOfReview([met], [drawn('o0')], [round('ex_0o0a')]);
  expect(open).toMatchObject({ draws: [{ isOver: false }], toDraw: [], due: { due: 1, done: 0 } });
  const over = dayOfReview([met], [drawn('o0')], [round('ex_0o0a', { ending: 'attempts' })]);
  expect(over).toMatchObject({ draws: [{ isOver: true }], due: { due: 0, done: 1 } });
});

test('what was begun anew after its draw was over leaves it over', () => {
  const rounds = [
    round('ex_0o0a', { ending: 'right' }),
    round('ex_0o0a', { number: 2, attempts: [] }),
  ];
  expect(dayOfReview([], [drawn('o0')], rounds).draws).toMatchObject([{ isOver: true }]);
});

test.each<[string, Partial<ReviewDraw>, PractisedRound[]]>([
  ['whose exercise is gone', { exerciseUid: 'ex_gone' }, []],
  ['whose exercise has changed', { contentVersion: 'v0' }, []],
  ['whose round was never reached', { round: 3 }, []],
  [
    'of a round that was replaced',
    {},
    [round('ex_0o0a', { attempts: [] }), round('ex_0o0a', { number: 2 })],
  ],
])('a draw %s is gone, and its card is drawn anew', (_, change, rounds) => {
  const day = dayOfReview([reviewed(key('o0'), 60)], [drawn('o0', change)], rounds);
  expect(day).toMatchObject({ draws: [], gone: [drawn('o0', change)], toDraw: [key('o0')] });
  expect(day.due).toMatchObject({ due: 1, done: 0 });
});

test('what was answered stands, although its exercise has changed since', () => {
  const answered = round('ex_0o0a', { contentVersion: 'v0' });
  const day = dayOfReview(
    [reviewed(key('o0'), 60)],
    [drawn('o0', { contentVersion: 'v0' })],
    [answered],
  );
  expect(day).toMatchObject({ draws: [{ isOver: true }], gone: [], toDraw: [] });
});

test('a card of which nothing can be asked is left out', () => {
  const day = dayOfReview([reviewed(cardKey('no/such/lesson', 'o0'), 60)]);
  expect(day).toMatchObject({ toDraw: [], due: { due: 0, hasCards: false } });
});

test('a lesson asks its own cards only, and the cap is that of the whole day', () => {
  const ofBoth = objectives.flatMap((each) =>
    [0, 1].map((lesson) => reviewed(key(each, lesson), 60)),
  );
  const draws = objectives.slice(0, 7).map((each) => drawn(each));
  const other = dayOfReview(ofBoth, draws, [], lessons[1]);
  expect(other.toDraw).toHaveLength(cardsADay - 7);
  expect(other.toDraw.every((card) => card.startsWith(`${lessons[1]}#`))).toBe(true);
  expect(other).toMatchObject({ draws: [], due: { due: 3, waiting: 5, done: 0 } });
  const all = dayOfReview(ofBoth, draws);
  expect(all.due).toEqual({ due: 10, waiting: 6, done: 0, hasCards: true });
  expect(all.next).toEqual({ day: today + 1, cards: 6 });
});

/** Answers what is asked, in a store in memory, on days in any order; two pages that read the same draw once. */
test('whatever days a clock goes through, each asks each card once and no more than the cap, and comes to an end', () => {
  const days = fc.array(fc.constantFrom(0, 1, 2, 9, 40, 400), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(days, fc.nat(objectives.length), (offsets, begun) => {
      const at = (day: number) => new Date(day * 86_400_000 + 3_600_000).toISOString();
      const first = today - 100;
      const rounds: PractisedRound[] = objectives.slice(0, begun).flatMap((objective) =>
        [0, 1].map((lesson) => {
          const done = {
            number: 1,
            verdict: 'right' as const,
            chosen: ['a'],
            helpUsed: 0,
            at: at(first),
          };
          const over = { ending: 'right' as const, endedAt: at(first), attempts: [done] };
          return round(`ex_${lesson}${objective}a`, over);
        }),
      );
      const draws = new Map<string, ReviewDraw>();
      for (const offset of offsets) {
        const day = today + offset;
        for (let asked = 0; ; asked++) {
          expect(asked).toBeLessThanOrEqual(cardsADay);
          const cards = cardsAfter(meetingsOf(catalogue, { rounds, sittings: [] }), 'UTC');
          const byExercise = roundsByExercise(rounds.toSorted((a, b) => a.number - b.number));
          const ofDay = [...draws.values()].filter((each) => each.day === day);
          const log = { cards, rounds: byExercise, draws: ofDay };
          const review = reviewDay(log, askable, day, null);
          expect(review.due.done).toBe(ofDay.length);
          const [card] = review.toDraw;
          if (card === undefined) break;
          const draw = drawForCard(card, askable.get(card)!.exercises, byExercise, day);
          expect(draws.has(`${day} ${card}`)).toBe(false);
          draws.set(`${day} ${card}`, draw);
          const done = {
            number: 1,
            verdict: 'right' as const,
            chosen: ['a'],
            helpUsed: 0,
            at: at(day),
          };
          const over = { ending: 'right' as const, endedAt: at(day), attempts: [done] };
          rounds.push(round(draw.exerciseUid, { number: draw.round, ...over }));
        }
      }
    }),
    { numRuns: 15 },
  );
});
