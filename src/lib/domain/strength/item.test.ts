import { expect, test } from 'vitest';
import { chanceOfRight, labelledDifficulty, usualDiscrimination } from './item.ts';

const item = { discrimination: 1.5, difficulty: 0.4, guessing: 0.25 };

test('who knows nothing is right by luck alone, and who knows all is right', () => {
  expect(chanceOfRight(item, -Infinity)).toBe(0.25);
  expect(chanceOfRight(item, Infinity)).toBe(1);
});

test('at the difficulty one in two can solve it, and of the others luck helps some', () => {
  expect(chanceOfRight(item, 0.4)).toBeCloseTo(0.25 + 0.75 * 0.5, 12);
});

test('somebody who solves half of the medium exercises solves most easy ones and few hard ones', () => {
  const solved = (label: 'easy' | 'medium' | 'hard') =>
    chanceOfRight(
      { discrimination: usualDiscrimination, difficulty: labelledDifficulty(label), guessing: 0 },
      0,
    );
  expect(solved('medium')).toBe(0.5);
  expect(solved('easy')).toBeCloseTo(0.858, 3);
  expect(solved('hard')).toBeCloseTo(0.142, 3);
});
