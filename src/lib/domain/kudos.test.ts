import { expect, test } from 'vitest';
import type { Exercise } from './exercise.ts';
import { mayGiveKudos } from './kudos.ts';
import type { PractisedRound } from './practice.ts';

const lesson = { id: 'a/b/c', exercises: [{ uid: 'ex_1' }] as Exercise[] };

const round = (exerciseUid: string, attempts: number): PractisedRound => ({
  ...{ exerciseUid, number: 1, contentVersion: 'v1', hintsShown: 1, ending: null, endedAt: null },
  attempts: Array.from({ length: attempts }, (_, index) => ({
    ...{ number: index + 1, verdict: 'wrong', chosen: ['x'], helpUsed: 0 },
    at: '2026-01-01T00:00:00.000Z',
  })),
});

const mode = (lessonId: string, doneAt: string | null) => ({
  ...{ lessonId, mode: 'learn', openedAt: '2026-01-01T00:00:00.000Z', doneAt },
});

test('kudos are for who answered an exercise of the lesson, right or wrong', () => {
  expect(mayGiveKudos(lesson, [round('ex_1', 1)], [])).toBe(true);
  expect(mayGiveKudos(lesson, [round('ex_1', 0)], [])).toBe(false);
  expect(mayGiveKudos(lesson, [round('ex_2', 1)], [])).toBe(false);
});

test('kudos are for who is done with a mode of the lesson; opening one is not enough', () => {
  const at = '2026-01-02T00:00:00.000Z';
  expect(mayGiveKudos(lesson, [], [mode('a/b/c', at)])).toBe(true);
  expect(mayGiveKudos(lesson, [], [mode('a/b/c', null)])).toBe(false);
  expect(mayGiveKudos(lesson, [], [mode('a/b/d', at)])).toBe(false);
});
