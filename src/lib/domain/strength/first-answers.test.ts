import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServedLesson } from '../catalogue.ts';
import { estimateOf, posteriorOf } from './ability.ts';
import { abilitiesOtherwise, firstAnswersOf, type KeptFirstAnswer } from './first-answers.ts';

const exercise = (uid: string, pool = 'try', kind = 'choice') => ({
  exercise: {
    ...{ uid, kind, pool, contentVersion: 'v1', difficulty: 'medium', objective: 'a' },
    options: [{ id: 'x' }, { id: 'y' }],
  },
  proof: { answers: [{ answer: ['x'], observed: 'right' }] },
});

// Only what is read here.
const served = {
  lesson: { id: 'a/b/c' },
  exercises: [
    exercise('ex_a'),
    exercise('ex_b'),
    exercise('ex_t', 'test'),
    exercise('ex_p', 'project'),
    exercise('ex_r', 'review', 'recall'),
  ],
} as unknown as ServedLesson;

const kept = (change: Partial<KeptFirstAnswer>): KeptFirstAnswer => ({
  ...{ learnerId: 'ada', exerciseUid: 'ex_a', contentVersion: 'v1', isRight: true },
  ...{ chosen: ['x'], at: '2026-01-02T00:00:00.000Z', ...change },
});

const of = (...answers: KeptFirstAnswer[]) => firstAnswersOf(served, answers, new Map());

test('each answer comes with the ability that the learner’s others suggest, without itself', () => {
  const item = fc.record({
    discrimination: fc.double({ min: 0.75, max: 3, noNaN: true }),
    difficulty: fc.double({ min: -2, max: 2, noNaN: true }),
    guessing: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
  });
  const answers = fc.array(fc.record({ item, isRight: fc.boolean() }), { maxLength: 12 });
  fc.assert(
    fc.property(answers, (all) => {
      const plain = all.map(
        (_, left) => estimateOf(posteriorOf(all.filter((__, at) => at !== left))).ability,
      );
      const found = abilitiesOtherwise(all);
      expect(found).toHaveLength(plain.length);
      for (const [at, each] of found.entries()) expect(each).toBeCloseTo(plain[at]!, 6);
    }),
  );
});

test('one learner counts once for an exercise, by their first answer, whatever came later', () => {
  const found = of(
    kept({ isRight: true, at: '2026-01-03T00:00:00.000Z' }),
    kept({ isRight: false, at: '2026-01-02T00:00:00.000Z', chosen: ['y'] }),
    kept({ learnerId: 'bob' }),
  ).get('ex_a');
  expect(found).toMatchObject([
    { isRight: false, chosen: 'y' },
    { isRight: true, chosen: 'x' },
  ]);
});

test('what was passed or typed at length chose nothing', () => {
  const found = of(kept({ chosen: [] }), kept({ chosen: null, learnerId: 'bob' })).get('ex_a');
  expect(found?.map(({ chosen }) => chosen)).toEqual([null, null]);
});

test('answers to another content, to steps and to what is rated by oneself are not counted', () => {
  const found = of(
    kept({ contentVersion: 'v0' }),
    kept({ exerciseUid: 'ex_p' }),
    kept({ exerciseUid: 'ex_r' }),
    kept({ exerciseUid: 'ex_gone' }),
    kept({ exerciseUid: 'ex_t' }),
  );
  expect([...found].map(([uid, answers]) => [uid, answers.length])).toEqual([
    ['ex_a', 0],
    ['ex_b', 0],
    ['ex_t', 1],
  ]);
});
