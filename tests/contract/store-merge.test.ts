import { beforeEach, describe, expect, it } from 'vitest';
import { columns } from '#lib/server/store/schema.ts';
import { fillLearner } from './filled-learner.ts';
import { day, lessonId, mergingOn } from './merging.ts';
import {
  engines,
  newAttempt,
  newDrawn,
  newModeRef,
  newRef,
  newReport,
  newSittingAnswer,
  takeBack,
} from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

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
  const fresh = freshStoresOn(engine);
  const { merge, answer, answersOf } = mergingOn(fresh);
  const rowsOf = (table: string, learnerId: string) =>
    fresh.place.query(`select * from ${table} where learner_id = '${learnerId}'`);

  describe('every table that names learners', () => {
    beforeEach(async () => {
      await fillLearner(fresh.store, 'anonymous', { name: 'zoe', start: 2 });
      await fillLearner(fresh.store, 'account', { name: 'kim', start: 4 });
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
      const exported = textsIn(await fresh.store.exportLearner('account'));
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
      await fresh.store.recordAttempt(newAttempt({ learnerId: 'bob' }));
      await merge();
      await fresh.store.deleteLearner('account');
      for (const table of tablesOfLearners) {
        const says = `The table ${table} takes no part in deletion: add it to deleteLearner in src/lib/server/store/writes.ts.`;
        expect(await rowsOf(table, 'account'), says).toEqual([]);
        expect(await rowsOf(table, 'anonymous'), says).toEqual([]);
      }
      expect(await fresh.place.query('select id from learners')).toEqual([{ id: 'bob' }]);
    });

    it('shows nothing of the one who is gone', async () => {
      await merge();
      expect(await fresh.store.exportLearner('anonymous')).toBeNull();
      expect(await fresh.store.selectPractice('anonymous')).toEqual([]);
      expect(await fresh.store.selectSittings('anonymous', null)).toEqual([]);
    });
  });

  describe('what still comes for the one who is gone', () => {
    const drawn = { day: 1, card: 'a/b/c#x', exerciseUid: 'ex_1', contentVersion: 'v1', round: 1 };
    /** Every method that writes, as a page would call it that was open before the merge. */
    const late = { learnerId: 'anonymous', at: day(31) };
    const writes: Record<string, (sitting: string) => Promise<unknown>> = {
      recordAttempt: () =>
        fresh.store.recordAttempt(newAttempt({ ...late, exerciseUid: 'ex_late' })),
      showHint: () => fresh.store.showHint(newRef({ ...late, exerciseUid: 'ex_hint' }), 2),
      endRound: () => fresh.store.endRound(newRef({ ...late, exerciseUid: 'ex_end' }), 'shown'),
      startRound: () =>
        fresh.store.startRound(newRef({ ...late, exerciseUid: 'ex_end', round: 2 })),
      openMode: () => fresh.store.openMode(newModeRef({ ...late, mode: 'late' })),
      finishMode: () => fresh.store.finishMode(newModeRef({ ...late, mode: 'later' })),
      recordQuizRight: () => fresh.store.recordQuizRight({ ...late, lessonId, question: 'late' }),
      startSitting: () => fresh.store.startSitting({ ...late, lessonId: 'd/e/f' }),
      drawSittingItem: (sitting) => fresh.store.drawSittingItem({ ...late, sitting }, newDrawn()),
      answerSittingItem: (sitting) =>
        fresh.store.answerSittingItem(newSittingAnswer({ ...late, sitting })),
      dropSittingItem: (sitting) =>
        fresh.store.dropSittingItem({ ...late, sitting }, newDrawn({ number: 2 })),
      endSitting: (sitting) => fresh.store.endSitting({ ...late, sitting }),
      recordReport: () => fresh.store.recordReport(newReport(late), 20),
      giveKudos: () => fresh.store.giveKudos({ ...late, lessonId }),
      takeBackKudos: () => fresh.store.takeBackKudos('anonymous', lessonId),
      drawReview: () => fresh.store.drawReview({ ...late, ...drawn }, null),
    };
    /** Of no learner, or of one who is named as what they are. */
    const others = [
      'accounts',
      'correctItem',
      'resolveReport',
      'mergeLearner',
      'deleteLearner',
      'describe',
      'close',
    ];

    it('is looked at for every method of the store', () => {
      const methods = Object.keys(fresh.store).filter(
        (name) => !/^(select|export|count|mark)/.test(name),
      );
      expect(
        methods.filter((name) => !(name in writes) && !others.includes(name)),
        'A method of the store is not tried here: add it to `writes` (and build it on `write` in open-store.ts), or to `others`.',
      ).toEqual([]);
    });

    it('lands at the other, by whichever method it comes', async () => {
      await answer('anonymous', 1, 'before');
      const started = await fresh.store.startSitting({
        learnerId: 'anonymous',
        lessonId,
        at: day(1),
      });
      const sitting = started.kind === 'started' ? started.sitting.id : '';
      await merge();
      for (const write of Object.values(writes)) await write(sitting);

      for (const table of tablesOfLearners) {
        expect(await rowsOf(table, 'anonymous'), table).toEqual([]);
      }
      const { rounds, modes, quiz, sittings, reports, kudos, draws } =
        (await fresh.store.exportLearner('account')) as Record<string, unknown[]>;
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
      await fresh.store.showHint(newRef({ learnerId: 'anonymous', at: day(1) }), 3);
      await merge();
      await answer('anonymous', 31, 'late', { helpUsed: 0 });
      const [round] = await fresh.store.selectPractice('account');
      expect(round?.attempts).toMatchObject([{ helpUsed: 1 }]);
    });

    it('begins anew where both were deleted', async () => {
      await answer('anonymous', 1, 'one');
      await merge();
      await fresh.store.deleteLearner('account');
      await answer('anonymous', 31, 'late');
      expect(await answersOf('ex_1', 'anonymous')).toEqual([['late']]);
      expect(await fresh.store.exportLearner('account')).toBeNull();
    });

    it('deletes nothing that is the other’s', async () => {
      await answer('anonymous', 1, 'one');
      await merge();
      await fresh.store.deleteLearner('anonymous');
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
          (i % 2 === 0 ? fresh.store : fresh.other).mergeLearner({
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
      expect(await fresh.store.exportLearner('stranger')).toBeNull();
      expect(await answersOf()).toEqual([['one']]);
    });

    it('is nobody who has an account, but may be merged into one who has', async () => {
      const account = {
        ...{ id: 'id', learner_id: 'account', email: 'ada@example.org', name: 'Ada', image: null },
        ...{ is_email_verified: 1, role: 'learner', created_at: day(1), updated_at: day(1) },
      };
      await fresh.store.accounts.insert('accounts', account);
      await answer('account', 1, 'one');
      await answer('anonymous', 2, 'two');
      expect(await merge('account', 'anonymous')).toBe('account');
      expect(await answersOf()).toEqual([['one']]);
      expect(await merge('anonymous', 'account')).toBe('merged');
      expect(await answersOf()).toEqual([['one'], ['two']]);
      await fresh.store.deleteLearner('account');
      expect(await rowsOf('accounts', 'account')).toEqual([]);
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
        await fresh.place.query('select id, merged_into from learners order by created_at'),
      ).toContainEqual({ id: 'phone', merged_into: 'account' });
      await fresh.store.deleteLearner('account');
      expect(await fresh.place.query('select id from learners')).toEqual([]);
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
          fresh.store.mergeLearner({ from: a, into: b, at: day(3) }),
          fresh.other.mergeLearner({ from: b, into: a, at: day(3) }),
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
      expect(await fresh.store.exportLearner('account')).toMatchObject({
        learner: { id: 'account', createdAt: day(3), merged: [{ createdAt: day(3) }] },
      });
      expect(JSON.stringify(await fresh.store.exportLearner('account'))).not.toContain('anonymous');
    });
  });

  it('are told apart in a database of before there were merges', async () => {
    await answer('account', 1, 'one');
    await Promise.all([fresh.store.close(), fresh.other.close()]);
    await takeBack(fresh.place, '009-merges');
    [fresh.store, fresh.other] = await Promise.all([fresh.place.open(), fresh.place.open()]);
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
