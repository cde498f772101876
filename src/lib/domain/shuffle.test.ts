import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shuffled } from './shuffle.ts';

test('a shuffle keeps every item and leaves its input alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
      const before = [...items];
      const result = shuffled(items, seed);
      expect(items).toEqual(before);
      expect([...result].sort((a, b) => a - b)).toEqual(before.sort((a, b) => a - b));
    }),
  );
});

test('the same learner sees the same order, and learners differ', () => {
  const items = ['a', 'b', 'c', 'd'];
  expect(shuffled(items, 'learner 1 ex_1')).toEqual(shuffled(items, 'learner 1 ex_1'));
  const orders = new Set(
    Array.from({ length: 200 }, (_, n) => shuffled(items, `learner ${n}`).join('')),
  );
  expect(orders.size).toBe(24);
});

test('every item comes first about equally often', () => {
  const firsts = new Map<string, number>();
  for (let n = 0; n < 4000; n++) {
    const first = shuffled(['a', 'b', 'c', 'd'], `learner-${n} ex_7f3k2m`)[0]!;
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
  }
  for (const count of firsts.values()) expect(count).toBeGreaterThan(850);
  expect(firsts.size).toBe(4);
});
