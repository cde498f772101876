import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateKeeper, rates, type RateName } from './rate-keeper.ts';

const names = Object.keys(rates) as RateName[];

function keeperAt({ factor = 1, most = 1000 } = {}) {
  const clock = { now: 0 };
  return { clock, keeper: new RateKeeper({ factor, most, now: () => clock.now }) };
}

/** How many of `times` requests pass at once. */
const passed = (keeper: RateKeeper, rate: RateName, who: string, times: number) =>
  Array.from({ length: times }, () => keeper.take([{ rate, who }])).filter((wait) => wait === null)
    .length;

describe('the keeper of rates', () => {
  it.each(names)('lets a burst of "%s" pass, then says when to ask again', (rate) => {
    const { keeper, clock } = keeperAt();
    const { burst } = rates[rate];
    expect(passed(keeper, rate, 'a', burst + 5)).toBe(burst);
    const seconds = keeper.take([{ rate, who: 'a' }]);
    expect(seconds).toBeGreaterThanOrEqual(1);
    clock.now += (seconds ?? 0) * 1000;
    expect(keeper.take([{ rate, who: 'a' }])).toBeNull();
  });

  it('counts each learner and each kind of request apart', () => {
    const { keeper } = keeperAt();
    const { burst } = rates['run by learner'];
    passed(keeper, 'run by learner', 'a', burst);
    expect(passed(keeper, 'run by learner', 'b', 1)).toBe(1);
    expect(passed(keeper, 'write by learner', 'a', 1)).toBe(1);
    expect(passed(keeper, 'run by learner', 'a', 1)).toBe(0);
  });

  it('counts what is refused nowhere', () => {
    const { keeper } = keeperAt();
    passed(keeper, 'run by learner', 'a', rates['run by learner'].burst);
    const both = [
      { rate: 'run by learner', who: 'a' },
      { rate: 'run by address', who: 'x' },
    ] as const;
    for (let n = 0; n < 500; n += 1) expect(keeper.take(both)).not.toBeNull();
    const { burst } = rates['run by address'];
    expect(passed(keeper, 'run by address', 'x', burst + 1)).toBe(burst);
  });

  it('allows a class of forty behind one address, each of whom runs a program every eight seconds', () => {
    const { keeper, clock } = keeperAt();
    for (let second = 0; second < 600; second += 1) {
      clock.now = second * 1000;
      for (let n = second % 8; n < 40; n += 8) {
        const wait = keeper.take([
          { rate: 'run by learner', who: `learner ${n}` },
          { rate: 'run by address', who: 'school' },
        ]);
        expect(wait).toBeNull();
      }
    }
  });

  it('keeps no more than it may, whatever addresses are made up', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 300 }), (addresses) => {
        const { keeper } = keeperAt({ most: 20 });
        for (const who of addresses) {
          keeper.take([
            { rate: 'write by address', who },
            { rate: 'write by learner', who },
          ]);
          keeper.remember(who);
        }
        expect(keeper.size).toBeLessThanOrEqual(20);
      }),
      { numRuns: 50 },
    );
  });

  it('forgets the full before the empty', () => {
    const { keeper } = keeperAt({ most: 6 });
    passed(keeper, 'report by address', 'busy', rates['report by address'].burst);
    for (let n = 0; n < 100; n += 1) passed(keeper, 'report by address', `passer-by ${n}`, 1);
    expect(passed(keeper, 'report by address', 'busy', 1)).toBe(0);
  });

  it('knows the learners it has heard of last', () => {
    const { keeper } = keeperAt({ most: 2 });
    for (const learner of ['a', 'b', 'a', 'c']) keeper.remember(learner);
    expect(['a', 'b', 'c'].filter((learner) => keeper.knows(learner))).toEqual(['a', 'c']);
  });

  it('multiplies all by its factor, and counts nothing with 0', () => {
    const twice = keeperAt({ factor: 2 }).keeper;
    const { burst } = rates['run by learner'];
    expect(passed(twice, 'run by learner', 'a', 5 * burst)).toBe(2 * burst);
    const none = keeperAt({ factor: 0 }).keeper;
    expect(passed(none, 'run by learner', 'a', 5 * burst)).toBe(5 * burst);
    expect(none.size).toBe(0);
  });
});
