import { expect, test } from 'vitest';
import { expectedLoss, lossOf } from '#lib/domain/strength/verdict.ts';
import {
  costs,
  estimateText,
  leastForStrong,
  middleText,
  minute,
  questions,
  rangeText,
  tally,
} from './test-words.ts';

test('the costs that the page names are all that there are', () => {
  const { strongOfWeak, strongOfShaky, weakOfStrong, oneOff, none } = costs;
  expect(lossOf).toEqual({
    strong: { strong: 0, shaky: strongOfShaky, weak: strongOfWeak },
    shaky: { strong: oneOff, shaky: 0, weak: oneOff },
    weak: { strong: weakOfStrong, shaky: oneOff, weak: 0 },
    'not-enough-evidence': { strong: none, shaky: none, weak: none },
  });
});

test('strong is only said where it is as likely as the page says', () => {
  // At this likelihood, and shaky at the least otherwise, it costs as much as to settle nothing.
  const strong = leastForStrong / 100;
  const least = { strong, shaky: 1 - strong, weak: 0 };
  expect(expectedLoss('strong', least)).toBeCloseTo(expectedLoss('not-enough-evidence', least));
});

test('an estimate is told as exercises of a hundred', () => {
  const estimate = { low: 0.617, middle: 0.75, high: 0.881, certainty: 0.9 };
  expect(estimateText(estimate)).toBe('between 62 and 88 of 100 medium exercises');
  expect(rangeText(estimate)).toBe('62 to 88');
  expect(middleText(estimate)).toBe('75');
});

test('the items are counted by how they went, and what there is none of is not named', () => {
  const items = (...verdicts: ('right' | 'wrong' | 'passed')[]) =>
    verdicts.map((verdict) => ({ verdict }));
  expect(tally(items('right', 'passed', 'right', 'wrong'))).toBe(
    '2 right, 1 not right and 1 passed',
  );
  expect(tally(items('passed'))).toBe('1 passed');
});

test('a moment is told with the minute, in UTC', () => {
  expect(minute('2026-11-27T02:40:59.000Z')).toBe('27 Nov 2026, 02:40 UTC');
  expect(minute('soon')).toBe('soon');
});

test('a few questions are counted in words', () => {
  expect([questions(1), questions(10), questions(12)]).toEqual([
    'one question',
    'ten questions',
    '12 questions',
  ]);
});
