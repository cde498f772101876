import { describe, expect, it } from 'vitest';
import { maxReportLength, reportKinds } from '#lib/domain/report.ts';
import type { RecordedReport, Store } from '#lib/server/store/port.ts';
import { engines, newAttempt, newReport, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;

describe.each(engines)('the reports in the store on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  const kindsOf = (results: RecordedReport[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };

  const atOnce = <T>(times: number, act: (store: Store, index: number) => Promise<T>) =>
    Promise.all(
      Array.from({ length: times }, (_, i) => act(i % 2 === 0 ? fresh.store : fresh.other, i)),
    );

  it('gives a report back as it was made, with what was answered in that round', async () => {
    await fresh.store.recordAttempt(newAttempt({ answer: ['get'] }));
    await fresh.store.recordAttempt(newAttempt({ answer: ['aget'], verdict: 'right' }));
    await fresh.store.recordAttempt(newAttempt({ learnerId: 'bob', answer: ['filter'] }));
    await fresh.store.recordAttempt(newAttempt({ exerciseUid: 'ex_2', answer: ['filter'] }));
    const { key: _, ...made } = newReport({
      text: 'naïve 🐍\n"quoted"\t\'); drop table reports;--',
    });
    const result = await fresh.store.recordReport({ ...made, key: 'k1' }, 20);

    expect(result).toEqual({ kind: 'recorded', id: expect.stringMatching(uuidV7) });
    expect(await fresh.other.selectReports('open')).toEqual([
      {
        ...made,
        id: result.kind === 'recorded' && result.id,
        resolvedAt: null,
        attempts: [
          { answer: ['get'], verdict: 'wrong' },
          { answer: ['aget'], verdict: 'right' },
        ],
      },
    ]);
  });

  it('takes one from a learner of whom nothing else is kept', async () => {
    await fresh.store.recordReport(newReport({ round: 3 }), 20);
    expect(await fresh.store.selectReports('open')).toMatchObject([{ round: 3, attempts: [] }]);
    expect(await fresh.store.exportLearner('ada')).toMatchObject({
      learner: { id: 'ada', createdAt: '2026-01-02T03:04:05.678Z' },
      rounds: [],
      reports: [{ round: 3 }],
    });
  });

  it.each(reportKinds)('takes one of kind %s, as long as it may be', async (kind) => {
    const text = '🐍'.repeat(maxReportLength / 2);
    await fresh.store.recordReport(newReport({ kind, text }), 20);
    expect(await fresh.store.selectReports('open')).toMatchObject([{ kind, text }]);
  });

  it('records one of 30 copies that arrive at once, and gives all of them that one', async () => {
    const report = newReport();
    const results = await atOnce(30, (to) => to.recordReport(report, 20));
    expect(kindsOf(results)).toEqual({ recorded: 1, replayed: 29 });
    expect(new Set(results.map((result) => result.kind !== 'too-many' && result.id)).size).toBe(1);
  });

  it('takes as many of a learner as are allowed in 24 hours, also when they arrive at once', async () => {
    const at = (hours: number) => new Date(Date.UTC(2026, 0, 2, hours)).toISOString();
    const first = newReport({ at: at(0) });
    await fresh.store.recordReport(first, 5);
    const results = await atOnce(8, (to) => to.recordReport(newReport({ at: at(23) }), 5));

    expect(kindsOf(results)).toEqual({ recorded: 4, 'too-many': 4 });
    expect((await fresh.store.recordReport(first, 5)).kind).toBe('replayed');
    expect(
      (await fresh.store.recordReport(newReport({ learnerId: 'bob', at: at(23) }), 5)).kind,
    ).toBe('recorded');
    // The first of them is a day old now.
    const later = await atOnce(3, (to) => to.recordReport(newReport({ at: at(24) }), 5));
    expect(kindsOf(later)).toEqual({ recorded: 1, 'too-many': 2 });
  });

  it('writes nothing for one too many, not even the learner', async () => {
    expect(await fresh.store.recordReport(newReport(), 0)).toEqual({ kind: 'too-many' });
    expect(await fresh.place.query('select id from learners')).toEqual([]);
  });

  it('lists them newest first, and those that are resolved only when asked for', async () => {
    const record = async (text: string, at: string) => {
      const result = await fresh.store.recordReport(newReport({ text, at }), 20);
      return result.kind === 'recorded' ? result.id : '';
    };
    const old = await record('old', '2026-01-01T00:00:00.000Z');
    await record('new', '2026-03-01T00:00:00.000Z');
    await record('between', '2026-02-01T00:00:00.000Z');

    expect(await fresh.store.resolveReport(old, '2026-04-01T00:00:00.000Z')).toBe(true);
    expect(await fresh.store.resolveReport(old, '2026-05-01T00:00:00.000Z')).toBe(true);
    expect(await fresh.store.resolveReport('0', '2026-04-01T00:00:00.000Z')).toBe(false);

    const textsOf = async (which: 'open' | 'all') =>
      (await fresh.store.selectReports(which)).map(({ text, resolvedAt }) => [text, resolvedAt]);
    expect(await textsOf('open')).toEqual([
      ['new', null],
      ['between', null],
    ]);
    expect(await textsOf('all')).toEqual([
      ['new', null],
      ['between', null],
      ['old', '2026-04-01T00:00:00.000Z'],
    ]);
  });

  it('finds the answers to reports of more learners than one query can name', async () => {
    const learners = 1100;
    await atOnce(learners, async (to, i) => {
      const learnerId = `learner-${i}`;
      await to.recordAttempt(newAttempt({ learnerId, answer: [`answer-${i}`] }));
      await to.recordReport(newReport({ learnerId, text: `answer-${i}` }), 20);
    });
    const reports = await fresh.store.selectReports('open');
    expect(reports).toHaveLength(learners);
    for (const { attempts, text } of reports) expect(attempts[0]?.answer).toEqual([text]);
  });

  it('exports the reports of a learner, and deletes them with the learner', async () => {
    const { key: _, learnerId: __, ...made } = newReport();
    await fresh.store.recordReport({ ...made, learnerId: 'ada', key: 'k1' }, 20);
    await fresh.store.recordReport(newReport({ learnerId: 'bob' }), 20);

    expect(await fresh.store.exportLearner('ada')).toMatchObject({
      reports: [{ ...made, resolvedAt: null }],
    });
    await fresh.store.deleteLearner('ada');
    expect(await fresh.store.exportLearner('ada')).toBeNull();
    expect(await fresh.place.query('select learner_id from reports')).toEqual([
      { learner_id: 'bob' },
    ]);
  });

  it('comes to a database of before there were any, and changes nothing else of it', async () => {
    await fresh.store.recordAttempt(newAttempt());
    const before = await fresh.store.exportLearner('ada');
    await takeBack(fresh.place, '002-reports');

    const upgraded = await fresh.place.open();
    try {
      expect(await upgraded.exportLearner('ada')).toEqual(before);
      expect((await upgraded.recordReport(newReport(), 20)).kind).toBe('recorded');
    } finally {
      await upgraded.close();
    }
  });
});
