import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServedCatalogue } from '../catalogue.ts';
import { dayOf } from '../day.ts';
import type { Difficulty, Kind } from '../exercise.ts';
import type { PractisedRound } from '../practice.ts';
import type { Sitting } from '../sitting.ts';
import { usualDiscrimination } from '../strength/item.ts';
import { grades } from './grade.ts';
import { cardKey, cardsAfter, meetingsOf, type Meeting } from './lesson-cards.ts';

const lessonId = 'django/async/waiting';
const exercise = (
  uid: string,
  objective: string,
  difficulty: Difficulty = 'medium',
  kind: Kind = 'choice',
) => ({
  exercise: { uid, objective, difficulty, kind, pool: 'try' },
});
// Only what is read here.
const catalogue = {
  lessons: [
    {
      lesson: { id: lessonId },
      exercises: [
        exercise('ex_a', 'orm'),
        exercise('ex_b', 'orm', 'hard'),
        exercise('ex_c', 'gains'),
        exercise('ex_r', 'gains', 'hard', 'recall'),
      ],
    },
  ],
} as unknown as ServedCatalogue;

const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 0, day, hour)).toISOString();

function round(over: Partial<PractisedRound> & { wrongs?: number; day: number }): PractisedRound {
  const { wrongs = 0, day, ...rest } = over;
  const attempts = Array.from({ length: wrongs + 1 }, (_, index) => ({
    ...{ number: index + 1, verdict: index === wrongs ? ('right' as const) : ('wrong' as const) },
    ...{ chosen: ['a'], helpUsed: 0, at: at(day) },
  }));
  return {
    ...{ exerciseUid: 'ex_a', number: 1, contentVersion: '1', hintsShown: 0 },
    ...{ ending: 'right' as const, endedAt: at(day), attempts, ...rest },
  };
}

const gradesOf = (rounds: PractisedRound[]) =>
  meetingsOf(catalogue, { rounds, sittings: [] }).map(({ grade }) => grade);

test('a round is graded by what happened in it', () => {
  expect(gradesOf([round({ day: 1 })])).toEqual(['good']);
  expect(gradesOf([round({ day: 1, exerciseUid: 'ex_b' })])).toEqual(['easy']);
  expect(gradesOf([round({ day: 1, wrongs: 1 })])).toEqual(['hard']);
  expect(gradesOf([round({ day: 1, hintsShown: 1 })])).toEqual(['hard']);
  expect(gradesOf([round({ day: 1, ending: 'shown' })])).toEqual(['again']);
  expect(gradesOf([round({ day: 1, ending: 'attempts' })])).toEqual(['again']);
});

test('what one rates oneself has the grade that one gave it', () => {
  for (const grade of grades) {
    const rated = round({ day: 1, exerciseUid: 'ex_r', hintsShown: 1 });
    rated.attempts[0]!.chosen = [grade, 'good', 'again'];
    if (grade === 'again') rated.ending = 'attempts';
    expect(gradesOf([rated])).toEqual([grade]);
  }
  const unrated = { ending: null, endedAt: null, attempts: [], hintsShown: 1 };
  expect(gradesOf([round({ day: 1, exerciseUid: 'ex_r', ...unrated })])).toEqual([]);
});

test('until it is found, an open round counts as not found, and without an answer as nothing', () => {
  expect(gradesOf([round({ day: 1, ending: null, endedAt: null })])).toEqual(['again']);
  const untouched = { ending: null, endedAt: null, attempts: [], hintsShown: 2 };
  expect(gradesOf([round({ day: 1, ...untouched })])).toEqual([]);
});

test('items of a test that is over are meetings; those of one that is open tell nothing yet', () => {
  const sitting = (endedAt: string | null): Sitting => ({
    ...{ id: 's', lessonId, seed: 's', startedAt: at(1), endedAt },
    items: [
      {
        ...{
          number: 1,
          exerciseUid: 'ex_c',
          contentVersion: '1',
          orderShown: [],
          objective: 'gains',
        },
        ...{ difficulty: 'easy', drawnAt: at(1) },
        model: { difficulty: 0, discrimination: usualDiscrimination, guessing: 0.25 },
        answered: { answer: [], verdict: 'passed', evidenceId: null, judged: null, at: at(1) },
      },
    ],
  });
  const meetings = (endedAt: string | null) =>
    meetingsOf(catalogue, { rounds: [], sittings: [sitting(endedAt)] });
  expect(meetings(at(2))).toEqual([
    { card: cardKey(lessonId, 'gains'), exerciseUid: 'ex_c', grade: 'again', at: at(1) },
  ]);
  expect(meetings(null)).toEqual([]);
});

test('what is not served any more is left out', () => {
  expect(gradesOf([round({ day: 1, exerciseUid: 'ex_gone' })])).toEqual([]);
});

test('of a day only the first meeting with an objective counts, wherever midnight is', () => {
  const late = { card: 'x', exerciseUid: 'a', grade: 'again' as const, at: at(1, 22) };
  const later = { ...late, grade: 'good' as const, at: at(1, 23) };
  const reviews = (zone: string) => cardsAfter([late, later], zone).get('x')!.reviews;
  expect(reviews('UTC')).toBe(1);
  // There it is midnight between the two.
  expect(reviews('Europe/Vienna')).toBe(2);
  expect(reviews('Asia/Kolkata')).toBe(1);
  expect(
    cardsAfter(
      [
        { ...late, at: at(1, 22) },
        { ...later, at: at(2, 1) },
      ],
      'UTC',
    ).get('x')!.reviews,
  ).toBe(2);
});

test('cards follow from what was done, whatever the order in which it is read', () => {
  const meeting = fc.record({
    card: fc.constantFrom('x', 'y', 'z'),
    exerciseUid: fc.constantFrom('ex_a', 'ex_b', 'ex_c'),
    grade: fc.constantFrom(...grades),
    hours: fc.integer({ min: 0, max: 2_000 }),
  });
  fc.assert(
    fc.property(fc.array(meeting, { maxLength: 40 }), (made) => {
      const rounds = made.map(({ exerciseUid, hours, grade }, index) =>
        round({
          ...{ day: 1, exerciseUid, number: index + 1 },
          ending: grade === 'again' ? 'shown' : 'right',
          endedAt: new Date(Date.UTC(2026, 0, 1, hours)).toISOString(),
          attempts: [],
        }),
      );
      const cards = (of: PractisedRound[]) =>
        cardsAfter(meetingsOf(catalogue, { rounds: of, sittings: [] }), 'UTC');
      const sameMoment = new Set(rounds.map(({ endedAt }) => endedAt)).size < rounds.length;
      fc.pre(!sameMoment);
      expect(cards(rounds.toReversed())).toEqual(cards(rounds));
    }),
  );
});

test('no card is reviewed more often than there were days on which it was met', () => {
  const meeting = fc.record({
    hours: fc.integer({ min: 0, max: 500 }),
    grade: fc.constantFrom(...grades),
  });
  fc.assert(
    fc.property(fc.array(meeting, { maxLength: 30 }), (made) => {
      const meetings: Meeting[] = made
        .toSorted((a, b) => a.hours - b.hours)
        .map(({ hours, grade }) => ({
          ...{ card: 'x', exerciseUid: 'ex_a', grade },
          at: new Date(Date.UTC(2026, 0, 1, hours)).toISOString(),
        }));
      const days = new Set(meetings.map((each) => dayOf(new Date(each.at), 'Europe/Vienna')));
      expect(cardsAfter(meetings, 'Europe/Vienna').get('x')?.reviews ?? 0).toBe(days.size);
    }),
  );
});
