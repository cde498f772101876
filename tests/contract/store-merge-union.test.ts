import { describe, expect, it } from 'vitest';
import { day, lessonId, mergingOn } from './merging.ts';
import {
  engines,
  newDrawn,
  newModeRef,
  newRef,
  newReport,
  newSittingAnswer,
} from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

describe.each(engines)('what two learners did who are one, in the store on $name', (engine) => {
  const fresh = freshStoresOn(engine);
  const { merge, answer, answersOf } = mergingOn(fresh);

  describe('rounds', () => {
    it('are in order of their beginning, each with its attempts', async () => {
      await answer('anonymous', 1, 'a1', { verdict: 'right' });
      await fresh.store.startRound(newRef({ learnerId: 'anonymous', round: 2, at: day(4) }));
      await answer('anonymous', 4, 'a2', { round: 2, verdict: 'right' });
      await answer('account', 2, 'b1');
      await answer('account', 2, 'b1 again', { verdict: 'right' });
      await fresh.store.startRound(newRef({ learnerId: 'account', round: 2, at: day(3) }));
      await answer('account', 3, 'b2', { round: 2 });
      await merge();
      expect(await answersOf()).toEqual([['a1'], ['b1', 'b1 again'], ['b2'], ['a2']]);
      expect(await fresh.place.query('select number from rounds order by number')).toEqual(
        [1, 2, 3, 4].map((number) => ({ number })),
      );
    });

    it('that are open: the newest is gone on with, and an older one keeps what was answered', async () => {
      await answer('anonymous', 1, 'older');
      await answer('account', 2, 'newer');
      await merge();
      expect(await answer('account', 31, 'late', { round: 1 })).toEqual({ kind: 'stale' });
      expect(await answer('account', 31, 'next', { round: 2 })).toMatchObject({
        ...{ kind: 'recorded', attempt: { number: 2 } },
      });
      expect(await answersOf()).toEqual([['older'], ['newer', 'next']]);
      expect(await fresh.store.selectPractice('account')).toMatchObject([
        { number: 1, ending: null },
        { number: 2, ending: null },
      ]);
    });

    it('have an answer once that was sent under both names, and no gap where it was', async () => {
      const both = { exerciseUid: 'ex_1', key: 'both' };
      await answer('anonymous', 1, 'first');
      await answer('anonymous', 3, 'both', { ...both, verdict: 'wrong' });
      await answer('anonymous', 4, 'third');
      await answer('account', 2, 'both', { ...both, verdict: 'right' });
      await merge();
      expect(await answersOf()).toEqual([['first', 'third'], ['both']]);
      expect(await fresh.store.selectPractice('account')).toMatchObject([
        { attempts: [{ number: 1 }, { number: 2 }] },
        { attempts: [{ number: 1, verdict: 'right' }] },
      ]);
    });

    it('of which nothing else is left are the other’s round, but where the solution was seen', async () => {
      await answer('anonymous', 1, 'both', { verdict: 'right' });
      await fresh.store.startRound(newRef({ learnerId: 'account', round: 2, at: day(2) }));
      await answer('account', 2, 'both', { verdict: 'right' });
      await fresh.store.startRound(newRef({ learnerId: 'account', round: 2, at: day(3) }));
      await answer('account', 3, 'own', { round: 2 });
      await answer('anonymous', 1, 'seen', { exerciseUid: 'ex_2' });
      await answer('account', 2, 'seen', { exerciseUid: 'ex_2' });
      await fresh.store.endRound(
        newRef({ learnerId: 'account', exerciseUid: 'ex_2', at: day(3) }),
        'shown',
      );
      await merge();
      expect(await answersOf()).toEqual([['both'], ['own']]);
      expect(await answersOf('ex_2')).toEqual([['seen'], []]);
      expect(await answer('account', 31, 'next', { round: 2 })).toMatchObject({ kind: 'recorded' });
    });

    it('are still those that reports speak of', async () => {
      const report = (learnerId: string, text: string, round: number) =>
        fresh.store.recordReport(newReport({ learnerId, text, round, at: day(9) }), 20);
      await answer('anonymous', 1, 'a1', { verdict: 'right' });
      await report('anonymous', 'of a1', 1);
      await answer('account', 2, 'b1', { verdict: 'right' });
      await report('account', 'of b1', 1);
      await report('account', 'of none yet', 2);
      await merge();
      const reports = await fresh.store.selectReports('all');
      expect(reports.map(({ text, attempts }) => [text, attempts[0]?.answer[0]])).toEqual([
        ['of none yet', undefined],
        ['of b1', 'b1'],
        ['of a1', 'a1'],
      ]);
    });
  });

  describe('sittings', () => {
    const sit = async (learnerId: string, at: number, uids: string[], isEnded: boolean) => {
      const started = await fresh.store.startSitting({ learnerId, lessonId, at: day(at) });
      const id = started.kind === 'started' ? started.sitting.id : '';
      const ref = { learnerId, sitting: id, at: day(at) };
      for (const [index, exerciseUid] of uids.entries()) {
        const number = index + 1;
        await fresh.store.drawSittingItem(ref, newDrawn({ number, exerciseUid }));
        const isLast = isEnded && number === uids.length;
        await fresh.store.answerSittingItem(newSittingAnswer({ ...ref, number, isLast }));
      }
      return id;
    };
    const kept = async () =>
      (await fresh.store.selectSittings('account', lessonId)).map(({ id, endedAt, items }) => {
        return [id, endedAt, items.map(({ exerciseUid }) => exerciseUid).join()];
      });

    it('are in order of their beginning, and may go on with the next', async () => {
      const first = await sit('anonymous', 1, ['x'], true);
      const second = await sit('account', 3, ['y'], true);
      const third = await sit('anonymous', 5, ['z'], true);
      await merge();
      expect(await kept()).toEqual([
        [third, day(5), 'z'],
        [second, day(3), 'y'],
        [first, day(1), 'x'],
      ]);
      expect(
        await fresh.store.startSitting({ learnerId: 'account', lessonId, at: day(7) }),
      ).toMatchObject({ kind: 'started' });
    });

    it('that are open: the newest is gone on with, the other ends with its last answer', async () => {
      const newer = await sit('anonymous', 3, ['x'], false);
      const older = await sit('account', 1, ['y', 'z'], false);
      const ref = { learnerId: 'account', sitting: older, at: day(1) };
      await fresh.store.drawSittingItem(ref, newDrawn({ number: 3, exerciseUid: 'asked' }));
      await merge();
      expect(await kept()).toEqual([
        [newer, null, 'x'],
        [older, day(1), 'y,z'],
      ]);
      expect(await fresh.store.answerSittingItem(newSittingAnswer({ ...ref, number: 3 }))).toBe(
        'refused',
      );
      const late = { learnerId: 'anonymous', sitting: newer, at: day(31) };
      await fresh.store.drawSittingItem(late, newDrawn({ number: 2, exerciseUid: 'next' }));
      expect(await fresh.store.answerSittingItem(newSittingAnswer({ ...late, number: 2 }))).toBe(
        'recorded',
      );
    });

    it('that are open and have no answer leave nothing when they end', async () => {
      await sit('account', 1, ['w'], true);
      await sit('account', 3, [], false);
      const newer = await sit('anonymous', 4, [], false);
      await merge();
      expect((await kept()).map(([, , items]) => items)).toEqual(['', 'w']);
      expect(
        await fresh.store.startSitting({ learnerId: 'account', lessonId, at: day(9) }),
      ).toMatchObject({ kind: 'open', sitting: { id: newer } });
    });
  });

  it('have of modes the newest opening and the first end, and of a quiz the first right answer', async () => {
    const mode = (learnerId: string, name: string, opened: number, done: number | null) =>
      (async () => {
        const ref = newModeRef({ learnerId, lessonId, mode: name });
        if (done !== null) await fresh.store.finishMode({ ...ref, at: day(done) });
        await fresh.store.openMode({ ...ref, at: day(opened) });
      })();
    await mode('anonymous', 'learn', 4, 2);
    await mode('account', 'learn', 3, 1);
    await mode('anonymous', 'try', 3, 1);
    await mode('account', 'try', 4, null);
    await mode('anonymous', 'why', 2, null);
    await mode('account', 'why', 1, 1);
    for (const [learnerId, at] of [
      ['anonymous', 1],
      ['account', 2],
    ] as const) {
      await fresh.store.recordQuizRight({ learnerId, lessonId, question: 'q1', at: day(at) });
      await fresh.store.recordQuizRight({ learnerId, lessonId, question: 'q2', at: day(9 - at) });
    }
    await merge();
    expect(await fresh.store.selectModes('account', lessonId)).toEqual([
      { lessonId, mode: 'learn', openedAt: day(4), doneAt: day(1) },
      { lessonId, mode: 'try', openedAt: day(4), doneAt: day(1) },
      { lessonId, mode: 'why', openedAt: day(2), doneAt: day(1) },
    ]);
    expect(await fresh.store.selectQuizRights('account', lessonId)).toEqual([
      { lessonId, question: 'q1', answeredAt: day(1) },
      { lessonId, question: 'q2', answeredAt: day(7) },
    ]);
  });

  it('have kudos since they were first given, and are asked a card once a day', async () => {
    const round = { contentVersion: 'v1', round: 1 };
    const draw = (learnerId: string, card: string, exerciseUid: string, at: number) =>
      fresh.store.drawReview({ ...round, learnerId, day: 9, card, exerciseUid, at: day(at) }, null);
    await fresh.store.giveKudos({ learnerId: 'anonymous', lessonId, at: day(1) });
    await fresh.store.giveKudos({ learnerId: 'account', lessonId, at: day(2) });
    await answer('account', 2, 'b1', { exerciseUid: 'ex_2', verdict: 'right' });
    await draw('anonymous', 'c#1', 'ex_1', 3);
    await answer('anonymous', 3, 'a1');
    await draw('anonymous', 'c#2', 'ex_2', 3);
    await answer('anonymous', 4, 'a2', { exerciseUid: 'ex_2' });
    await draw('account', 'c#1', 'ex_3', 5);
    await merge();
    expect(await fresh.store.countKudos([lessonId])).toEqual(new Map([[lessonId, 1]]));
    expect(await fresh.store.exportLearner('account')).toMatchObject({
      kudos: [{ givenAt: day(1) }],
    });
    expect(await fresh.store.selectReviewDraws('account', { from: 9, to: 9 })).toMatchObject([
      // The round that it is asked in has another number now.
      { card: 'c#2', exerciseUid: 'ex_2', round: 2 },
      { card: 'c#1', exerciseUid: 'ex_3', round: 1 },
    ]);
    expect(await answersOf('ex_1')).toEqual([['a1']]);
    expect(await answersOf('ex_2')).toEqual([['b1'], ['a2']]);
  });

  it('have a report once that was sent under both names', async () => {
    for (const learnerId of ['anonymous', 'account']) {
      await fresh.store.recordReport(newReport({ learnerId, key: 'both', text: learnerId }), 20);
    }
    await fresh.store.recordReport(newReport({ learnerId: 'anonymous', text: 'another' }), 20);
    await merge();
    const reports = await fresh.store.selectReports('all');
    expect(reports.map(({ text }) => text).toSorted()).toEqual(['account', 'another']);
  });
});
