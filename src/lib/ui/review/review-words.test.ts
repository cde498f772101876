import { expect, test } from 'vitest';
import { nextText } from './review-words.ts';

test('when questions come again is said in days, with the date', () => {
  expect(nextText({ date: '2026-11-27', inDays: 1, cards: 1 })).toBe(
    'The next question comes tomorrow.',
  );
  expect(nextText({ date: '2026-11-29', inDays: 3, cards: 4 })).toBe(
    'The next 4 questions come in 3 days, on 29 Nov 2026.',
  );
});
