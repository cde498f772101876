import { describe, expect, it } from 'vitest';
import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import type { NewReport, RecordedReport } from '../store/port.ts';
import { reportProblem, type ReportedProblem } from './report-problem.ts';

const catalogue = {
  lessons: [
    {
      lesson: { id: 'django/async/one' },
      exercises: [
        {
          exercise: { uid: 'ex_1', contentVersion: 'v7' },
          proof: { versions: { django: '5.2.1' } },
        },
      ],
      heldBack: 0,
    },
  ],
} as unknown as ServedCatalogue;

const reported: ReportedProblem = {
  learnerId: 'ada',
  lessonId: 'django/async/one',
  exerciseUid: 'ex_1',
  mode: 'try',
  round: 2,
  key: 'key-1',
  kind: 'typo',
  text: 'An \u001b[31ma\r\ntoo many. ',
};

async function report(
  change: Partial<ReportedProblem>,
  answer: RecordedReport = { kind: 'recorded', id: 'r1' },
) {
  const kept: NewReport[] = [];
  const store = {
    recordReport: (one: NewReport) => {
      kept.push(one);
      return Promise.resolve(answer);
    },
  };
  const now = () => new Date('2026-01-02T03:04:05.678Z');
  const result = await reportProblem({ catalogue, store, now }, { ...reported, ...change });
  return { result, kept };
}

describe('reporting a problem', () => {
  it('keeps the cleaned text with all that says what was seen', async () => {
    const { result, kept } = await report({});
    expect(result).toEqual({ kind: 'reported' });
    expect(kept).toEqual([
      {
        learnerId: 'ada',
        exerciseUid: 'ex_1',
        lessonId: 'django/async/one',
        mode: 'try',
        versions: { django: '5.2.1' },
        contentVersion: 'v7',
        round: 2,
        key: 'key-1',
        kind: 'typo',
        text: 'An [31ma\ntoo many.',
        at: '2026-01-02T03:04:05.678Z',
      },
    ]);
  });

  it('is done already when the same form comes again', async () => {
    const { result } = await report({}, { kind: 'replayed', id: 'r1' });
    expect(result).toEqual({ kind: 'reported' });
  });

  it.each([
    ['of an unknown kind', { kind: 'praise' }, /Choose/],
    ['without words', { text: ' \u0000\n' }, /few words/],
    ['that is too long', { text: 'x'.repeat(2001) }, /2000/],
  ])('refuses one %s, and keeps nothing', async (_, change, says) => {
    const { result, kept } = await report(change);
    expect(result).toEqual({ kind: 'problem', problem: expect.stringMatching(says) });
    expect(kept).toEqual([]);
  });

  it('counts a line as one character, as the browser does', async () => {
    const { result } = await report({ text: 'x\r\n'.repeat(1000) });
    expect(result).toEqual({ kind: 'reported' });
  });

  it('says politely that there were too many', async () => {
    const { result } = await report({}, { kind: 'too-many' });
    expect(result).toEqual({ kind: 'problem', problem: expect.stringMatching(/thank you/) });
  });

  it.each([{ lessonId: 'django/async/two' }, { exerciseUid: 'ex_2' }])(
    'finds no exercise for %o',
    async (change) => {
      expect((await report(change)).result).toEqual({ kind: 'not-found' });
    },
  );
});
