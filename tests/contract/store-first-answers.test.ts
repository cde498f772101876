/** What authors' statistics are made of, held against what the domain says of each learner. */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { firstUnaided } from '#lib/domain/practice.ts';
import type { Store } from '#lib/server/store/port.ts';
import {
  engines,
  newAttempt,
  newDrawn,
  newRef,
  newSittingAnswer,
  type Place,
} from './store-engines.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();
const lesson = { learnerId: 'ada', lessonId: 'a/b/c' };

describe.each(engines)('first unaided answers on $name', (engine) => {
  let place: Place;
  let store: Store;

  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    place = await engine.newPlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  /** A sitting of which one item was answered. */
  async function sit(isOver: boolean, at: string, verdict: 'right' | 'wrong' = 'right') {
    const begun = await store.startSitting({ ...lesson, at });
    if (begun.kind === 'refused') throw new Error('refused');
    const sitting = begun.sitting.id;
    await store.drawSittingItem({ learnerId: 'ada', sitting, at }, newDrawn());
    const answer = { sitting, verdict, at, isLast: isOver, key: `key-${at}` };
    await store.answerSittingItem(newSittingAnswer(answer));
  }

  it('are of all learners, newest first, and no more than asked for', async () => {
    for (const [index, learnerId] of ['ada', 'bob', 'eve'].entries()) {
      const at = day(index + 1);
      await store.recordAttempt(newAttempt({ learnerId, answer: [learnerId], at }));
    }
    const found = await store.selectFirstAnswers(['ex_1'], 2);
    expect(found).toEqual([
      {
        ...{ learnerId: 'eve', exerciseUid: 'ex_1', contentVersion: 'v1', isRight: false },
        ...{ chosen: ['eve'], at: day(3) },
      },
      expect.objectContaining({ learnerId: 'bob' }),
    ]);
    expect(await store.selectFirstAnswers(['ex_2'], 2)).toEqual([]);
    expect(await store.selectFirstAnswers([], 2)).toEqual([]);
  });

  it('are those of a Test only when it is over', async () => {
    await sit(false, day(1));
    expect(await store.selectFirstAnswers(['ex_1'], 9)).toEqual([]);
    expect((await store.countAnswers()).size).toBe(0);
    const [open] = await store.selectSittings('ada', null);
    await store.endSitting({ learnerId: 'ada', sitting: open!.id, at: day(2) });
    expect(await store.selectFirstAnswers(['ex_1'], 9)).toMatchObject([
      { learnerId: 'ada', isRight: true, at: day(1) },
    ]);
  });

  it('leave what is too long to have been chosen behind', async () => {
    await store.recordAttempt(newAttempt({ answer: ['x'.repeat(500)] }));
    expect(await store.selectFirstAnswers(['ex_1'], 9)).toMatchObject([{ chosen: null }]);
  });

  it('are counted with all others, by exercise', async () => {
    await store.recordAttempt(newAttempt());
    await store.recordAttempt(newAttempt());
    await store.recordAttempt(newAttempt({ exerciseUid: 'ex_2' }));
    await sit(true, day(9));
    expect(Object.fromEntries(await store.countAnswers())).toEqual({ ex_1: 3, ex_2: 1 });
  });

  it('are the same that the domain finds for each learner, whatever was done', async () => {
    const act = fc.record({
      learnerId: fc.constantFrom('ada', 'bob'),
      does: fc.constantFrom('right', 'wrong', 'hint', 'show', 'again', 'change'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
        for (const learnerId of ['ada', 'bob']) await store.deleteLearner(learnerId);
        let version = 1;
        for (const { learnerId, does } of acts) {
          const [latest] = (await store.selectPractice(learnerId)).slice(-1);
          if (does === 'change') version += 1;
          const contentVersion = `v${version}`;
          const isOld = latest !== undefined && latest.contentVersion !== contentVersion;
          const next = (latest?.number ?? 0) + 1;
          const round = isOld ? next : (latest?.number ?? 1);
          const ref = newRef({ learnerId, contentVersion, round });
          if (does === 'hint') await store.showHint(ref, 2);
          if (does === 'show') await store.endRound(ref, 'shown');
          if (does === 'again') await store.startRound({ ...ref, round: next });
          if (does !== 'right' && does !== 'wrong') continue;
          const helpUsed = isOld ? 0 : (latest?.hintsShown ?? 0);
          await store.recordAttempt(newAttempt({ ...ref, verdict: does, helpUsed }));
        }
        const expected = [];
        for (const learnerId of ['ada', 'bob']) {
          const first = firstUnaided(await store.selectPractice(learnerId));
          if (first) expected.push({ learnerId, isRight: first.verdict === 'right' });
        }
        const found = await store.selectFirstAnswers(['ex_1'], 99);
        expect(
          found
            .map(({ learnerId, isRight }) => ({ learnerId, isRight }))
            .toSorted((a, b) => (a.learnerId < b.learnerId ? -1 : 1)),
        ).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
