import { expect, test } from 'vitest';
import { toPlainText, toProse } from './prose.ts';

test('code spans stand apart from the words around them', () => {
  expect(toProse('Call `aget` and `await` it.')).toEqual([
    { text: 'Call ', code: false },
    { text: 'aget', code: true },
    { text: ' and ', code: false },
    { text: 'await', code: true },
    { text: ' it.', code: false },
  ]);
});

test('a text that begins with code has no empty part before it', () => {
  expect(toProse('`get` blocks')).toEqual([
    { text: 'get', code: true },
    { text: ' blocks', code: false },
  ]);
  expect(toPlainText(toProse('`get` blocks'))).toBe('get blocks');
});
