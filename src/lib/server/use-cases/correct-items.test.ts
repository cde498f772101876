import { expect, test } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { PractisedRound } from '#lib/domain/practice.ts';
import type { Sitting, SittingItem } from '#lib/domain/sitting.ts';
import {
  farthestFromLabel,
  firstEstimate,
  type ItemEstimate,
} from '#lib/domain/strength/correct-item.ts';
import type { KeptItemModel } from '#lib/domain/strength/item-model.ts';
import { createCorrectItems, type CorrectItemsDeps } from './correct-items.ts';

const exercise = (uid: string, change: object = {}) => ({
  exercise: {
    ...{ uid, kind: 'choice', pool: 'try', contentVersion: 'v1', difficulty: 'medium' },
    ...{ objective: 'a', options: [{ id: 'x' }, { id: 'y' }, { id: 'z' }, { id: 'w' }], ...change },
  },
  proof: { answers: [{ answer: ['x'], observed: 'right' }] },
});

// Only what is read here.
const catalogue = {
  lessons: [
    {
      lesson: { id: 'a/b/c', objectives: [{ id: 'a' }] },
      exercises: [
        exercise('ex_a'),
        exercise('ex_b'),
        exercise('ex_step', { pool: 'project' }),
        exercise('ex_test', { pool: 'test' }),
      ],
    },
  ],
} as unknown as ServedCatalogue;

const of = { learnerId: 'ada', lessonId: 'a/b/c' };
const at = '2026-01-02T03:04:05.678Z';

const round = (
  exerciseUid: string,
  verdict: 'right' | 'wrong',
  { number = 1, helpUsed = 0, contentVersion = 'v1' } = {},
): PractisedRound => ({
  ...{ exerciseUid, number, contentVersion, hintsShown: helpUsed },
  ...{ ending: null, endedAt: null },
  attempts: [{ number: 1, verdict, chosen: ['x'], helpUsed, at }],
});

const item = (number: number, verdict: 'right' | 'wrong' | 'passed'): SittingItem => ({
  ...{ number, exerciseUid: `ex_${number}`, contentVersion: 'v0', orderShown: [] },
  ...{ objective: 'a', difficulty: 'hard', drawnAt: at },
  model: { difficulty: 1.2, discrimination: 1.5, guessing: 0.25 },
  answered: { answer: [], verdict, evidenceId: null, judged: null, at },
});

const sitting = (items: SittingItem[], endedAt: string | null = at): Sitting => ({
  ...{ id: 's1', lessonId: 'a/b/c', seed: 's', startedAt: at, endedAt, items },
});

function bench(rounds: PractisedRound[], sittings: Sitting[] = []) {
  const kept = new Map<string, KeptItemModel>();
  const troubles: unknown[] = [];
  const store: CorrectItemsDeps['store'] = {
    selectPractice: () => Promise.resolve(rounds),
    selectSittings: () => Promise.resolve(sittings),
    selectItemModels: () => Promise.resolve([...kept.values()]),
    correctItem: ({ exerciseUid, contentVersion, correct }) => {
      const key = `${exerciseUid} ${contentVersion}`;
      const before = kept.get(key);
      const estimate = correct(before?.estimate ?? null);
      const answers = (before?.answers ?? 0) + 1;
      kept.set(key, { exerciseUid, contentVersion, estimate, answers });
      return Promise.resolve();
    },
  };
  const onTrouble = (error: unknown) => troubles.push(error);
  const correctItems = createCorrectItems({ catalogue: () => catalogue, store, onTrouble });
  return { kept, troubles, store, correctItems };
}

const attempt = (exerciseUid: string, change: { round?: number; number?: number } = {}) => ({
  ...{ exerciseUid, round: 1, number: 1, ...change },
});

test('a first unaided answer makes one step: right, easier; wrong, harder', async () => {
  const label = firstEstimate('medium').difficulty;
  for (const verdict of ['right', 'wrong'] as const) {
    const { kept, correctItems } = bench([round('ex_a', verdict)]);
    await correctItems.afterAttempt(of, attempt('ex_a'));
    const { estimate, answers } = kept.get('ex_a v1')!;
    expect(Math.sign(estimate.difficulty - label)).toBe(verdict === 'right' ? -1 : 1);
    expect([kept.size, answers]).toEqual([1, 1]);
  }
});

test('the step rests on the other answers: who is able and wrong makes it harder by more', async () => {
  const after = async (other: 'right' | 'wrong') => {
    const { kept, correctItems } = bench([round('ex_a', 'wrong'), round('ex_b', other)]);
    await correctItems.afterAttempt(of, attempt('ex_a'));
    return kept.get('ex_a v1')!.estimate.difficulty;
  };
  expect(await after('right')).toBeGreaterThan(await after('wrong'));
});

test.each<[string, PractisedRound[], ReturnType<typeof attempt>]>([
  ['a second attempt', [round('ex_a', 'right')], attempt('ex_a', { number: 2 })],
  [
    'a second round',
    [round('ex_a', 'wrong'), round('ex_a', 'right', { number: 2 })],
    attempt('ex_a', { round: 2 }),
  ],
  ['an answer after a hint', [round('ex_a', 'right', { helpUsed: 1 })], attempt('ex_a')],
  ['a step of a project', [round('ex_step', 'right')], attempt('ex_step')],
  ['an earlier content', [round('ex_a', 'right', { contentVersion: 'v0' })], attempt('ex_a')],
  ['an exercise of no lesson', [round('ex_z', 'right')], attempt('ex_z')],
])('%s says nothing of the exercise', async (_, rounds, made) => {
  const { kept, troubles, correctItems } = bench(rounds);
  await correctItems.afterAttempt(of, made);
  expect([...kept, ...troubles]).toEqual([]);
});

test('a sitting that is over makes one step for each item, as it was drawn; passing is not right', async () => {
  const { kept, correctItems } = bench([], [sitting([item(1, 'right'), item(2, 'passed')])]);
  await correctItems.afterSitting(of, 's1');
  expect([...kept.keys()]).toEqual(['ex_1 v0', 'ex_2 v0']);
  const difficulty = (uid: string) => kept.get(uid)!.estimate.difficulty;
  const label = firstEstimate('hard').difficulty;
  expect(difficulty('ex_1 v0')).toBeLessThan(label);
  expect(difficulty('ex_2 v0')).toBeGreaterThan(label);
});

test('a sitting that is open, or of somebody else, makes none', async () => {
  const { kept, correctItems } = bench([], [sitting([item(1, 'right')], null)]);
  await correctItems.afterSitting(of, 's1');
  await correctItems.afterSitting(of, 's2');
  expect(kept.size).toBe(0);
});

test('however many learners are made up, an exercise is moved by at most one logit', async () => {
  const start: ItemEstimate = firstEstimate('medium');
  for (const verdict of ['right', 'wrong'] as const) {
    // Each looks as able, or as unable, as makes the step the longest.
    const others = round('ex_b', verdict === 'wrong' ? 'right' : 'wrong');
    const { kept, correctItems } = bench([round('ex_a', verdict), others]);
    for (let learner = 0; learner < 400; learner++) {
      await correctItems.afterAttempt({ ...of, learnerId: `l${learner}` }, attempt('ex_a'));
    }
    const { estimate, answers } = kept.get('ex_a v1')!;
    expect(answers).toBe(400);
    expect(Math.abs(estimate.difficulty - start.difficulty)).toBeLessThanOrEqual(farthestFromLabel);
    expect(Math.abs(estimate.difficulty - start.difficulty)).toBeGreaterThan(0.9);
  }
});

test('trouble is told, and rejects nothing', async () => {
  const { troubles, store, correctItems } = bench([round('ex_a', 'right')]);
  store.correctItem = () => Promise.reject(new Error('the disk is full'));
  await correctItems.afterAttempt(of, attempt('ex_a'));
  store.selectSittings = () => Promise.reject(new Error('closed'));
  await correctItems.afterSitting(of, 's1');
  expect(troubles.map(String)).toEqual(['Error: the disk is full', 'Error: closed']);
});
