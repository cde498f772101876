import { expect, test } from 'vitest';
import type { ServedCatalogue, ServedExercise } from '../catalogue.ts';
import type { Kind, Pool } from '../exercise.ts';
import type { PractisedRound } from '../practice.ts';
import { cardExercises, drawForCard, roundsByExercise } from './card-exercises.ts';

const lessonId = 'django/async/waiting';
const card = `${lessonId}#orm`;

interface Made {
  pool?: Pool;
  kind?: Kind;
  objective?: string;
  status?: string;
}

function served(uid: string, made: Made = {}): ServedExercise {
  const { pool = 'try', kind = 'choice', objective = 'orm', status = 'proven' } = made;
  return {
    exercise: { uid, pool, kind, objective, contentVersion: 'v1' },
    proof: { status },
  } as unknown as ServedExercise;
}

const catalogueOf = (...exercises: ServedExercise[]) =>
  ({
    lessons: [
      { lesson: { id: lessonId, objectives: [{ id: 'orm' }, { id: 'gains' }] }, exercises },
    ],
  }) as unknown as ServedCatalogue;

const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

/** Answered on that day; `open` as long as it goes on. */
function round(exerciseUid: string, day: number, over: Partial<PractisedRound> = {}) {
  const attempt = { number: 1, verdict: 'right' as const, chosen: ['a'], helpUsed: 0, at: at(day) };
  return {
    ...{ exerciseUid, number: 1, contentVersion: 'v1', hintsShown: 0 },
    ...{ ending: 'right' as const, endedAt: at(day), attempts: [attempt], ...over },
  } satisfies PractisedRound;
}

const open = { ending: null, endedAt: null };

const draw = (exercises: ServedExercise[], ...rounds: PractisedRound[]) =>
  drawForCard(card, exercises, roundsByExercise(rounds), 20_454);

const askableIn = (catalogue: ServedCatalogue, canRun = true) =>
  [...cardExercises(catalogue, canRun)].map(([key, { exercises }]) => [
    key,
    exercises.map(({ exercise }) => exercise.uid),
  ]);

test('a card is asked with what is proven, and never with what a test or a project asks', () => {
  const catalogue = catalogueOf(
    served('ex_try'),
    served('ex_challenge', { pool: 'challenge' }),
    served('ex_review', { pool: 'review' }),
    served('ex_test', { pool: 'test' }),
    served('ex_project', { pool: 'project' }),
    served('ex_refuted', { status: 'refuted' }),
    served('ex_only_tested', { pool: 'test', objective: 'gains' }),
  );
  expect(askableIn(catalogue)).toEqual([[card, ['ex_try', 'ex_challenge', 'ex_review']]]);
});

test('where programs cannot be run, only what is looked up is asked', () => {
  const catalogue = catalogueOf(
    ...(['blanks', 'choice', 'predict', 'order', 'fix', 'write'] as const).map((kind) =>
      served(`ex_${kind}`, { kind }),
    ),
  );
  expect(askableIn(catalogue, false)).toEqual([[card, ['ex_blanks', 'ex_choice', 'ex_predict']]]);
});

test('what was not met for longest is drawn, and before it what was never met', () => {
  const [a, b, c] = [served('ex_a'), served('ex_b'), served('ex_c')];
  const rounds = [round('ex_a', 3), round('ex_b', 2)];
  expect(draw([a, b], ...rounds).exerciseUid).toBe('ex_b');
  expect(draw([a, b, c], ...rounds).exerciseUid).toBe('ex_c');
  const again = [...rounds, round('ex_b', 4, { number: 2 })];
  expect(draw([a, b], ...again).exerciseUid).toBe('ex_a');
});

test('of those never met, the review’s own comes first, then what is judged at once', () => {
  const [written, chosen] = [served('ex_w', { kind: 'write' }), served('ex_c')];
  const own = served('ex_r', { pool: 'review', kind: 'fix' });
  expect(draw([written, chosen, own]).exerciseUid).toBe('ex_r');
  expect(draw([written, chosen]).exerciseUid).toBe('ex_c');
});

test('what is being worked at is left alone, if there is another', () => {
  const [a, b] = [served('ex_a'), served('ex_b')];
  const underWay = round('ex_a', 1, open);
  expect(draw([a, b], underWay, round('ex_b', 9)).exerciseUid).toBe('ex_b');
  expect(draw([a], underWay)).toMatchObject({ exerciseUid: 'ex_a', round: 1 });
});

test('it is asked in a new round; one that is open without an answer is as good as new', () => {
  const all = [served('ex_a')];
  expect(draw(all)).toEqual({
    ...{ day: 20_454, card, exerciseUid: 'ex_a', contentVersion: 'v1', round: 1 },
  });
  expect(draw(all, round('ex_a', 1)).round).toBe(2);
  expect(draw(all, round('ex_a', 1, { ...open, attempts: [], hintsShown: 1 })).round).toBe(1);
  const ofBefore = { ...open, contentVersion: 'v0' };
  expect(draw(all, round('ex_a', 1, ofBefore)).round).toBe(2);
});
