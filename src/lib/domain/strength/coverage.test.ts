import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difficulties } from '../exercise.ts';
import { needsOf, shortfallOf, shortfallsAfter, type CoverageItem } from './coverage.ts';

const anItem = fc.record({
  objective: fc.constantFrom('a', 'b', 'c'),
  difficulty: fc.constantFrom(...difficulties),
  variant: fc.constantFrom('p', 'q', 'r', 's', 't', 'u'),
});
const aPool = fc.array(anItem, { minLength: 1, maxLength: 7 });

/** The shortfall by the plainest of means: every way to draw. */
function byBruteForce(pool: CoverageItem[], drawn: CoverageItem[], slots: number): number {
  const taken = new Set(drawn.map(({ variant }) => variant));
  const free = pool.filter(({ variant }) => !taken.has(variant));
  const { objectives, difficulties: left } = needsOf(pool, drawn);
  const unmet = objectives.length + left.reduce((sum, { count }) => sum + count, 0);
  if (slots === 0 || free.length === 0) return unmet + slots;
  return Math.min(...free.map((each) => byBruteForce(pool, [...drawn, each], slots - 1)));
}

test('the search finds the least shortfall that there is', () => {
  fc.assert(
    fc.property(aPool, fc.integer({ min: 0, max: 4 }), (pool, slots) => {
      expect(shortfallOf(needsOf(pool, []), pool, slots)).toBe(byBruteForce(pool, [], slots));
    }),
  );
});

test('after each exercise the shortfall is what is left when it is drawn', () => {
  fc.assert(
    fc.property(aPool, fc.integer({ min: 1, max: 4 }), (pool, slots) => {
      const found = shortfallsAfter(needsOf(pool, []), pool, slots);
      expect(found).toEqual(pool.map((each) => byBruteForce(pool, [each], slots - 1)));
      expect(Math.min(...found)).toBe(shortfallOf(needsOf(pool, []), pool, slots));
    }),
  );
});

test('the only exercise of an objective is kept for it, and its variant is not drawn', () => {
  const pool: CoverageItem[] = [
    { objective: 'a', difficulty: 'easy', variant: 'p' },
    { objective: 'a', difficulty: 'easy', variant: 'q' },
    { objective: 'b', difficulty: 'easy', variant: 'q' },
  ];
  const [good, bad, only] = shortfallsAfter(needsOf(pool, []), pool, 2);
  expect(good).toBe(0);
  expect(bad).toBeGreaterThan(0);
  expect(only).toBe(0);
});
