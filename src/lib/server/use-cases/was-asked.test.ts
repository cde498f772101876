import { expect, test } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Sitting } from '#lib/domain/sitting.ts';
import { findWasAsked } from './was-asked.ts';

const lessonId = 'django/async/waiting';
const exercise = (uid: string, pool: string) => ({ exercise: { uid, pool } });
// Only what is read here.
const catalogue = {
  lessons: [
    {
      lesson: { id: lessonId },
      exercises: [
        exercise('ex_asked', 'test'),
        exercise('ex_other', 'test'),
        exercise('ex_try', 'try'),
      ],
    },
  ],
} as unknown as ServedCatalogue;

const sitting = (endedAt: string | null, uids: string[]) =>
  ({ endedAt, items: uids.map((exerciseUid) => ({ exerciseUid })) }) as unknown as Sitting;

const find = async (uid: string, ...sittings: Sitting[]) => {
  const deps = { catalogue, store: { selectSittings: async () => sittings } };
  return (await findWasAsked(deps, 'ada', lessonId, uid))?.uid ?? null;
};

const over = '2026-11-26T10:00:00.000Z';

test('what a test that is over has asked is found, and nothing else of the pool', async () => {
  const ended = sitting(over, ['ex_asked']);
  expect(await find('ex_asked', ended)).toBe('ex_asked');
  expect(await find('ex_other', ended)).toBeNull();
  expect(await find('ex_gone', sitting(over, ['ex_gone']))).toBeNull();
});

test('as long as the test is open nothing of it is', async () => {
  expect(await find('ex_asked', sitting(null, ['ex_asked']))).toBeNull();
  expect(await find('ex_asked')).toBeNull();
});

test('exercises of other pools are their own pages’', async () => {
  expect(await find('ex_try', sitting(over, ['ex_try']))).toBeNull();
});
