import { expect, test } from 'vitest';
import type { SittingAnswer } from '../sitting.ts';
import { withholdOpen } from './exported-learner.ts';

const at = '2026-01-01T00:00:00.000Z';

const answered = (verdict: SittingAnswer['verdict']): SittingAnswer => ({
  ...{ answer: verdict === 'passed' ? [] : ['aget'], verdict, at },
  evidenceId: verdict === 'passed' ? null : 'run-1',
  judged: null,
});

const item = (number: number, of: SittingAnswer | null) => ({
  key: of && 'key-of-the-form',
  ...{ number, exerciseUid: `ex_${number}`, contentVersion: 'v1', orderShown: ['aget'] },
  ...{ objective: 'orm', difficulty: 'hard' as const, drawnAt: at, answered: of },
  model: { discrimination: 1.5, difficulty: 1.25, guessing: 0.5 },
});

function sitting(endedAt: string | null) {
  const items = [item(1, answered('right')), item(2, answered('passed')), item(3, null)];
  return { id: 's1', lessonId: 'a/b/c', seed: 'secret-seed', startedAt: at, endedAt, items };
}

const exported = (endedAt: string | null) => ({
  ...{ learner: { id: 'ada' }, rounds: [], sittings: [sitting(endedAt)], quiz: [] },
});

test('of an open sitting it is told what was asked and answered, and not how it went', () => {
  const told = withholdOpen(exported(null));
  expect(told.sittings).toMatchObject([
    {
      ...{ id: 's1', lessonId: 'a/b/c', startedAt: at, endedAt: null },
      items: [
        { exerciseUid: 'ex_1', answered: { answer: ['aget'], verdict: null, at } },
        { exerciseUid: 'ex_2', answered: { answer: [], verdict: 'passed', at } },
        { exerciseUid: 'ex_3', answered: null },
      ],
    },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/right|wrong|run-1|secret-seed|1\.25|0\.5|hard/);
});

test('a sitting that is over is told whole, and so is all else', () => {
  const whole = exported(at);
  expect(withholdOpen(whole)).toEqual(whole);
  expect(withholdOpen(exported(null))).toMatchObject({ learner: { id: 'ada' }, quiz: [] });
});
