import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PractisedRound } from '../practice.ts';
import type { Sitting } from '../sitting.ts';
import { practisedDays, type Done } from './practised-days.ts';

const nothing: Done = { rounds: [], sittings: [], modes: [], quizRights: [] };

const round = (...moments: string[]): PractisedRound => ({
  ...{ exerciseUid: 'ex_1', number: 1, contentVersion: 'v1', hintsShown: 0 },
  ...{ ending: null, endedAt: null },
  attempts: moments.map((at, index) => ({
    ...{ number: index + 1, verdict: 'wrong', chosen: ['x'], helpUsed: 0, at },
  })),
});

// A Thursday.
const now = new Date('2026-11-26T12:00:00Z');

const datesOf = (done: Partial<Done>, zone = 'UTC', at = now) =>
  practisedDays({ ...nothing, ...done }, at, zone)
    .weeks.flat()
    .flatMap(({ date, isPractised }) => (isPractised ? [date] : []));

test('the strip has twelve weeks from Monday on, and ends today', () => {
  const { weeks } = practisedDays(nothing, now, 'UTC');
  expect(weeks).toHaveLength(12);
  expect(weeks.map((week) => week.length)).toEqual([...Array(11).fill(7), 4]);
  expect(weeks[0]?.[0]?.date).toBe('2026-09-07');
  expect(weeks.at(-1)?.map(({ date }) => date)).toEqual([
    ...['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'],
  ]);
});

test('an answer, a round given up, a mode that is done, a question of a quiz or a Test is practice', () => {
  const at = (day: string) => `2026-11-${day}T08:00:00.000Z`;
  const item = { answered: { at: at('19') } };
  const dates = datesOf({
    rounds: [round(at('16'), at('16')), { ...round(), ending: 'shown', endedAt: at('17') }],
    modes: [
      { lessonId: 'a', mode: 'learn', openedAt: at('01'), doneAt: at('18') },
      { lessonId: 'a', mode: 'why', openedAt: at('02'), doneAt: null },
    ],
    sittings: [{ endedAt: null, items: [item, { answered: null }] } as unknown as Sitting],
    quizRights: [{ answeredAt: at('20') }],
  });
  expect(dates).toEqual(['16', '17', '18', '19', '20'].map((day) => `2026-11-${day}`));
});

test('a day is a day where the learner is', () => {
  const rounds = [round('2026-11-25T23:30:00.000Z')];
  expect(datesOf({ rounds })).toEqual(['2026-11-25']);
  expect(datesOf({ rounds }, 'Europe/Vienna')).toEqual(['2026-11-26']);
  const late = new Date('2026-11-26T23:30:00Z');
  const { weeks } = practisedDays(nothing, late, 'Asia/Tokyo');
  expect(weeks.at(-1)?.at(-1)?.date).toBe('2026-11-27');
});

test('the last 28 days are counted, today among them, each day once', () => {
  const on = (day: string) => round(`${day}T10:00:00.000Z`);
  const rounds = [on('2026-11-26'), on('2026-11-26'), on('2026-10-30'), on('2026-10-29')];
  expect(practisedDays({ ...nothing, rounds }, now, 'UTC')).toMatchObject({ practised: 2, of: 28 });
});

test('a clock that was set back counts nothing of the days to come', () => {
  const rounds = [round('2026-12-24T10:00:00.000Z')];
  expect(practisedDays({ ...nothing, rounds }, now, 'UTC').practised).toBe(0);
  expect(datesOf({ rounds })).toEqual([]);
});

test('whatever the day and the zone, the strip is whole: no day is missing or comes twice', () => {
  const zones = ['UTC', 'Europe/Vienna', 'America/Los_Angeles', 'Pacific/Kiritimati'];
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2001-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.constantFrom(...zones),
      (moment, zone) => {
        const days = practisedDays(nothing, moment, zone)
          .weeks.flat()
          .map(({ date }) => Date.parse(date) / 86_400_000);
        expect(days).toEqual(days.map((_, index) => days[0]! + index));
        expect((days[0]! + 3) % 7).toBe(0);
      },
    ),
  );
});
