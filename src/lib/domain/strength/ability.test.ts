import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  abilities,
  estimateOf,
  posteriorOf,
  priorOfAnybody,
  sharesAbove,
  type ItemAnswer,
} from './ability.ts';

const anItem = fc.record({
  discrimination: fc.double({ min: 0.5, max: 3, noNaN: true }),
  difficulty: fc.double({ min: -2, max: 2, noNaN: true }),
  guessing: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const someAnswers = fc.array(fc.record({ item: anItem, isRight: fc.boolean() }), { maxLength: 12 });

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
const medium = { discrimination: 1.5, difficulty: 0, guessing: 0.25 };

test('of somebody unknown the estimate is the middle, and nine in ten are within 1.64 spreads of it', () => {
  const { ability, low, high } = estimateOf(priorOfAnybody);
  expect(ability).toBeCloseTo(0, 10);
  expect(low).toBeCloseTo(-1.645 * 1.5, 1);
  expect(high).toBeCloseTo(1.645 * 1.5, 1);
});

test('whatever is answered, it stays a distribution and the estimate stays within its interval', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      const posterior = posteriorOf(answers);
      expect(sum(posterior)).toBeCloseTo(1, 9);
      const { ability, low, high } = estimateOf(posterior);
      expect(low).toBeLessThan(ability);
      expect(ability).toBeLessThan(high);
    }),
  );
});

test('a right answer never lowers the estimate, and a wrong one never raises it', () => {
  fc.assert(
    fc.property(someAnswers, anItem, (answers, item) => {
      const before = estimateOf(posteriorOf(answers)).ability;
      const after = (isRight: boolean) =>
        estimateOf(posteriorOf([...answers, { item, isRight }])).ability;
      expect(after(true)).toBeGreaterThanOrEqual(before - 1e-9);
      expect(after(false)).toBeLessThanOrEqual(before + 1e-9);
    }),
  );
});

test('the order of the answers does not matter', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      const forward = posteriorOf(answers);
      const backward = posteriorOf(answers.toReversed());
      for (const [at, share] of forward.entries()) expect(backward[at]).toBeCloseTo(share, 9);
    }),
  );
});

test('the same right answers say less where they could be guessed', () => {
  const five = (guessing: number): ItemAnswer[] =>
    Array.from({ length: 5 }, () => ({ item: { ...medium, guessing }, isRight: true }));
  expect(estimateOf(posteriorOf(five(0.02))).ability).toBeGreaterThan(
    estimateOf(posteriorOf(five(0.5))).ability + 0.2,
  );
});

test('the interval becomes narrower with more answers', () => {
  const widthAfter = (count: number) => {
    const answers = Array.from({ length: count }, (_, at) => ({
      item: medium,
      isRight: at % 3 !== 0,
    }));
    const { low, high } = estimateOf(posteriorOf(answers));
    return high - low;
  };
  expect(widthAfter(10)).toBeLessThan(widthAfter(3));
  expect(widthAfter(3)).toBeLessThan(widthAfter(0));
});

test('an ability at a threshold lies above it by half, those higher wholly, those lower not at all', () => {
  const above = sharesAbove(0);
  const middle = abilities.findIndex((ability) => Math.abs(ability) < 1e-9);
  expect(above[middle]).toBeCloseTo(0.5, 9);
  expect(above[middle + 1]).toBe(1);
  expect(above[middle - 1]).toBe(0);
});
