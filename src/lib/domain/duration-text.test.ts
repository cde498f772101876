import { expect, test } from 'vitest';
import { durationText } from './duration-text.ts';

test.each([
  [0, '0 µs'],
  [87, '87 µs'],
  [1_400, '1.4 ms'],
  [2_000, '2 ms'],
  [9_960, '10 ms'],
  [203_400, '203 ms'],
  [999_600, '1 s'],
  [1_254_000, '1.25 s'],
])('%i microseconds are told as %s', (micros, text) => {
  expect(durationText(micros)).toBe(text);
});
