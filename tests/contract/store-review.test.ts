import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewReviewDraw } from '#lib/server/store/port.ts';
import { engines, newAttempt, newRef, takeBack } from './store-engines.ts';
import { freshStoresOn } from './two-stores.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

const newDraw = (change: Partial<NewReviewDraw> = {}): NewReviewDraw => ({
  ...{ learnerId: 'ada', day: 20_454, card: 'a/b/c#orm', exerciseUid: 'ex_1' },
  ...{ contentVersion: 'v1', round: 1, at: at(1), ...change },
});

const on = (day: number) => ({ from: day, to: day });

/** As it is kept. */
function keptOf({ learnerId: _, at: drawnAt, ...draw }: NewReviewDraw) {
  return { ...draw, drawnAt };
}

describe.each(engines)('the store of review draws on $name', (engine) => {
  const fresh = freshStoresOn(engine);

  it('keeps the first draw of a card and day, and tells it to whoever draws after', async () => {
    expect(await fresh.store.drawReview(newDraw(), null)).toEqual(keptOf(newDraw()));
    const late = newDraw({ exerciseUid: 'ex_2', round: 3, at: at(2) });
    expect(await fresh.other.drawReview(late, null)).toEqual(keptOf(newDraw()));
    expect(await fresh.store.selectReviewDraws('ada', on(20_454))).toEqual([keptOf(newDraw())]);
  });

  it('knows days, cards and learners apart, and tells a day’s draws as they were drawn', async () => {
    const draws = [
      newDraw({ at: at(2) }),
      newDraw({ card: 'a/b/c#gains', exerciseUid: 'ex_2', at: at(3) }),
      newDraw({ day: 20_453, at: at(1) }),
    ];
    for (const draw of draws) await fresh.store.drawReview(draw, null);
    await fresh.store.drawReview(newDraw({ learnerId: 'bob' }), null);
    const [first, second, before] = draws.map(keptOf);
    expect(await fresh.other.selectReviewDraws('ada', on(20_454))).toEqual([first, second]);
    expect(await fresh.other.selectReviewDraws('ada', on(20_453))).toEqual([before]);
    const all = { from: 20_453, to: 20_455 };
    expect(await fresh.other.selectReviewDraws('ada', all)).toEqual([before, first, second]);
    expect(await fresh.other.selectReviewDraws('eve', on(20_454))).toEqual([]);
  });

  it('opens the round in which it is asked, once the one before is over', async () => {
    await fresh.store.recordAttempt(newAttempt({ verdict: 'right' }));
    await Promise.all(
      [fresh.store, fresh.other, fresh.store].map((each) =>
        each.drawReview(newDraw({ round: 2 }), null),
      ),
    );
    const [first, second, ...others] =
      (await fresh.store.selectRounds('ada', ['ex_1'])).get('ex_1') ?? [];
    expect(first).toMatchObject({ number: 1, ending: 'right' });
    expect(second).toMatchObject({ number: 2, ending: null, attempts: [] });
    expect(others).toEqual([]);
  });

  it('goes on with a round that is open, and begins none before it is answered', async () => {
    await fresh.store.drawReview(newDraw(), null);
    expect(await fresh.store.selectRounds('ada', ['ex_1'])).toEqual(new Map());
    await fresh.store.showHint(newRef({ exerciseUid: 'ex_2' }), 1);
    await fresh.store.drawReview(newDraw({ card: 'a/b/c#gains', exerciseUid: 'ex_2' }), null);
    expect((await fresh.store.selectRounds('ada', ['ex_2'])).get('ex_2')).toMatchObject([
      { number: 1, hintsShown: 1, ending: null },
    ]);
  });

  it('draws anew in place of what cannot be asked any more, unless that was done already', async () => {
    const gone = newDraw();
    await fresh.store.drawReview(gone, null);
    const anew = newDraw({ exerciseUid: 'ex_2', at: at(2) });
    expect(await fresh.store.drawReview(anew, gone)).toEqual(keptOf(anew));
    const late = newDraw({ exerciseUid: 'ex_3', at: at(3) });
    expect(await fresh.other.drawReview(late, gone)).toEqual(keptOf(anew));
  });

  it('marks what was done anew whenever any of it changes, and only then', async () => {
    const marks = [await fresh.store.markPractice('ada')];
    const changes = [
      () => fresh.store.recordAttempt(newAttempt()),
      () => fresh.store.showHint(newRef(), 2),
      () => fresh.store.endRound(newRef(), 'attempts'),
      () => fresh.store.endRound(newRef(), 'shown'),
      () => fresh.store.startRound(newRef({ round: 2 })),
      () => fresh.store.deleteLearner('ada'),
      () => fresh.store.recordAttempt(newAttempt()),
    ];
    for (const change of changes) {
      await change();
      marks.push(await fresh.other.markPractice('ada'));
      expect(await fresh.store.markPractice('ada')).toBe(marks.at(-1));
    }
    await fresh.store.recordAttempt(newAttempt({ learnerId: 'bob' }));
    expect(await fresh.store.markPractice('ada')).toBe(marks.at(-1));
    // Deleted, it is as it was at first.
    expect(new Set(marks).size).toBe(marks.length - 1);
  });

  it('exports and deletes draws with the learner, and nobody else’s', async () => {
    await fresh.store.drawReview(newDraw(), null);
    await fresh.store.drawReview(newDraw({ learnerId: 'bob' }), null);
    expect(await fresh.store.exportLearner('ada')).toMatchObject({ draws: [keptOf(newDraw())] });
    await fresh.store.deleteLearner('ada');
    expect(await fresh.place.query('select learner_id from review_draws')).toEqual([
      { learner_id: 'bob' },
    ]);
  });

  it('is added to a database of the version before', async () => {
    await fresh.store.recordAttempt(newAttempt());
    await fresh.reopenAfter(() => takeBack(fresh.place, '007-review-draws'));
    await fresh.store.drawReview(newDraw(), null);
    expect(await fresh.other.selectReviewDraws('ada', on(20_454))).toHaveLength(1);
    expect(await fresh.other.selectPractice('ada')).toHaveLength(1);
  });

  it('asks each card with one exercise a day, whatever devices, reloads and clocks do', async () => {
    let learners = 0;
    const draw = fc.record({
      day: fc.constantFrom(20_453, 20_454, 20_455),
      card: fc.constantFrom('a/b/c#orm', 'a/b/c#gains'),
      exerciseUid: fc.constantFrom('ex_1', 'ex_2', 'ex_3'),
      round: fc.constantFrom(1, 2),
      at: fc.constantFrom(at(1), at(2), at(30)),
    });
    const step = fc.array(draw, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        learners += 1;
        const learnerId = `learner-${learners}`;
        const first = new Map<string, unknown>();
        for (const drawn of steps) {
          // At once, on two devices in turn.
          const told = await Promise.all(
            drawn.map((each, index) => {
              return [fresh.store, fresh.other][index % 2]!.drawReview(
                newDraw({ ...each, learnerId }),
                null,
              );
            }),
          );
          for (const each of told) {
            const name = `${each.day} ${each.card}`;
            if (!first.has(name)) first.set(name, each);
            expect(each).toEqual(first.get(name));
          }
        }
        const kept = await fresh.other.selectReviewDraws(learnerId, { from: 20_453, to: 20_455 });
        expect(kept).toHaveLength(first.size);
        expect(new Set(kept)).toEqual(new Set(first.values()));
      }),
      { numRuns: 40 },
    );
  });
});
