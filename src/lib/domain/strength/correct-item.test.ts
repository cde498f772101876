import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceFrom } from '../shuffle.ts';
import { abilities, posteriorOf, priorOfAnybody } from './ability.ts';
import {
  correctItem,
  farthestDiscrimination,
  farthestFromLabel,
  firstEstimate,
  itemOf,
  type ItemEstimate,
} from './correct-item.ts';
import { chanceOfRight, usualDiscrimination, type Item } from './item.ts';

/** What other answers might say of somebody of this ability: it is told to within 0.3. */
function posteriorAround(ability: number): number[] {
  const weights = abilities.map((each) => Math.exp(-0.5 * ((each - ability) / 0.3) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** What becomes of an estimate when learners of known ability answer an exercise that is really so. */
function afterAnswers(truth: Item, count: number): ItemEstimate {
  const next = chanceFrom('correct-item');
  let estimate = firstEstimate('medium');
  for (let number = 0; number < count; number++) {
    const told = (next() - 0.5) * 4;
    const ability = told + 0.3 * (next() + next() + next() + next() - 2) * Math.sqrt(3);
    const isRight = next() < chanceOfRight(truth, ability);
    const posterior = posteriorAround(told);
    estimate = correctItem(estimate, 'medium', truth.guessing, { isRight, posterior });
  }
  return estimate;
}

test('a wrong answer makes it more difficult, a right one less, and each counts less than the one before', () => {
  const first = firstEstimate('medium');
  const wrong = { isRight: false, posterior: priorOfAnybody };
  const once = correctItem(first, 'medium', 0.25, wrong);
  const twice = correctItem(once, 'medium', 0.25, wrong);
  expect(once.difficulty).toBeGreaterThan(first.difficulty);
  expect(twice.difficulty).toBeGreaterThan(once.difficulty);
  expect(twice.difficulty - once.difficulty).toBeLessThan(once.difficulty - first.difficulty);
  const right = correctItem(first, 'medium', 0.25, { isRight: true, posterior: priorOfAnybody });
  expect(right.difficulty).toBeLessThan(first.difficulty);
});

test('from many answers it finds out how difficult an exercise really is', () => {
  const truth = { discrimination: 1.5, difficulty: 0.7, guessing: 0.25 };
  expect(Math.abs(afterAnswers(truth, 800).difficulty - 0.7)).toBeLessThan(0.2);
});

test('from many answers it finds out which exercises tell people apart well', () => {
  const sharp = { discrimination: 2.2, difficulty: 0, guessing: 0.1 };
  const dull = { discrimination: 0.9, difficulty: 0, guessing: 0.1 };
  expect(afterAnswers(sharp, 800).discrimination).toBeGreaterThan(1.7);
  expect(afterAnswers(dull, 800).discrimination).toBeLessThan(1.3);
});

test('an exercise whose difficulty is not known well is taken to tell people apart less well', () => {
  const label = itemOf(firstEstimate('hard'), 0.25);
  expect(label).toMatchObject({ difficulty: 1.2, guessing: 0.25 });
  expect(label.discrimination).toBeLessThan(usualDiscrimination);
  const known = itemOf({ ...firstEstimate('hard'), difficultyPrecision: 1e6 }, 0.25);
  expect(known.discrimination).toBeCloseTo(usualDiscrimination, 4);
});

test('its curve is the mean over the difficulties that it may have', () => {
  const estimate = { ...firstEstimate('medium'), discrimination: 1.8 };
  const item = itemOf(estimate, 0.2);
  const next = chanceFrom('difficulties');
  const spread = 1 / Math.sqrt(estimate.difficultyPrecision);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const drawn = Array.from({ length: 20_000 }, () => spread * normal());
  for (const ability of [-2, -1, 0, 0.5, 1.5]) {
    const chances = drawn.map((difficulty) =>
      chanceOfRight({ discrimination: 1.8, difficulty, guessing: 0.2 }, ability),
    );
    const mean = chances.reduce((sum, each) => sum + each, 0) / chances.length;
    expect(Math.abs(chanceOfRight(item, ability) - mean)).toBeLessThan(0.015);
  }
});

test('whatever is answered, it stays within its bounds and grows surer', () => {
  const abilitiesOf = fc.array(fc.boolean(), { maxLength: 8 }).map((rights) =>
    posteriorOf(
      rights.map((isRight) => ({
        item: { discrimination: 1.5, difficulty: 0, guessing: 0.1 },
        isRight,
      })),
    ),
  );
  const evidence = fc.array(fc.record({ isRight: fc.boolean(), posterior: abilitiesOf }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(evidence, fc.boolean(), (answers, isOneSided) => {
      let estimate = firstEstimate('hard');
      for (const { isRight, posterior } of answers) {
        const before = estimate;
        const given = { isRight: isOneSided ? false : isRight, posterior };
        estimate = correctItem(before, 'hard', 0.25, given);
        expect(Math.abs(estimate.difficulty - 1.2)).toBeLessThanOrEqual(farthestFromLabel + 1e-9);
        const factor = estimate.discrimination / usualDiscrimination;
        expect(factor).toBeGreaterThanOrEqual(1 / farthestDiscrimination);
        expect(factor).toBeLessThanOrEqual(farthestDiscrimination);
        expect(estimate.difficultyPrecision).toBeGreaterThanOrEqual(before.difficultyPrecision);
      }
    }),
    { numRuns: 30 },
  );
});
