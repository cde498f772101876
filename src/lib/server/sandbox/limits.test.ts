import { describe, expect, it } from 'vitest';
import { costOf, defaultLimits, limitsOf, limitsProblem, slotsFor } from './limits.ts';

describe('slotsFor', () => {
  const one = costOf(defaultLimits);

  it.each([
    [one, 8, 1],
    [3 * one, 8, 3],
    [9 * one, 2, 2],
    [one - 1, 8, 0],
  ])('makes of %i bytes and %i cores %i slots', (bytes, cores, slots) => {
    expect(slotsFor(bytes, cores)).toBe(slots);
  });
});

describe('limitsProblem', () => {
  it('finds nothing wrong with the default limits', () => {
    expect(limitsProblem(limitsOf(undefined))).toBeNull();
  });

  it.each([
    ...[{ wallMs: 0 }, { files: 1.5 }, { outputBytes: -1 }],
    ...[{ memoryBytes: 1024 }, { diskBytes: 1024 }],
  ])('names the limit in %o', (wrong) => {
    expect(limitsProblem(limitsOf(wrong))).toContain(Object.keys(wrong)[0]);
  });
});
