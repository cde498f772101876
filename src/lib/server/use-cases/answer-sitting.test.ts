import { describe, expect, test } from 'vitest';
import type { ServedCatalogue, ServedExercise } from '#lib/domain/catalogue.ts';
import type { Exercise } from '#lib/domain/exercise.ts';
import type { Evidence, JudgedAnswer } from '#lib/domain/proof.ts';
import type { JudgeResult } from '#lib/domain/ruling.ts';
import type { Sitting, SittingItem } from '#lib/domain/sitting.ts';
import type { AskedAnswer } from '../proof/judge-answer.ts';
import type { NewSittingAnswer, RecordedSittingAnswer } from '../store/port.ts';
import { answerSitting, type GivenToSitting } from './answer-sitting.ts';
import { isAskedNow } from './is-asked-now.ts';

const evidence: Evidence = {
  ...{ id: 'e1', outcome: 'finished', error: null, stdout: '', values: {}, counts: {} },
};

const judged: JudgedAnswer = {
  ...{ verdict: 'right', evidence, failed: null, unmet: null, says: null, runs: 1 },
  ...{ versions: {}, at: '2026-01-02T03:04:05.000Z' },
};

const difficulty = (number: number) => (['easy', 'medium', 'hard'] as const)[number % 3];

const served = (number: number, own: object): ServedExercise => ({
  exercise: {
    ...{ uid: `ex_${number}`, id: `e${number}`, pool: 'test', contentVersion: 'v1' },
    ...{ kind: 'choice', program: `p${number}`, difficulty: difficulty(number) },
    ...{ objective: 'a', options: [{ id: 'x' }, { id: 'y' }], ...own },
  } as unknown as Exercise,
  proof: {
    status: 'proven',
    answers: ['x', 'y'].map((option) => {
      const observed = option === 'x' ? 'right' : 'wrong';
      return { answer: [option], observed, evidence: { ...evidence, id: `of-${option}` } };
    }),
  } as unknown as ServedExercise['proof'],
});

const choices = Array.from({ length: 14 }, (_, number) => served(number, {}));
const fix = served(20, { kind: 'fix', main: 'p.py', start: { 'p.py': 'x = 1\n' } });
const inTry = served(30, { kind: 'fix', pool: 'try' });

const catalogue = {
  lessons: [
    {
      lesson: { id: 'a/b/c', objectives: [{ id: 'a' }] },
      exercises: [...choices, fix, inTry],
    },
  ],
} as unknown as ServedCatalogue;

const item = ({ exercise }: ServedExercise, number: number, isAnswered = false): SittingItem => ({
  ...{ number, exerciseUid: exercise.uid, contentVersion: exercise.contentVersion },
  ...{ orderShown: [], objective: 'a', difficulty: exercise.difficulty, drawnAt: '' },
  model: { discrimination: 1.5, difficulty: 0, guessing: 0.5 },
  answered: isAnswered
    ? { answer: ['y'], verdict: 'wrong', evidenceId: 'of-y', judged: null, at: '' }
    : null,
});

const sittingOf = (items: SittingItem[], change: Partial<Sitting> = {}): Sitting => ({
  ...{ id: 's1', lessonId: 'a/b/c', seed: 'seed', startedAt: '', endedAt: null, items },
  ...change,
});

interface Given {
  items: SittingItem[];
  given?: Partial<GivenToSitting>;
  result?: JudgeResult;
  available?: boolean;
  kind?: RecordedSittingAnswer;
}

async function answer({ items, given, result, available = true, kind = 'recorded' }: Given) {
  const asked: AskedAnswer[] = [];
  const kept: NewSittingAnswer[] = [];
  const told: unknown[] = [];
  const outcome = await answerSitting(
    {
      catalogue,
      store: {
        selectSittings: () => Promise.resolve([sittingOf(items)]),
        answerSittingItem: (each) => {
          kept.push(each);
          return Promise.resolve(kind);
        },
      },
      execution: () => ({ available, reason: '' }),
      judgeAnswer: (each) => {
        asked.push(each);
        return Promise.resolve(result ?? { kind: 'judged', judged });
      },
      correctItems: {
        afterSitting: (...what) => {
          told.push(what);
          // Nobody waits for it.
          return new Promise(() => {});
        },
      },
      now: () => new Date('2026-01-02T03:04:05.678Z'),
    },
    {
      ...{ learnerId: 'ada', lessonId: 'a/b/c', sitting: 's1', number: 1, key: 'key-1' },
      ...{ exerciseUid: 'ex_0', answer: ['x'] },
      ...given,
    },
  );
  return { outcome, asked, kept, told };
}

const [first] = choices;

describe('an answer to what a sitting asks', () => {
  test('is judged by what was proven, and kept', async () => {
    const { outcome, asked, kept } = await answer({ items: [item(first!, 1)] });
    expect(outcome).toEqual({ kind: 'recorded' });
    expect(asked).toEqual([]);
    expect(kept).toEqual([
      {
        ...{ learnerId: 'ada', sitting: 's1', number: 1, key: 'key-1', answer: ['x'] },
        ...{ verdict: 'right', evidenceId: 'of-x', judged: null, isLast: false },
        at: '2026-01-02T03:04:05.678Z',
      },
    ]);
  });

  test('that is a program is run as the learner, and kept with what it came to', async () => {
    const given = { exerciseUid: 'ex_20', answer: ['x = 2\n'] };
    const { asked, kept } = await answer({ items: [item(fix, 1)], given });
    expect(asked).toMatchObject([{ owner: 'ada', answer: ['x = 2\n'] }]);
    expect(kept).toMatchObject([{ verdict: 'right', evidenceId: 'e1', judged }]);
  });

  test.each<[string, JudgeResult, RegExp]>([
    ['is busy', { kind: 'busy', retryAfterSeconds: 4 }, /again in 4 seconds/],
    ['has trouble', { kind: 'trouble', problem: '/secret/path' }, /^Your answer could not/],
  ])('is not kept where the host %s, and says so', async (_, result, problem) => {
    const given = { exerciseUid: 'ex_20', answer: ['x = 2\n'] };
    const { outcome, kept } = await answer({ items: [item(fix, 1)], given, result });
    expect(outcome).toEqual({
      kind: 'not-judged',
      problem: expect.stringMatching(problem) as string,
    });
    expect(kept).toEqual([]);
  });

  test('that is none is told so, and not kept', async () => {
    for (const given of [{ answer: [''] }, { answer: ['z'] }]) {
      const { outcome, kept } = await answer({ items: [item(first!, 1)], given });
      expect(outcome.kind).toBe('problem');
      expect(kept).toEqual([]);
    }
  });

  test('that passes is kept as that, whatever the kind, and runs nothing', async () => {
    for (const [asked, exerciseUid] of [
      [first!, 'ex_0'],
      [fix, 'ex_20'],
    ] as const) {
      const given = { exerciseUid, answer: null };
      const passed = await answer({ items: [item(asked, 1)], given });
      expect(passed.asked).toEqual([]);
      expect(passed.kept).toMatchObject([
        { answer: [], verdict: 'passed', evidenceId: null, judged: null },
      ]);
    }
  });

  test('is the last one with the tenth, or where nothing more can be drawn', async () => {
    const before = (count: number) =>
      choices.slice(0, count).map((each, at) => item(each, at + 1, true));
    const give = (count: number, kind: RecordedSittingAnswer = 'recorded') =>
      answer({
        items: [...before(count), item(choices[count]!, count + 1)],
        given: { number: count + 1, exerciseUid: `ex_${count}` },
        kind,
      });
    const [ninth, tenth] = [await give(8), await give(9)];
    expect(ninth.kept[0]?.isLast).toBe(false);
    expect(tenth.kept[0]?.isLast).toBe(true);
    // Then, once, and without waiting, it is told on what the answers say of the exercises.
    expect(ninth.told).toEqual([]);
    expect(tenth.told).toEqual([[{ learnerId: 'ada', lessonId: 'a/b/c' }, 's1']]);
    expect((await give(9, 'replayed')).told).toEqual([]);
  });

  test('that was given before is not run again: the store tells a replay by its key', async () => {
    const items = [item(fix, 1, true)];
    const given = { exerciseUid: 'ex_20', answer: ['x = 2\n'] };
    const { outcome, asked, kept } = await answer({ items, given, kind: 'replayed' });
    expect(outcome).toEqual({ kind: 'replayed' });
    expect(asked).toEqual([]);
    expect(kept).toMatchObject([{ verdict: 'wrong', answer: ['y'], key: 'key-1' }]);
  });

  test.each<[string, Given]>([
    ['of another sitting', { items: [item(first!, 1)], given: { sitting: 's2' } }],
    ['with a number ahead', { items: [item(first!, 1)], given: { number: 2 } }],
    ['to an exercise not drawn', { items: [item(first!, 1)], given: { exerciseUid: 'ex_1' } }],
    ['to one that has changed', { items: [{ ...item(first!, 1), contentVersion: 'v0' }] }],
    [
      'to what cannot be judged here',
      { items: [item(fix, 1)], given: { exerciseUid: 'ex_20' }, available: false },
    ],
  ])('%s is refused, run and kept nowhere', async (_, given) => {
    const { outcome, asked, kept } = await answer(given);
    expect(outcome).toEqual({ kind: 'refused' });
    expect([...asked, ...kept]).toEqual([]);
  });

  test('of a lesson that is not there, or has no test, finds nothing', async () => {
    const { outcome } = await answer({ items: [], given: { lessonId: 'a/b/x' } });
    expect(outcome).toEqual({ kind: 'not-found' });
  });
});

describe('what a test asks now', () => {
  const isAsked = (exercise: string, ...sittings: Sitting[]) =>
    isAskedNow({ catalogue, store: { selectSittings: () => Promise.resolve(sittings) } }, 'ada', {
      lesson: 'a/b/c',
      exercise,
    });

  test('is the open item of the newest sitting, and nothing else', async () => {
    const open = sittingOf([item(first!, 1, true), item(fix, 2)]);
    expect(await isAsked('ex_20', open)).toBe(true);
    expect(await isAsked('ex_0', open)).toBe(false);
    expect(await isAsked('ex_30', sittingOf([item(inTry, 1)]))).toBe(false);
    expect(await isAsked('ex_20')).toBe(false);
    const over = sittingOf([item(fix, 1, true)], { endedAt: '2026-01-02T03:04:05.678Z' });
    expect(await isAsked('ex_20', over)).toBe(false);
  });
});
