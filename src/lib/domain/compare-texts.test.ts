import { expect, test } from 'vitest';
import { compareTexts, uncoloured } from './compare-texts.ts';

const compared = (own: string, solution: string) =>
  compareTexts(own, solution, uncoloured).map(({ in: side, code }) => {
    const [first] = code;
    return `${side} ${first?.kind === 'text' ? first.text : ''}`;
  });

test('lines are in both texts or in one of them, in the order in which they stand', () => {
  expect(compared('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
    'both a',
    'own b',
    'solution x',
    'both c',
    'solution d',
  ]);
});

test('what nobody can see makes no difference', () => {
  expect(compared('a  \n\nb\n\n\n', 'a\n\nb')).toEqual(['both a', 'both ', 'both b']);
});

test('each text is coloured as a whole', () => {
  const asked: string[] = [];
  compareTexts('a\nb', 'a\nc', (text) => {
    asked.push(text);
    return uncoloured(text);
  });
  expect(asked).toEqual(['a\nb', 'a\nc']);
});
