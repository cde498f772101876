import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Round } from '#lib/domain/round.ts';
import type { RecordedAttempt, Store } from '#lib/server/store/port.ts';
import { columns } from '#lib/server/store/schema.ts';
import { StoreError } from '#lib/server/store/store-error.ts';
import { engines, newAttempt, newRef, type Place } from './store-engines.ts';

describe.each(engines)('the store on $name', (engine) => {
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

  const latestOf = async (learnerId = 'ada', exerciseUid = 'ex_1'): Promise<Round | undefined> =>
    (await store.selectLatestRounds(learnerId, [exerciseUid])).get(exerciseUid);

  const countOf = async (table: string): Promise<number> =>
    Number((await place.query(`select count(*) as n from ${table}`))[0]?.['n']);

  const kindsOf = (results: RecordedAttempt[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };

  /** `times` calls at once, half of them through the other store. */
  const atOnce = <T>(times: number, act: (store: Store, index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, i) => act(i % 2 === 0 ? store : other, i)));

  describe('attempts', () => {
    it('begins round 1 with its first attempt and gives back what was recorded', async () => {
      const attempt = newAttempt({ answer: ['aget', 'filter'] });
      const result = await store.recordAttempt(attempt);

      expect(result).toEqual({
        kind: 'recorded',
        round: 1,
        attempt: {
          id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/),
          number: 1,
          answer: ['aget', 'filter'],
          verdict: 'wrong',
          evidenceId: 'evidence-1',
          judged: null,
          at: attempt.at,
        },
      });
      expect(await latestOf()).toEqual({
        number: 1,
        contentVersion: 'v1',
        hintsShown: 0,
        ending: null,
        attempts: [result.kind === 'recorded' && result.attempt],
      });
    });

    it('ends the round at a right answer', async () => {
      await store.recordAttempt(newAttempt());
      await store.recordAttempt(newAttempt({ verdict: 'right' }));

      expect(await latestOf()).toMatchObject({ ending: 'right', attempts: { length: 2 } });
      expect(await store.recordAttempt(newAttempt())).toEqual({ kind: 'stale' });
      expect(await countOf('attempts')).toBe(2);
    });

    it('ends the round at the third wrong answer', async () => {
      for (let i = 0; i < 3; i += 1) await store.recordAttempt(newAttempt());

      const round = await latestOf();
      expect(round?.ending).toBe('attempts');
      expect(round?.attempts.map((attempt) => attempt.number)).toEqual([1, 2, 3]);
      expect(await store.recordAttempt(newAttempt({ verdict: 'right' }))).toEqual({
        kind: 'stale',
      });
    });

    it('gives a replay of a key the first attempt, even with another answer and after the end', async () => {
      const first = newAttempt({ verdict: 'right' });
      const recorded = await store.recordAttempt(first);
      const replayed = await other.recordAttempt({ ...first, answer: ['x'], verdict: 'wrong' });

      expect(recorded.kind).toBe('recorded');
      expect(replayed).toEqual({ ...recorded, kind: 'replayed' });
    });

    it('takes the same answer twice in a round for one attempt, and in the next round anew', async () => {
      const answer = ['filter'];
      const results = await atOnce(10, (to) => to.recordAttempt(newAttempt({ answer })));
      expect(kindsOf(results)).toEqual({ recorded: 1, repeated: 9 });
      expect(new Set(results.map((r) => r.kind !== 'stale' && r.attempt.id)).size).toBe(1);
      expect((await latestOf())?.attempts).toHaveLength(1);

      await store.endRound(newRef(), 'shown');
      expect(await store.recordAttempt(newAttempt({ answer }))).toEqual({ kind: 'stale' });
      await store.startRound(newRef({ round: 2 }));
      expect(await store.recordAttempt(newAttempt({ answer, round: 2 }))).toMatchObject({
        kind: 'recorded',
        round: 2,
      });
    });

    it('takes the same key of two learners for two attempts', async () => {
      const attempt = newAttempt();
      const results = [
        await store.recordAttempt(attempt),
        await store.recordAttempt({ ...attempt, learnerId: 'bob' }),
      ];
      expect(kindsOf(results)).toEqual({ recorded: 2 });
    });

    it('records one of 50 copies that arrive at once, and gives all of them that one', async () => {
      const attempt = newAttempt();
      const results = await atOnce(50, (to) => to.recordAttempt(attempt));

      expect(kindsOf(results)).toEqual({ recorded: 1, replayed: 49 });
      expect(new Set(results.map((r) => r.kind !== 'stale' && r.attempt.id)).size).toBe(1);
      expect(await countOf('attempts')).toBe(1);
      expect(await countOf('rounds')).toBe(1);
    });

    it('records exactly one of two different attempts at once for the last place in a round', async () => {
      for (let i = 0; i < 10; i += 1) {
        const exerciseUid = `last-${i}`;
        await store.recordAttempt(newAttempt({ exerciseUid }));
        await store.recordAttempt(newAttempt({ exerciseUid }));
        const results = await atOnce(2, (to) => to.recordAttempt(newAttempt({ exerciseUid })));
        expect(kindsOf(results)).toEqual({ recorded: 1, stale: 1 });
      }
      expect(await countOf('attempts')).toBe(30);
    });

    it('records three of 20 different attempts at once on an exercise never tried', async () => {
      const results = await atOnce(20, (to) => to.recordAttempt(newAttempt()));
      expect(kindsOf(results)).toEqual({ recorded: 3, stale: 17 });
      expect((await latestOf())?.attempts.map((attempt) => attempt.number)).toEqual([1, 2, 3]);
    });

    it('keeps the attempts of many learners that arrive at once', async () => {
      const results = await atOnce(120, (to, i) =>
        to.recordAttempt(newAttempt({ learnerId: `learner-${i}` })),
      );
      expect(kindsOf(results)).toEqual({ recorded: 120 });
      expect(await countOf('learners')).toBe(120);
    });

    it.each([0, 2, 7])(
      'takes an attempt in round %i for stale when round 1 is open',
      async (round) => {
        await store.recordAttempt(newAttempt());
        expect(await store.recordAttempt(newAttempt({ round }))).toEqual({ kind: 'stale' });
      },
    );

    it('writes nothing for a stale attempt, not even the learner', async () => {
      expect(await store.recordAttempt(newAttempt({ round: 2 }))).toEqual({ kind: 'stale' });
      expect(await countOf('learners')).toBe(0);
      expect(await countOf('rounds')).toBe(0);
    });

    it('keeps text as it is', async () => {
      const answer = [
        "Robert'); drop table attempts;--",
        'naïve 🐍 "q" \\',
        'null\u0000inside',
        '',
      ];
      await store.recordAttempt(newAttempt({ answer, orderShown: answer, exerciseUid: 'ex_ß 🐍' }));
      expect((await latestOf('ada', 'ex_ß 🐍'))?.attempts[0]?.answer).toEqual(answer);
    });

    it('loses none of the others when one that arrives with them cannot be written', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, i) =>
          store.recordAttempt(
            newAttempt({ learnerId: `learner-${i}`, ...(i === 7 && { key: 'x'.repeat(65) }) }),
          ),
        ),
      );

      const failed = results.filter((result) => result.status === 'rejected');
      expect(failed.map((result) => result.reason)).toEqual([expect.any(StoreError)]);
      expect(results[7]?.status).toBe('rejected');
      expect(await countOf('attempts')).toBe(19);
      // Its round and its learner were begun before it failed, and are gone with it.
      expect(await countOf('rounds')).toBe(19);
      expect(await countOf('learners')).toBe(19);
    });
  });

  describe('rounds', () => {
    it('opens the next round once it is asked for, when the one before is over', async () => {
      await store.startRound(newRef({ round: 2 }));
      await store.recordAttempt(newAttempt());
      await store.startRound(newRef({ round: 2 }));
      expect((await latestOf())?.number).toBe(1);

      await store.endRound(newRef(), 'shown');
      expect(await store.recordAttempt(newAttempt({ round: 2 }))).toEqual({ kind: 'stale' });
      await store.startRound(newRef({ round: 3 }));
      expect((await latestOf())?.number).toBe(1);
      await store.startRound(newRef({ round: 2 }));
      expect(await latestOf()).toMatchObject({ number: 2, ending: null, attempts: [] });
      expect(await store.recordAttempt(newAttempt({ round: 2 }))).toMatchObject({
        kind: 'recorded',
        round: 2,
        attempt: { number: 1 },
      });
    });

    it('opens a round once, however often it is asked for at once', async () => {
      await store.endRound(newRef(), 'shown');
      await atOnce(20, (to) => to.startRound(newRef({ round: 2 })));
      expect(await countOf('rounds')).toBe(2);
    });

    it('never begins round 1 by asking for it', async () => {
      await store.startRound(newRef());
      expect(await countOf('rounds')).toBe(0);
      expect(await countOf('learners')).toBe(0);
    });

    it('begins round 1 with "show me", and leaves an ending as it is', async () => {
      await store.endRound(newRef({ at: '2026-01-01T00:00:00.000Z' }), 'shown');
      await store.endRound(newRef({ at: '2026-01-02T00:00:00.000Z' }), 'right');

      expect(await latestOf()).toMatchObject({ number: 1, ending: 'shown' });
      const [row] = await place.query('select ended_at from rounds');
      expect(row).toEqual({ ended_at: '2026-01-01T00:00:00.000Z' });
    });

    it('shows one hint more each time, at most as many as there are', async () => {
      await store.showHint(newRef(), 2);
      expect(await latestOf()).toMatchObject({ number: 1, hintsShown: 1, ending: null });
      await atOnce(6, (to) => to.showHint(newRef(), 2));
      expect((await latestOf())?.hintsShown).toBe(2);
    });

    it('begins no round for a hint of an exercise without hints', async () => {
      await store.showHint(newRef(), 0);
      expect(await countOf('rounds')).toBe(0);
    });

    it('leaves a round that is over as it is when a hint is asked for', async () => {
      await store.endRound(newRef(), 'shown');
      await store.showHint(newRef(), 3);
      await store.showHint(newRef({ round: 2 }), 3);
      expect(await latestOf()).toMatchObject({ number: 1, hintsShown: 0 });
    });

    it('takes a round of an older content version for over', async () => {
      await store.recordAttempt(newAttempt());
      const v2 = { contentVersion: 'v2' };

      expect(await store.recordAttempt(newAttempt(v2))).toEqual({ kind: 'stale' });
      expect(await store.recordAttempt(newAttempt({ round: 2 }))).toEqual({ kind: 'stale' });
      expect(await store.recordAttempt(newAttempt({ ...v2, round: 2 }))).toMatchObject({
        kind: 'recorded',
        round: 2,
        attempt: { number: 1 },
      });
      expect(await store.recordAttempt(newAttempt())).toEqual({ kind: 'stale' });
      expect(await latestOf()).toMatchObject({ number: 2, contentVersion: 'v2' });
    });

    it.each([
      ['a hint', (to: Store) => to.showHint(newRef({ round: 2, contentVersion: 'v2' }), 3)],
      [
        '"show me"',
        (to: Store) => to.endRound(newRef({ round: 2, contentVersion: 'v2' }), 'shown'),
      ],
      ['asking for it', (to: Store) => to.startRound(newRef({ round: 2, contentVersion: 'v2' }))],
    ])('begins the round of a new content version with %s too', async (_, act) => {
      await store.recordAttempt(newAttempt());
      await act(store);
      expect(await latestOf()).toMatchObject({ number: 2, contentVersion: 'v2' });
    });
  });

  describe('what is kept', () => {
    it('tells the newest round of each exercise asked for, and of this learner only', async () => {
      await store.endRound(newRef(), 'shown');
      await store.startRound(newRef({ round: 2 }));
      await store.recordAttempt(newAttempt({ exerciseUid: 'ex_2' }));
      await store.recordAttempt(newAttempt({ exerciseUid: 'ex_3' }));
      await store.recordAttempt(newAttempt({ learnerId: 'bob', exerciseUid: 'ex_4' }));

      const many = Array.from({ length: 1200 }, (_, i) => `none-${i}`);
      const rounds = await store.selectLatestRounds('ada', ['ex_1', ...many, 'ex_2', 'ex_4']);
      expect([...rounds].map(([uid, round]) => [uid, round.number])).toEqual([
        ['ex_1', 2],
        ['ex_2', 1],
      ]);
      expect(await store.selectLatestRounds('ada', [])).toEqual(new Map());
    });

    it('tells what was ever answered right, also after a new round was begun', async () => {
      await store.recordAttempt(newAttempt({ verdict: 'right' }));
      await store.startRound(newRef({ round: 2 }));
      await store.recordAttempt(newAttempt({ exerciseUid: 'ex_2', verdict: 'wrong' }));
      await store.recordAttempt(
        newAttempt({ learnerId: 'bob', exerciseUid: 'ex_3', verdict: 'right' }),
      );
      expect(await store.selectSolved('ada')).toEqual(new Set(['ex_1']));
    });

    it('never writes when it is read', async () => {
      await store.selectLatestRounds('ada', ['ex_1']);
      expect(await store.exportLearner('ada')).toBeNull();
      expect((await store.describe()).attempts).toBe(0);
      expect(await countOf('learners')).toBe(0);
    });

    it('exports all that it keeps of a learner as plain data', async () => {
      await store.showHint(newRef({ at: '2026-01-01T00:00:00.000Z' }), 3);
      const result = await store.recordAttempt(
        newAttempt({ verdict: 'right', helpUsed: 1, key: 'k1', answer: ['get'] }),
      );
      await store.startRound(newRef({ round: 2 }));
      await store.recordAttempt(newAttempt({ learnerId: 'bob' }));

      const exported = await store.exportLearner('ada');
      expect(exported).toEqual({
        learner: { id: 'ada', createdAt: '2026-01-01T00:00:00.000Z', merged: [] },
        account: null,
        rounds: [
          {
            exerciseUid: 'ex_1',
            number: 1,
            contentVersion: 'v1',
            hintsShown: 1,
            ending: 'right',
            startedAt: '2026-01-01T00:00:00.000Z',
            endedAt: '2026-01-02T03:04:05.678Z',
            attempts: [
              {
                id: result.kind === 'recorded' && result.attempt.id,
                number: 1,
                key: 'k1',
                contentVersion: 'v1',
                orderShown: ['filter', 'aget', 'get'],
                answer: ['get'],
                verdict: 'right',
                evidenceId: 'evidence-1',
                judged: null,
                helpUsed: 1,
                at: '2026-01-02T03:04:05.678Z',
              },
            ],
          },
          {
            exerciseUid: 'ex_1',
            number: 2,
            contentVersion: 'v1',
            hintsShown: 0,
            ending: null,
            startedAt: '2026-01-02T03:04:05.678Z',
            endedAt: null,
            attempts: [],
          },
        ],
        modes: [],
        quiz: [],
        sittings: [],
        kudos: [],
        draws: [],
        reports: [],
      });
      expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
    });

    it('deletes all of a learner, and of nobody else; the learner may begin anew', async () => {
      const attempt = newAttempt();
      await store.recordAttempt(attempt);
      await store.recordAttempt(newAttempt({ learnerId: 'bob' }));
      await store.deleteLearner('ada');
      await store.deleteLearner('nobody');

      expect(await store.exportLearner('ada')).toBeNull();
      expect(await place.query('select learner_id from attempts')).toEqual([{ learner_id: 'bob' }]);
      expect(await place.query('select id from learners')).toEqual([{ id: 'bob' }]);
      expect(await store.recordAttempt(attempt)).toMatchObject({ kind: 'recorded', round: 1 });
    });
  });

  describe('the database', () => {
    it('has exactly the columns that schema.ts tells', async () => {
      for (const [table, expected] of Object.entries(columns)) {
        expect(await place.columnsOf(table), table).toEqual(expected);
      }
    });

    it('says of its live connection that an attempt acknowledged is an attempt flushed', async () => {
      await store.recordAttempt(newAttempt());
      expect(await store.describe()).toEqual({
        engine: engine.name,
        durability: engine.durability,
        detail: expect.stringMatching(engine.name === 'sqlite' ? /^wal$/ : /^\d+\.\d+/),
        attempts: 1,
      });
    });

    it('finishes the writes under way when it is closed, then refuses', async () => {
      const writes = Array.from({ length: 30 }, (_, i) =>
        store.recordAttempt(newAttempt({ learnerId: `learner-${i}` })),
      );
      await store.close();
      await store.close();

      expect(kindsOf(await Promise.all(writes))).toEqual({ recorded: 30 });
      await expect(store.recordAttempt(newAttempt())).rejects.toMatchObject({
        name: 'StoreError',
        problem: 'closed',
      });
      expect(await countOf('attempts')).toBe(30);
    });

    it('is there again when it is opened again', async () => {
      await store.recordAttempt(newAttempt());
      await store.close();
      store = await place.open();
      expect((await latestOf())?.attempts).toHaveLength(1);
    });

    it('can be opened anew by several at once', async () => {
      const fresh = await engine.newPlace();
      const opened = await Promise.all(Array.from({ length: 5 }, () => fresh.open()));
      try {
        const results = await Promise.all(
          opened.map((one, i) => one.recordAttempt(newAttempt({ learnerId: `learner-${i}` }))),
        );
        expect(kindsOf(results)).toEqual({ recorded: 5 });
        expect((await opened[0]?.describe())?.attempts).toBe(5);
      } finally {
        await Promise.all(opened.map((one) => one.close()));
        await fresh.remove();
      }
    });

    it('is refused when a newer Assay has changed it, and left as it is', async () => {
      const known = await countOf('assay_migrations');
      await place.query(
        "insert into assay_migrations (name, timestamp) values ('999-from-the-future', '2030-01-01T00:00:00.000Z') returning name",
      );
      const opening = place.open();
      await expect(opening).rejects.toMatchObject({
        name: 'StoreError',
        problem: 'newer-database',
      });
      await expect(opening).rejects.toThrow(/newer Assay.*999-from-the-future/);
      expect(await countOf('assay_migrations')).toBe(known + 1);
    });
  });
});
