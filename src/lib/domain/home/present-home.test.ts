import { expect, test } from 'vitest';
import type { ServedCatalogue } from '../catalogue.ts';
import type { ModeProgress } from '../mode.ts';
import type { PractisedRound } from '../practice.ts';
import type { Round } from '../round.ts';
import { presentHome, type KeptAtHome } from './present-home.ts';

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const moment = { now: new Date(at(20)), zone: 'UTC' };

function served(slug: string) {
  const exercise = (uid: string, pool: string) => ({
    ...{ uid: `${slug}-${uid}`, id: uid, title: `Title of ${uid}`, pool, kind: 'choice' },
    ...{ contentVersion: 'v1', objective: 'o' },
  });
  const exercises = [exercise('try', 'try'), exercise('one', 'challenge')];
  return {
    lesson: {
      ...{ id: `a/b/${slug}`, title: `Lesson ${slug}`, summary: '', runtime: 'r', sources: [] },
      ...{ track: { slug: 'a', title: 'A' }, unit: { slug: 'b', title: 'B' }, objectives: [] },
      ...{ minutes: { learn: 5, try: 10, challenge: 20 }, exercises },
    },
    exercises: exercises.map((each) => ({ exercise: each, proof: { answers: [], versions: {} } })),
    documents: [{ document: { name: 'learn' }, proof: { versions: {} } }],
    ...{ heldBack: 0, visualize: null, lab: null },
  };
}

// Only what is read here.
const catalogue = { lessons: ['one', 'two', 'three'].map(served) } as unknown as ServedCatalogue;

const nothing: KeptAtHome = {
  ...{ rounds: [], sittings: [], modes: [], quizRights: [] },
  ...{ solved: new Set(), challenges: new Map() },
};

const mode = (slug: string, name: string, opened: number, done?: number): ModeProgress => ({
  ...{ lessonId: `a/b/${slug}`, mode: name, openedAt: at(opened) },
  doneAt: done === undefined ? null : at(done),
});

const answered = (exerciseUid: string): PractisedRound => ({
  ...{ exerciseUid, number: 1, contentVersion: 'v1', hintsShown: 0, ending: null, endedAt: null },
  attempts: [{ number: 1, verdict: 'wrong', chosen: ['x'], helpUsed: 0, at: at(19) }],
});

const home = (kept: Partial<KeptAtHome>) => presentHome(catalogue, { ...nothing, ...kept }, moment);

test('who has done nothing is told where to begin, and no lesson is listed', () => {
  const shown = home({});
  expect(shown).toMatchObject({ onward: [], lessons: [], badges: [] });
  expect(shown.begin).toMatchObject({
    ...{ lesson: { href: '/learn/a/b/one' }, how: 'begin', mode: { title: 'Learn', minutes: 5 } },
  });
});

test('one goes on in the lesson opened last, at its newest mode that is not done', () => {
  const modes = [mode('two', 'try', 9), mode('one', 'learn', 8, 8), mode('two', 'learn', 7)];
  const shown = home({ modes });
  expect(shown.onward.map(({ lesson, how, mode: { title } }) => [lesson.id, how, title])).toEqual([
    ['a/b/two', 'continue', 'Try'],
    ['a/b/one', 'next', 'Try'],
  ]);
  expect(shown.begin).toBeNull();
});

test('a lesson is listed once something of it is done or answered, and not when it was only opened', () => {
  const modes = [mode('two', 'learn', 9, 9), mode('three', 'learn', 8)];
  const shown = home({ modes, rounds: [answered('one-try')] });
  expect(shown.lessons.map(({ id }) => id)).toEqual(['a/b/one', 'a/b/two']);
  expect(shown.lessons[1]?.modes).toEqual({ done: 1, of: 3 });
  expect(shown.days.practised).toBe(2);
});

test('a lesson that is done whole is listed, and not gone on with', () => {
  const modes = [mode('one', 'learn', 9, 9)];
  const shown = home({ modes, solved: new Set(['one-try', 'one-one']) });
  expect(shown.onward).toEqual([]);
  expect(shown.lessons.map(({ id, modes: { done, of } }) => [id, done, of])).toEqual([
    ['a/b/one', 3, 3],
  ]);
  expect(shown.begin).toBeNull();
});

test('a badge is shown once a mark of it is earned, and leads to its challenge', () => {
  const round = (ending: Round['ending'], verdict: 'right' | 'wrong'): Round => ({
    ...{ number: 1, contentVersion: 'v1', hintsShown: 0, ending },
    attempts: [
      {
        ...{ id: 'a', number: 1, answer: ['x'], verdict, evidenceId: 'e', judged: null },
        at: at(19),
      },
    ],
  });
  const challenges = new Map([
    ['one-one', [round('right', 'right')]],
    ['two-one', [round(null, 'wrong')]],
  ]);
  const { badges } = home({ challenges });
  expect(badges).toMatchObject([
    {
      ...{ lesson: { id: 'a/b/one' }, href: '/learn/a/b/one/challenge' },
      badge: { isWhole: true, marks: [{ anchor: 'one', earned: { round: 1 } }] },
    },
  ]);
});
