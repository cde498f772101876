import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countUpTo, firstAfter, lastUpTo } from './step-lists.ts';

test('what is found by halving is what is found by looking at each', () => {
  const ascending = fc.uniqueArray(fc.nat(50)).map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(ascending, fc.nat(60), (numbers, step) => {
      expect(countUpTo(numbers, step)).toBe(numbers.filter((each) => each <= step).length);
      expect(lastUpTo(numbers, step)).toBe(numbers.findLast((each) => each <= step) ?? null);
      expect(firstAfter(numbers, step)).toBe(numbers.find((each) => each > step) ?? null);
    }),
  );
});

test('where nothing is listed nothing is found', () => {
  expect(lastUpTo(undefined, 3)).toBeNull();
  expect(firstAfter(undefined, 3)).toBeNull();
});
