import { expect, test } from 'vitest';
import type { MeasurementView } from '../../domain/document-view.ts';
import { amountText, comparedFacts, comparedText, ratioText, spreadText } from './compared.ts';

test.each([
  [0.0427, 'us', '0.0427 µs'],
  [53.46, 'ms', '53.5 ms'],
  [206.4, 'ms', '206 ms'],
  [12345.6, 'queries', '12,346 queries'],
])('%d in %s is %s', (value, unit, text) => {
  expect(amountText(value, unit)).toBe(text);
});

test('the spread names its unit once', () => {
  expect(spreadText({ median: 5, least: 4.5, most: 6.25, runs: 5 }, 'ms')).toBe(
    'from 4.5 to 6.25 ms',
  );
});

test.each([
  [2.93, '2.9'],
  [3, '3'],
  [12229, '12,000'],
])('a ratio of %d is told as %s', (ratio, text) => {
  expect(ratioText(ratio)).toBe(text);
});

test.each([
  ['ms', '“In turn” took 3.1 times as long as “At once”'],
  ['queries', '“In turn” came to 3.1 times “At once”'],
])('what was measured in %s is told by the names of both', (unit, text) => {
  const compare = { unit, before: { label: 'In turn' }, after: { label: 'At once' } };
  expect(comparedText(compare as MeasurementView, '3.1')).toBe(text);
});

test('facts stand side by side by their names, and what one of the two lacks is a dash', () => {
  const compare = {
    before: { values: { at_once: 1, body: { a: 1 } } },
    after: { values: { at_once: 3 } },
  } as unknown as MeasurementView;
  expect(comparedFacts(compare)).toEqual([
    { name: 'at once', before: '1', after: '3' },
    { name: 'body', before: '{"a": 1}', after: '–' },
  ]);
});
