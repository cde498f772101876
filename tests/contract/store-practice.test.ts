import { describe, expect, it } from 'vitest';
import { longestChosen } from '#lib/domain/practice.ts';
import { engines, newAttempt, newRef } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number)).toISOString();

describe.each(engines)('what a learner practised, read from the store on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  it('has the rounds of an exercise together and oldest first, and the attempts of a round in order', async () => {
    await fresh.store.recordAttempt(
      newAttempt({ exerciseUid: 'ex_b', answer: ['one'], at: day(1) }),
    );
    await fresh.store.recordAttempt(
      newAttempt({ exerciseUid: 'ex_a', answer: ['two'], at: day(2) }),
    );
    await fresh.store.showHint(newRef({ exerciseUid: 'ex_b', at: day(3) }), 2);
    await fresh.store.recordAttempt(
      newAttempt({
        ...{ exerciseUid: 'ex_b', answer: ['three', 'four'], verdict: 'right' },
        ...{ helpUsed: 1, at: day(4) },
      }),
    );
    await fresh.store.startRound(newRef({ exerciseUid: 'ex_b', round: 2, at: day(5) }));
    // Of the next round, though the clock says that it is older.
    await fresh.store.recordAttempt(
      newAttempt({ exerciseUid: 'ex_b', round: 2, answer: ['five'], at: day(1) }),
    );
    await fresh.store.recordAttempt(newAttempt({ learnerId: 'bob', at: day(1) }));

    const wrong = { verdict: 'wrong', helpUsed: 0 };
    const v1 = { contentVersion: 'v1', hintsShown: 0 };
    expect(await fresh.other.selectPractice('ada')).toEqual([
      {
        ...{ ...v1, exerciseUid: 'ex_a', number: 1, ending: null, endedAt: null },
        attempts: [{ ...wrong, number: 1, chosen: ['two'], at: day(2) }],
      },
      {
        ...{ ...v1, exerciseUid: 'ex_b', number: 1, hintsShown: 1 },
        ...{ ending: 'right', endedAt: day(4) },
        attempts: [
          { ...wrong, number: 1, chosen: ['one'], at: day(1) },
          { number: 2, chosen: ['three', 'four'], verdict: 'right', helpUsed: 1, at: day(4) },
        ],
      },
      {
        ...{ ...v1, exerciseUid: 'ex_b', number: 2, ending: null, endedAt: null },
        attempts: [{ ...wrong, number: 1, chosen: ['five'], at: day(1) }],
      },
    ]);
    expect(await fresh.other.selectPractice('nobody')).toEqual([]);
  });

  it('has more than nine rounds and attempts in order of their numbers', async () => {
    for (let round = 1; round <= 11; round += 1) {
      await fresh.store.startRound(newRef({ round }));
      await fresh.store.recordAttempt(newAttempt({ round, verdict: 'right' }));
    }
    await fresh.store.startRound(newRef({ round: 12 }));
    for (let i = 0; i < 11; i += 1) {
      await fresh.store.recordAttempt(newAttempt({ round: 12, attemptsAllowed: null }));
    }
    const rounds = await fresh.store.selectPractice('ada');
    expect(rounds.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(rounds.at(-1)?.attempts.map(({ number }) => number)).toEqual(
      Array.from({ length: 11 }, (_, i) => i + 1),
    );
  });

  it('has what was chosen, but of a typed answer only that there was one', async () => {
    // The brackets and quotes of JSON count.
    const atMost = 'x'.repeat(longestChosen - 4);
    for (const answer of [[atMost], [`${atMost}x`], ['naïve 🐍', '']]) {
      await fresh.store.recordAttempt(newAttempt({ answer }));
    }
    const [round] = await fresh.store.selectPractice('ada');
    expect(round?.attempts).toMatchObject([
      { chosen: [atMost], verdict: 'wrong' },
      { chosen: null, verdict: 'wrong' },
      { chosen: ['naïve 🐍', ''], verdict: 'wrong' },
    ]);
  });

  it('has rounds without an attempt: only hints, given up at once, or just begun', async () => {
    await fresh.store.showHint(newRef({ exerciseUid: 'ex_a' }), 2);
    await fresh.store.endRound(newRef({ exerciseUid: 'ex_b', at: day(2) }), 'shown');
    await fresh.store.startRound(newRef({ exerciseUid: 'ex_b', round: 2 }));
    expect(await fresh.store.selectPractice('ada')).toMatchObject([
      { exerciseUid: 'ex_a', hintsShown: 1, ending: null, attempts: [] },
      { exerciseUid: 'ex_b', number: 1, ending: 'shown', endedAt: day(2), attempts: [] },
      { exerciseUid: 'ex_b', number: 2, ending: null, endedAt: null, attempts: [] },
    ]);
  });

  it('has each round with its attempts of one moment, while more are written', async () => {
    const seen = new Set<number>();
    const writes = Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const exerciseUid = `ex_${i}`;
        return fresh.store.recordAttempt(newAttempt({ exerciseUid, verdict: 'right' }));
      }),
    );
    let isWriting = true;
    void writes.finally(() => (isWriting = false));
    while (isWriting) {
      const rounds = await fresh.other.selectPractice('ada');
      // A round and its right answer are written at once: neither is ever seen without the other.
      expect(rounds.filter(({ ending, attempts }) => ending !== 'right' || !attempts[0])).toEqual(
        [],
      );
      seen.add(rounds.length);
    }
    await writes;
    expect(await fresh.other.selectPractice('ada')).toHaveLength(40);
    expect(seen.size).toBeGreaterThan(0);
  });
});
