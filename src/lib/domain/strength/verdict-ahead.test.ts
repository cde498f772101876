import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abilities, posteriorOf, type ItemAnswer, type Posterior } from './ability.ts';
import { chanceOfRight, type Item } from './item.ts';
import { leastExpectedLoss, strengthShares } from './verdict.ts';
import { lossAhead } from './verdict-ahead.ts';

const anItem = fc.record({
  discrimination: fc.double({ min: 0.5, max: 3, noNaN: true }),
  difficulty: fc.double({ min: -2, max: 2, noNaN: true }),
  guessing: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const someAnswers = fc.array(fc.record({ item: anItem, isRight: fc.boolean() }), { maxLength: 9 });
const someItems = fc.array(anItem, { minLength: 1, maxLength: 4 });

const lossNow = (posterior: Posterior) => leastExpectedLoss(strengthShares(posterior));

/** By the plainest of means: each answer that can come, weighed by how likely it is. */
function byBruteForce(before: ItemAnswer[], item: Item, next: Item[]): number {
  const posterior = posteriorOf(before);
  const chance = posterior.reduce(
    (sum, share, at) => sum + share * chanceOfRight(item, abilities[at]!),
    0,
  );
  const after = (isRight: boolean): number => {
    const answers = [...before, { item, isRight }];
    if (next.length === 0) return lossNow(posteriorOf(answers));
    return Math.min(...next.map((each) => byBruteForce(answers, each, [])));
  };
  return chance * after(true) + (1 - chance) * after(false);
}

test('what is ahead is the loss after each answer that can come, weighed by how likely it is', () => {
  fc.assert(
    fc.property(someAnswers, anItem, fc.array(anItem, { maxLength: 3 }), (answers, item, next) => {
      const ahead = lossAhead(item, next, posteriorOf(answers));
      expect(ahead).toBeCloseTo(byBruteForce(answers, item, next), 9);
    }),
  );
});

test('one more answer is never expected to make the verdict worse', () => {
  fc.assert(
    fc.property(someAnswers, anItem, someItems, (answers, item, next) => {
      const posterior = posteriorOf(answers);
      const one = lossAhead(item, [], posterior);
      const two = lossAhead(item, next, posterior);
      expect(one).toBeLessThanOrEqual(lossNow(posterior) + 1e-9);
      expect(two).toBeLessThanOrEqual(one + 1e-9);
    }),
  );
});
