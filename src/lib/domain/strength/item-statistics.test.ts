import fc from 'fast-check';
import { expect, test } from 'vitest';
import { itemStatistics, type FirstAnswer } from './item-statistics.ts';

const answersOf = (count: number, make: (at: number) => Partial<FirstAnswer>): FirstAnswer[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ isRight: false, chosen: null, otherwise: 0 },
    ...make(at),
  }));

test('from a handful of answers no figure is given', () => {
  const { answers, right, discrimination } = itemStatistics(
    answersOf(6, (at) => ({ isRight: at < 3, otherwise: at })),
    [],
  );
  expect(answers).toBe(6);
  expect(right).toBeNull();
  expect(discrimination).toBeNull();
});

test('the share of right answers comes with the interval of Wilson', () => {
  const { right } = itemStatistics(
    answersOf(20, (at) => ({ isRight: at < 15 })),
    [],
  );
  expect(right?.value).toBe(0.75);
  expect(right?.low).toBeCloseTo(0.531, 3);
  expect(right?.high).toBeCloseTo(0.888, 3);
});

test('an exercise that the able answer right has a high discrimination, one that they get wrong a negative one', () => {
  const able = itemStatistics(
    answersOf(60, (at) => ({ isRight: at >= 30, otherwise: at })),
    [],
  );
  expect(able.discrimination?.value).toBeCloseTo(0.866, 2);
  expect(able.discrimination?.low).toBeGreaterThan(0.7);
  const broken = itemStatistics(
    answersOf(60, (at) => ({ isRight: at < 30, otherwise: at })),
    [],
  );
  expect(broken.discrimination?.high).toBeLessThan(0);
});

test('where all answers are alike there is no discrimination', () => {
  const { discrimination } = itemStatistics(
    answersOf(60, (at) => ({ isRight: true, otherwise: at })),
    [],
  );
  expect(discrimination).toBeNull();
});

test('a distractor that nobody takes is dead only once enough have not taken it', () => {
  const states = (count: number) =>
    itemStatistics(
      answersOf(count, (at) => ({ chosen: at % 2 ? 'right' : 'taken' })),
      ['taken', 'left'],
    ).distractors.map(({ state }) => state);
  expect(states(0)).toEqual(['open', 'open']);
  expect(states(30)).toEqual(['alive', 'open']);
  expect(states(100)).toEqual(['alive', 'dead']);
});

test('all figures stay within their bounds, and each within its interval', () => {
  const answer = fc.record({
    isRight: fc.boolean(),
    chosen: fc.constantFrom('a', 'b', null),
    otherwise: fc.double({ min: -5, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 80 }), (answers) => {
      const { right, discrimination, distractors } = itemStatistics(answers, ['a', 'b']);
      for (const figure of [right, discrimination, ...distractors.map(({ share }) => share)]) {
        if (figure === null) continue;
        expect(figure.low).toBeLessThanOrEqual(figure.value + 1e-9);
        expect(figure.high).toBeGreaterThanOrEqual(figure.value - 1e-9);
        expect(figure.low).toBeGreaterThanOrEqual(-1);
        expect(figure.high).toBeLessThanOrEqual(1);
      }
    }),
  );
});
