import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateOfDay, dayOf, isZone } from './day.ts';

test('a day begins at midnight where the learner is', () => {
  const moment = new Date('2026-03-28T23:30:00Z');
  const days = ['UTC', 'Europe/Vienna', 'America/New_York'].map((zone) => dayOf(moment, zone));
  expect(days.map(dateOfDay)).toEqual(['2026-03-28', '2026-03-29', '2026-03-28']);
});

test('summer time neither skips nor doubles a day', () => {
  const noons = Array.from({ length: 4 }, (_, at) => new Date(Date.UTC(2026, 2, 27 + at, 11)));
  const days = noons.map((noon) => dayOf(noon, 'Europe/Vienna'));
  expect(days.map((day) => day - days[0]!)).toEqual([0, 1, 2, 3]);
});

test('in UTC it is the number of whole days since 1970', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      expect(dayOf(new Date(ms), 'UTC')).toBe(Math.floor(ms / 86_400_000));
    }),
  );
});

test('what is no name of a zone is none', () => {
  expect(['Europe/Vienna', 'UTC'].every(isZone)).toBe(true);
  expect(['', 'Mars/Olympus', '../etc', 'x'.repeat(100)].some(isZone)).toBe(false);
});
