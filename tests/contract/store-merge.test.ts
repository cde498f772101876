import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#lib/server/store/port.ts';
import { columns } from '#lib/server/store/schema.ts';
import { fillLearner } from './filled-learner.ts';
import {
  engines,
  newAttempt,
  newDrawn,
  newModeRef,
  newRef,
  newReport,
  newSittingAnswer,
  takeBack,
  type Place,
} from './store-engines.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();
const lessonId = 'a/b/c';

/** Tables that name learners, but those whose rows stay with the learner they name, and why. */
const staysBehind: Record<string, string> = {
  accounts: 'who has an account is merged into nobody',
};
const tablesOfLearners = Object.entries(columns).flatMap(([table, named]) =>
  'learner_id' in named && !(table in staysBehind) ? [table] : [],
);

/** Columns that a merge changes: whose it is, and its place among what both did. */
const changing = new Set(['learner_id', 'number', 'round_number']);

describe.each(engines)('two learners who are one, in the store on $name', (engine) => {
  let place: Place;
  let store: Store;
  /** A second process's view of the same database. */
  let other: Store;

  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    place = await engine.newPlace();
    store = await place.open();
    other = await place.open();
  });
  afterEach(async () => {
    await Promise.all([store.close(), other.close()]);
    await place.remove();
  });

  const merge = (from = 'anonymous', into = 'account') =>
    store.mergeLearner({ from, into, at: day(30) });
  const rowsOf = (table: string, learnerId: string) =>
    place.query(`select * from ${table} where learner_id = '${learnerId}'`);
  const answersOf = async (exerciseUid = 'ex_1', learnerId = 'account') =>
    (await store.selectRounds(learnerId, [exerciseUid]))
      .get(exerciseUid)
      ?.map(({ attempts }) => attempts.map(({ answer }) => answer[0]));
  const answer = (learnerId: string, at: number, name: string, change = {}) =>
    store.recordAttempt(
      newAttempt({ learnerId, at: day(at), answer: [name], key: name, ...change }),
    );

  describe('every table that names learners', () => {
    beforeEach(async () => {
      await fillLearner(store, 'anonymous', { name: 'zoe', start: 2 });
      await fillLearner(store, 'account', { name: 'kim', start: 4 });
    });

    it.each(tablesOfLearners)('%s is filled by these tests', async (table) => {
      const says = `Nothing is in the table ${table}, so no test shows that it is merged, exported and deleted: fill it in tests/contract/filled-learner.ts, merge it in src/lib/server/store/merges/merge-learner.ts, export it in selectOptionalLearner (reads.ts), delete it in deleteLearner (writes.ts), or say in store-merge.test.ts why it stays behind.`;
      expect((await rowsOf(table, 'anonymous')).length, says).toBeGreaterThan(0);
      expect((await rowsOf(table, 'account')).length, says).toBeGreaterThan(0);
    });

    it.each(tablesOfLearners)('%s is merged', async (table) => {
      const shape = (row: Record<string, unknown>) =>
        JSON.stringify(Object.entries(row).filter(([column]) => !changing.has(column)));
      const before = [...(await rowsOf(table, 'anonymous')), ...(await rowsOf(table, 'account'))];
      expect(await merge()).toBe('merged');
      const says = `The table ${table} takes no part in a merge: add it to src/lib/server/store/merges/merge-learner.ts.`;
      expect(await rowsOf(table, 'anonymous'), says).toEqual([]);
      const after = (await rowsOf(table, 'account')).map(shape);
      // Of what both have one stays. What has somebody's name in it, only they have.
      for (const name of ['zoe', 'kim']) {
        const own = before.map(shape).filter((row) => row.includes(name));
        expect(
          own.length,
          `No row of ${table} has the name in it: see filled-learner.ts.`,
        ).not.toBe(0);
        for (const row of own) expect(after, says).toContain(row);
      }
    });

    it.each(tablesOfLearners)('%s is exported', async (table) => {
      await merge();
      const exported = textsIn(await store.exportLearner('account'));
      const elsewhere = new Set<unknown>();
      for (const each of tablesOfLearners) {
        if (each === table) continue;
        for (const row of await rowsOf(each, 'account')) {
          for (const value of Object.values(row)) elsewhere.add(value);
        }
      }
      const says = `Of ${table} something is not in the export: add the table to selectOptionalLearner in src/lib/server/store/reads.ts.`;
      const told = (await rowsOf(table, 'account')).flatMap((row) => {
        const own = Object.values(row).filter(
          (value) => typeof value === 'string' && !elsewhere.has(value),
        );
        return own.length > 0 ? [own.some((value) => exported.has(value))] : [];
      });
      expect(told.length, `No text is in ${table} alone: see filled-learner.ts.`).toBeGreaterThan(
        0,
      );
      expect(told, says).not.toContain(false);
    });

    it('is emptied of both when the one who is left is deleted, and so are the marks', async () => {
      await store.recordAttempt(newAttempt({ learnerId: 'bob' }));
      await merge();
      await store.deleteLearner('account');
      for (const table of tablesOfLearners) {
        const says = `The table ${table} takes no part in deletion: add it to deleteLearner in src/lib/server/store/writes.ts.`;
        expect(await rowsOf(table, 'account'), says).toEqual([]);
        expect(await rowsOf(table, 'anonymous'), says).toEqual([]);
      }
      expect(await place.query('select id from learners')).toEqual([{ id: 'bob' }]);
    });

    it('shows nothing of the one who is gone', async () => {
      await merge();
      expect(await store.exportLearner('anonymous')).toBeNull();
      expect(await store.selectPractice('anonymous')).toEqual([]);
      expect(await store.selectSittings('anonymous', null)).toEqual([]);
    });
  });

  describe('what still comes for the one who is gone', () => {
    const drawn = { day: 1, card: 'a/b/c#x', exerciseUid: 'ex_1', contentVersion: 'v1', round: 1 };
    /** Every method that writes, as a page would call it that was open before the merge. */
    const late = { learnerId: 'anonymous', at: day(31) };
    const writes: Record<string, (sitting: string) => Promise<unknown>> = {
      recordAttempt: () => store.recordAttempt(newAttempt({ ...late, exerciseUid: 'ex_late' })),
      showHint: () => store.showHint(newRef({ ...late, exerciseUid: 'ex_hint' }), 2),
      endRound: () => store.endRound(newRef({ ...late, exerciseUid: 'ex_end' }), 'shown'),
      startRound: () => store.startRound(newRef({ ...late, exerciseUid: 'ex_end', round: 2 })),
      openMode: () => store.openMode(newModeRef({ ...late, mode: 'late' })),
      finishMode: () => store.finishMode(newModeRef({ ...late, mode: 'later' })),
      recordQuizRight: () => store.recordQuizRight({ ...late, lessonId, question: 'late' }),
      startSitting: () => store.startSitting({ ...late, lessonId: 'd/e/f' }),
      drawSittingItem: (sitting) => store.drawSittingItem({ ...late, sitting }, newDrawn()),
      answerSittingItem: (sitting) =>
        store.answerSittingItem(newSittingAnswer({ ...late, sitting })),
      dropSittingItem: (sitting) =>
        store.dropSittingItem({ ...late, sitting }, newDrawn({ number: 2 })),
      endSitting: (sitting) => store.endSitting({ ...late, sitting }),
      recordReport: () => store.recordReport(newReport(late), 20),
      giveKudos: () => store.giveKudos({ ...late, lessonId }),
      takeBackKudos: () => store.takeBackKudos('anonymous', lessonId),
      drawReview: () => store.drawReview({ ...late, ...drawn }, null),
    };
    /** Of no learner, or of one who is named as what they are. */
    const others = [
      'correctItem',
      'resolveReport',
      'mergeLearner',
      'deleteLearner',
      'describe',
      'close',
    ];

    it('is looked at for every method of the store', () => {
      const methods = Object.keys(store).filter((name) => !/^(select|export|count)/.test(name));
      expect(
        methods.filter((name) => !(name in writes) && !others.includes(name)),
        'A method of the store is not tried here: add it to `writes` (and build it on `write` in open-store.ts), or to `others`.',
      ).toEqual([]);
    });

    it('lands at the other, by whichever method it comes', async () => {
      await answer('anonymous', 1, 'before');
      const started = await store.startSitting({ learnerId: 'anonymous', lessonId, at: day(1) });
      const sitting = started.kind === 'started' ? started.sitting.id : '';
      await merge();
      for (const write of Object.values(writes)) await write(sitting);

      for (const table of tablesOfLearners) {
        expect(await rowsOf(table, 'anonymous'), table).toEqual([]);
      }
      const { rounds, modes, quiz, sittings, reports, kudos, draws } = (await store.exportLearner(
        'account',
      )) as Record<string, unknown[]>;
      expect(rounds).toMatchObject([
        { exerciseUid: 'ex_1' },
        { exerciseUid: 'ex_end', ending: 'shown' },
        { exerciseUid: 'ex_end', number: 2 },
        { exerciseUid: 'ex_hint', hintsShown: 1 },
        { exerciseUid: 'ex_late', attempts: [{}] },
      ]);
      const names = (modes as { mode: string }[]).map(({ mode }) => mode);
      expect(names.toSorted()).toEqual(['late', 'later', 'test']);
      expect([quiz, reports]).toMatchObject([[{ question: 'late' }], [{ round: 1 }]]);
      expect([kudos, draws]).toMatchObject([[], [drawn]]);
      expect(sittings).toMatchObject([
        { id: sitting, endedAt: day(31), items: [{ answered: { verdict: 'right' } }] },
        { lessonId: 'd/e/f' },
      ]);
    });

    it('lands there as well where the one who is gone had done nothing yet', async () => {
      await answer('account', 1, 'own');
      expect(await merge()).toBe('nothing');
      await answer('anonymous', 31, 'late', { exerciseUid: 'ex_2' });
      expect(await answersOf('ex_2')).toEqual([['late']]);
    });

    it('is the first one’s replay where its key is known already', async () => {
      const first = await answer('anonymous', 1, 'one', { verdict: 'right' });
      await answer('account', 2, 'two');
      await merge();
      const replayed = await answer('anonymous', 31, 'one', { verdict: 'right' });
      const attempt = first.kind === 'stale' ? null : first.attempt;
      expect(replayed).toEqual({ kind: 'replayed', attempt, round: 1 });
      expect(await answersOf()).toEqual([['one'], ['two']]);
    });

    it('does not count as unaided when hints were shown before in the round', async () => {
      await store.showHint(newRef({ learnerId: 'anonymous', at: day(1) }), 3);
      await merge();
      await answer('anonymous', 31, 'late', { helpUsed: 0 });
      const [round] = await store.selectPractice('account');
      expect(round?.attempts).toMatchObject([{ helpUsed: 1 }]);
    });

    it('begins anew where both were deleted', async () => {
      await answer('anonymous', 1, 'one');
      await merge();
      await store.deleteLearner('account');
      await answer('anonymous', 31, 'late');
      expect(await answersOf('ex_1', 'anonymous')).toEqual([['late']]);
      expect(await store.exportLearner('account')).toBeNull();
    });

    it('deletes nothing that is the other’s', async () => {
      await answer('anonymous', 1, 'one');
      await merge();
      await store.deleteLearner('anonymous');
      expect(await answersOf()).toEqual([['one']]);
      await answer('anonymous', 31, 'late', { exerciseUid: 'ex_2' });
      expect(await answersOf('ex_2')).toEqual([['late']]);
    });
  });

  describe('who is merged', () => {
    it('is merged once, whoever says it again', async () => {
      await answer('anonymous', 1, 'one');
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (i % 2 === 0 ? store : other).mergeLearner({
            ...{ from: 'anonymous', into: 'account', at: day(2) },
          }),
        ),
      );
      expect(results.toSorted()).toEqual([...Array<string>(9).fill('already'), 'merged']);
      expect(await answersOf()).toEqual([['one']]);
      expect(await merge('account', 'account')).toBe('already');
    });

    it('stays where they are when somebody else asks for them', async () => {
      await answer('anonymous', 1, 'one');
      await merge();
      expect(await merge('anonymous', 'stranger')).toBe('elsewhere');
      expect(await store.exportLearner('stranger')).toBeNull();
      expect(await answersOf()).toEqual([['one']]);
    });

    it('takes along those who were merged into them', async () => {
      await answer('phone', 1, 'one');
      await answer('laptop', 2, 'two');
      await merge('phone', 'laptop');
      await merge('laptop', 'account');
      await answer('phone', 31, 'late', { exerciseUid: 'ex_2' });
      expect(await answersOf()).toEqual([['one'], ['two']]);
      expect(await answersOf('ex_2')).toEqual([['late']]);
      expect(
        await place.query('select id, merged_into from learners order by created_at'),
      ).toContainEqual({ id: 'phone', merged_into: 'account' });
      await store.deleteLearner('account');
      expect(await place.query('select id from learners')).toEqual([]);
    });

    it('is merged into the one who is left, by whichever name that one is called', async () => {
      await answer('phone', 1, 'one');
      await answer('tablet', 2, 'two');
      await merge('phone', 'account');
      expect(await merge('tablet', 'phone')).toBe('merged');
      expect(await answersOf()).toEqual([['one'], ['two']]);
      expect(await merge('account', 'phone')).toBe('already');
    });

    it('is one of both when each is merged into the other at once', async () => {
      for (let i = 0; i < 3; i += 1) {
        const [a, b] = [`a-${i}`, `b-${i}`];
        await answer(a, 1, 'one');
        await answer(b, 2, 'two');
        const results = await Promise.all([
          store.mergeLearner({ from: a, into: b, at: day(3) }),
          other.mergeLearner({ from: b, into: a, at: day(3) }),
        ]);
        expect(results.toSorted()).toEqual(['already', 'merged']);
        const kept = [await answersOf('ex_1', a), await answersOf('ex_1', b)];
        expect(kept.filter((each) => each !== undefined)).toEqual([[['one'], ['two']]]);
      }
    });

    it('is named in the export of the other by since when they were there', async () => {
      await answer('account', 5, 'two');
      await answer('anonymous', 3, 'one');
      await merge();
      expect(await store.exportLearner('account')).toMatchObject({
        learner: { id: 'account', createdAt: day(3), merged: [{ createdAt: day(3) }] },
      });
      expect(JSON.stringify(await store.exportLearner('account'))).not.toContain('anonymous');
    });
  });

  describe('rounds', () => {
    it('are in order of their beginning, each with its attempts', async () => {
      await answer('anonymous', 1, 'a1', { verdict: 'right' });
      await store.startRound(newRef({ learnerId: 'anonymous', round: 2, at: day(4) }));
      await answer('anonymous', 4, 'a2', { round: 2, verdict: 'right' });
      await answer('account', 2, 'b1');
      await answer('account', 2, 'b1 again', { verdict: 'right' });
      await store.startRound(newRef({ learnerId: 'account', round: 2, at: day(3) }));
      await answer('account', 3, 'b2', { round: 2 });
      await merge();
      expect(await answersOf()).toEqual([['a1'], ['b1', 'b1 again'], ['b2'], ['a2']]);
      expect(await place.query('select number from rounds order by number')).toEqual(
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
      expect(await store.selectPractice('account')).toMatchObject([
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
      expect(await store.selectPractice('account')).toMatchObject([
        { attempts: [{ number: 1 }, { number: 2 }] },
        { attempts: [{ number: 1, verdict: 'right' }] },
      ]);
    });

    it('of which nothing else is left are the other’s round, but where the solution was seen', async () => {
      await answer('anonymous', 1, 'both', { verdict: 'right' });
      await store.startRound(newRef({ learnerId: 'account', round: 2, at: day(2) }));
      await answer('account', 2, 'both', { verdict: 'right' });
      await store.startRound(newRef({ learnerId: 'account', round: 2, at: day(3) }));
      await answer('account', 3, 'own', { round: 2 });
      await answer('anonymous', 1, 'seen', { exerciseUid: 'ex_2' });
      await answer('account', 2, 'seen', { exerciseUid: 'ex_2' });
      await store.endRound(
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
        store.recordReport(newReport({ learnerId, text, round, at: day(9) }), 20);
      await answer('anonymous', 1, 'a1', { verdict: 'right' });
      await report('anonymous', 'of a1', 1);
      await answer('account', 2, 'b1', { verdict: 'right' });
      await report('account', 'of b1', 1);
      await report('account', 'of none yet', 2);
      await merge();
      const reports = await store.selectReports('all');
      expect(reports.map(({ text, attempts }) => [text, attempts[0]?.answer[0]])).toEqual([
        ['of none yet', undefined],
        ['of b1', 'b1'],
        ['of a1', 'a1'],
      ]);
    });
  });

  describe('sittings', () => {
    const sit = async (learnerId: string, at: number, uids: string[], isEnded: boolean) => {
      const started = await store.startSitting({ learnerId, lessonId, at: day(at) });
      const id = started.kind === 'started' ? started.sitting.id : '';
      const ref = { learnerId, sitting: id, at: day(at) };
      for (const [index, exerciseUid] of uids.entries()) {
        const number = index + 1;
        await store.drawSittingItem(ref, newDrawn({ number, exerciseUid }));
        const isLast = isEnded && number === uids.length;
        await store.answerSittingItem(newSittingAnswer({ ...ref, number, isLast }));
      }
      return id;
    };
    const kept = async () =>
      (await store.selectSittings('account', lessonId)).map(({ id, endedAt, items }) => {
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
        await store.startSitting({ learnerId: 'account', lessonId, at: day(7) }),
      ).toMatchObject({ kind: 'started' });
    });

    it('that are open: the newest is gone on with, the other ends with its last answer', async () => {
      const newer = await sit('anonymous', 3, ['x'], false);
      const older = await sit('account', 1, ['y', 'z'], false);
      const ref = { learnerId: 'account', sitting: older, at: day(1) };
      await store.drawSittingItem(ref, newDrawn({ number: 3, exerciseUid: 'asked' }));
      await merge();
      expect(await kept()).toEqual([
        [newer, null, 'x'],
        [older, day(1), 'y,z'],
      ]);
      expect(await store.answerSittingItem(newSittingAnswer({ ...ref, number: 3 }))).toBe(
        'refused',
      );
      const late = { learnerId: 'anonymous', sitting: newer, at: day(31) };
      await store.drawSittingItem(late, newDrawn({ number: 2, exerciseUid: 'next' }));
      expect(await store.answerSittingItem(newSittingAnswer({ ...late, number: 2 }))).toBe(
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
        await store.startSitting({ learnerId: 'account', lessonId, at: day(9) }),
      ).toMatchObject({ kind: 'open', sitting: { id: newer } });
    });
  });

  it('have of modes the newest opening and the first end, and of a quiz the first right answer', async () => {
    const mode = (learnerId: string, name: string, opened: number, done: number | null) =>
      (async () => {
        const ref = newModeRef({ learnerId, lessonId, mode: name });
        if (done !== null) await store.finishMode({ ...ref, at: day(done) });
        await store.openMode({ ...ref, at: day(opened) });
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
      await store.recordQuizRight({ learnerId, lessonId, question: 'q1', at: day(at) });
      await store.recordQuizRight({ learnerId, lessonId, question: 'q2', at: day(9 - at) });
    }
    await merge();
    expect(await store.selectModes('account', lessonId)).toEqual([
      { lessonId, mode: 'learn', openedAt: day(4), doneAt: day(1) },
      { lessonId, mode: 'try', openedAt: day(4), doneAt: day(1) },
      { lessonId, mode: 'why', openedAt: day(2), doneAt: day(1) },
    ]);
    expect(await store.selectQuizRights('account', lessonId)).toEqual([
      { lessonId, question: 'q1', answeredAt: day(1) },
      { lessonId, question: 'q2', answeredAt: day(7) },
    ]);
  });

  it('have kudos since they were first given, and are asked a card once a day', async () => {
    const round = { contentVersion: 'v1', round: 1 };
    const draw = (learnerId: string, card: string, exerciseUid: string, at: number) =>
      store.drawReview({ ...round, learnerId, day: 9, card, exerciseUid, at: day(at) }, null);
    await store.giveKudos({ learnerId: 'anonymous', lessonId, at: day(1) });
    await store.giveKudos({ learnerId: 'account', lessonId, at: day(2) });
    await answer('account', 2, 'b1', { exerciseUid: 'ex_2', verdict: 'right' });
    await draw('anonymous', 'c#1', 'ex_1', 3);
    await answer('anonymous', 3, 'a1');
    await draw('anonymous', 'c#2', 'ex_2', 3);
    await answer('anonymous', 4, 'a2', { exerciseUid: 'ex_2' });
    await draw('account', 'c#1', 'ex_3', 5);
    await merge();
    expect(await store.countKudos([lessonId])).toEqual(new Map([[lessonId, 1]]));
    expect(await store.exportLearner('account')).toMatchObject({ kudos: [{ givenAt: day(1) }] });
    expect(await store.selectReviewDraws('account', { from: 9, to: 9 })).toMatchObject([
      // The round that it is asked in has another number now.
      { card: 'c#2', exerciseUid: 'ex_2', round: 2 },
      { card: 'c#1', exerciseUid: 'ex_3', round: 1 },
    ]);
    expect(await answersOf('ex_1')).toEqual([['a1']]);
    expect(await answersOf('ex_2')).toEqual([['b1'], ['a2']]);
  });

  it('have a report once that was sent under both names', async () => {
    for (const learnerId of ['anonymous', 'account']) {
      await store.recordReport(newReport({ learnerId, key: 'both', text: learnerId }), 20);
    }
    await store.recordReport(newReport({ learnerId: 'anonymous', text: 'another' }), 20);
    await merge();
    const reports = await store.selectReports('all');
    expect(reports.map(({ text }) => text).toSorted()).toEqual(['account', 'another']);
  });

  it('are told apart in a database of before there were merges', async () => {
    await answer('account', 1, 'one');
    await Promise.all([store.close(), other.close()]);
    await takeBack(place, '009-merges');
    [store, other] = await Promise.all([place.open(), place.open()]);
    expect(await answersOf()).toEqual([['one']]);
    expect(await merge('anonymous', 'account')).toBe('nothing');
  });
});

/** All texts in plain data, at whatever depth. */
function textsIn(data: unknown): Set<unknown> {
  if (typeof data === 'string') return new Set([data]);
  if (typeof data !== 'object' || data === null) return new Set();
  return new Set(Object.values(data).flatMap((value) => [...textsIn(value)]));
}
