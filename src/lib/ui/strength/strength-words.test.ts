import { expect, test } from 'vitest';
import { expectedLoss, lossOf } from '../../domain/strength/verdict.ts';
import type { StrengthPoint } from '../../domain/strength/strength-view.ts';
import { historyText, restsOn } from './panel-words.ts';
import { costs, leastForStrong } from './rule-words.ts';
import { estimateText, leftText, middleText, rangeText } from './strength-words.ts';

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

test('what an ability rests on is told: a test, or first answers only', () => {
  expect(restsOn({ answers: 12, hasTest: true })).toMatch(/^It rests on 12 answers: .*newest test/);
  expect(restsOn({ answers: 1, hasTest: false })).toMatch(/^It rests on 1 answer: a first one,/);
  expect(leftText({ left: 0.836 })).toBe('84 %');
});

test('a history is told in a sentence: where it began, and where it has come to', () => {
  const estimate = { low: 0.1, middle: 0.2, high: 0.3, certainty: 0.9 };
  const point = (date: string, verdict: 'weak' | 'strong' | null): StrengthPoint => ({
    ...{ date, memory: null },
    ability: verdict && { verdict, estimate, answers: 1, hasTest: false },
  });
  const [begun, helped, end] = [
    point('2026-01-01', 'weak'),
    point('2026-01-02', null),
    point('2026-01-09', 'strong'),
  ];
  expect(historyText([begun, helped, end])).toBe(
    '3 days of practice: on 1 Jan 2026 weak, on 9 Jan 2026 strong. The table below has each day.',
  );
  expect(historyText([begun])).toBe('1 day of practice: on 1 Jan 2026 weak.');
  expect(historyText([helped])).toBe('1 day of practice.');
});
