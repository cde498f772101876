import { describe, expect, test } from 'vitest';
import { parseInequality } from './parse-inequality.ts';

const open = { scenario: 'async-waits', measure: 'open' };
const rate = { scenario: 'async-waits', measure: 'per-second' };
const other = { scenario: 'sync-4', measure: 'per-second' };

describe('a claim', () => {
  test.each([
    ['async-waits.open == 20', { left: open, compared: '==', factor: 20, right: null }],
    ['  async-waits.open<=0.5 ', { left: open, compared: '<=', factor: 0.5, right: null }],
    [
      'async-waits.per-second >= 3 * sync-4.per-second',
      { left: rate, compared: '>=', factor: 3, right: other },
    ],
    [
      'async-waits.per-second>=2.5*sync-4.per-second',
      { left: rate, compared: '>=', factor: 2.5, right: other },
    ],
    [
      'async-waits.per-second <= sync-4.per-second',
      { left: rate, compared: '<=', factor: 1, right: other },
    ],
    [
      '4.open == 4.answered',
      {
        ...{ left: { scenario: '4', measure: 'open' }, compared: '==', factor: 1 },
        right: { scenario: '4', measure: 'answered' },
      },
    ],
  ])('is read: %s', (text, read) => {
    expect(parseInequality(text)).toEqual(read);
  });

  test.each([
    '',
    'async-waits.open',
    'async-waits.open = 20',
    'async-waits.open > 20',
    'async-waits.open != 20',
    'open == 20',
    '20 == async-waits.open',
    'async-waits.open == -1',
    'async-waits.open == 1e9',
    'async-waits.open == 20 or True',
    'async-waits.per-second >= sync-4.per-second * 3',
    'async-waits.per-second >= 3 sync-4.per-second',
    'async-waits.per-second >= 3 * sync-4.per-second + 1',
    'async-waits.per-second >= 3 * 2',
    'a.open == 1 == 1',
    'a.open() == 1',
  ])('of another form is none: %j', (text) => {
    expect(parseInequality(text)).toBeNull();
  });

  test('that is very long takes no time to be refused', () => {
    expect(parseInequality(`${'a-'.repeat(50_000)}.open == 1 x`)).toBeNull();
  });
});
