import { expect, test } from 'vitest';
import { posteriorOf, priorOfAnybody } from './ability.ts';
import { classInformation } from './information.ts';

const item = (difficulty: number, guessing = 0.1, discrimination = 1.5) => ({
  ...{ discrimination, difficulty, guessing },
});

test('an exercise that all solve, or none, tells nothing', () => {
  expect(classInformation(item(-30), priorOfAnybody)).toBeCloseTo(0, 9);
  expect(classInformation(item(30), priorOfAnybody)).toBeCloseTo(0, 9);
});

test('less is told where it can be guessed, and more where it tells people apart sharply', () => {
  const usual = classInformation(item(0.4), priorOfAnybody);
  expect(classInformation(item(0.4, 0.5), priorOfAnybody)).toBeLessThan(usual);
  expect(classInformation(item(0.4, 0.1, 2.5), priorOfAnybody)).toBeGreaterThan(usual);
});

test('of somebody who solved the medium ones a hard exercise tells more than an easy one', () => {
  const able = posteriorOf(Array.from({ length: 4 }, () => ({ item: item(0), isRight: true })));
  expect(classInformation(item(1.2), able)).toBeGreaterThan(classInformation(item(-1.2), able));
});
