import { describe, expect, test } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { Exercise } from '#lib/domain/exercise.ts';
import type { Evidence, JudgedAnswer } from '#lib/domain/proof.ts';
import type { Round } from '#lib/domain/round.ts';
import type { JudgeResult } from '#lib/domain/ruling.ts';
import type { AskedAnswer } from '../proof/judge-answer.ts';
import type { NewAttempt, RecordedAttempt } from '../store/port.ts';
import { submitAttempt, type SubmittedAttempt } from './submit-attempt.ts';

const evidence: Evidence = {
  ...{ id: 'e1', outcome: 'finished', error: null, stdout: '', values: {}, counts: {} },
};

const judged: JudgedAnswer = {
  ...{ verdict: 'wrong', evidence, failed: 'own', unmet: 'Ask all of them.', says: null, runs: 1 },
  ...{ versions: { django: '5.2.1' }, at: '2026-01-02T03:04:05.000Z' },
};

const exercise = {
  ...{ uid: 'ex_fix001', id: 'fix', kind: 'fix', pool: 'challenge', contentVersion: 'v1' },
  ...{ main: 'program.py', start: { 'program.py': 'x = 1\n' } },
} as unknown as Exercise;

const catalogue = {
  lessons: [
    {
      lesson: { id: 'django/async/one' },
      exercises: [{ exercise, proof: { answers: [{ answer: ['x = 2\n'], observed: 'right' }] } }],
    },
  ],
} as unknown as ServedCatalogue;

const submitted: SubmittedAttempt = {
  ...{ learnerId: 'ada', lessonId: 'django/async/one', exerciseUid: 'ex_fix001' },
  ...{ round: 1, key: 'key-1', answer: ['x = 2\n'] },
};

interface Given {
  answer?: string[];
  result?: JudgeResult;
  latest?: Partial<Round>;
  available?: boolean;
  recorded?: RecordedAttempt;
}

async function submit({ answer, result, latest, available = true, recorded }: Given) {
  const asked: AskedAnswer[] = [];
  const kept: NewAttempt[] = [];
  const told: unknown[] = [];
  const round: Round = {
    ...{ number: 1, contentVersion: 'v1', hintsShown: 1, ending: null, attempts: [] },
    ...latest,
  };
  const outcome = await submitAttempt(
    {
      catalogue,
      store: {
        selectLatestRounds: () => Promise.resolve(new Map(latest ? [['ex_fix001', round]] : [])),
        recordAttempt: (attempt) => {
          kept.push(attempt);
          return Promise.resolve(recorded ?? { kind: 'stale' });
        },
      },
      execution: () => ({ available, reason: '' }),
      judgeAnswer: (answered) => {
        asked.push(answered);
        return Promise.resolve(result ?? { kind: 'judged', judged });
      },
      correctItems: {
        afterAttempt: (...what) => {
          told.push(what);
          // Nobody waits for it.
          return new Promise(() => {});
        },
      },
      now: () => new Date('2026-01-02T03:04:05.678Z'),
    },
    { ...submitted, ...(answer && { answer }) },
  );
  return { outcome, asked, kept, told };
}

test('what was newly kept is told on, once, and not waited for', async () => {
  const attempt = { ...{ id: 'a1', number: 1, answer: ['x'], at: '' }, evidenceId: 'e1', judged };
  const kinds = ['recorded', 'replayed', 'repeated'] as const;
  const told = await Promise.all(
    kinds.map(async (kind) => {
      const recorded = { kind, round: 2, attempt: { ...attempt, verdict: 'right' as const } };
      return (await submit({ latest: {}, recorded })).told;
    }),
  );
  const made = { exerciseUid: 'ex_fix001', round: 2, number: 1 };
  expect(told).toEqual([[[{ learnerId: 'ada', lessonId: 'django/async/one' }, made]], [], []]);
});

describe('an answer that is a program', () => {
  test('is run as the learner, even one that the proof has run, and kept with what it came to', async () => {
    const { asked, kept } = await submit({ latest: {} });
    expect(asked).toMatchObject([{ owner: 'ada', answer: ['x = 2\n'] }]);
    expect(kept).toMatchObject([
      { verdict: 'wrong', evidenceId: 'e1', judged, attemptsAllowed: 2, helpUsed: 1 },
    ]);
  });

  test.each<[string, Given, RegExp]>([
    ['that is empty', { answer: ['\n'] }, /no program yet/],
    ['that was not changed', { answer: ['x = 1'] }, /began with/],
    ['with a file too many', { answer: ['x = 2\n', 'y\n'] }, /files of the exercise/],
  ])('%s is not run, and uses no attempt', async (_, given, problem) => {
    const { outcome, asked, kept } = await submit(given);
    expect(outcome).toEqual({ kind: 'problem', problem: expect.stringMatching(problem) as string });
    expect([...asked, ...kept]).toEqual([]);
  });

  test('where nothing can be run is not judged, and uses no attempt', async () => {
    const { outcome, asked, kept } = await submit({ available: false });
    expect(outcome).toEqual({
      kind: 'not-judged',
      problem: expect.stringMatching(/cannot be run on this site.*No attempt/) as string,
    });
    expect([...asked, ...kept]).toEqual([]);
  });

  test.each<[string, JudgeResult, RegExp]>([
    [
      'a host that is busy',
      { kind: 'busy', retryAfterSeconds: 4 },
      /again in 4 seconds; no attempt/,
    ],
    ['trouble of the host', { kind: 'trouble', problem: '/secret/path' }, /^Your answer could not/],
  ])('uses no attempt by %s, and says so', async (_, result, problem) => {
    const { outcome, kept } = await submit({ result });
    expect(outcome).toEqual({
      kind: 'not-judged',
      problem: expect.stringMatching(problem) as string,
    });
    expect(kept).toEqual([]);
  });

  test('given again in its round is not run again, and the store is told what it was', async () => {
    const attempts = [
      { id: 'a1', number: 1, answer: ['x = 2\n'], evidenceId: 'e1', at: '', judged },
    ].map((each) => ({ ...each, verdict: 'wrong' as const }));
    const { asked, kept } = await submit({ latest: { attempts } });
    expect(asked).toEqual([]);
    expect(kept).toMatchObject([{ verdict: 'wrong', evidenceId: 'e1', judged }]);
  });

  test('to a round that is over is not run: it would tell without an attempt', async () => {
    for (const latest of [{ ending: 'attempts' as const }, { number: 2 }]) {
      const { outcome, asked, kept } = await submit({ latest });
      expect(outcome).toEqual({ kind: 'stale' });
      expect([...asked, ...kept]).toEqual([]);
    }
  });
});
