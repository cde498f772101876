import { expect, test } from 'vitest';
import type { ComparedLine } from '../domain/views.ts';
import { isSame, rowsOf } from './compare-rows.ts';

const line = (side: ComparedLine['in'], text: string): ComparedLine => ({
  in: side,
  code: [{ kind: 'text', text, className: '' }],
});
const textOf = (code: ComparedLine['code'] | null) =>
  code?.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('') ?? null;

test('what differs stands beside each other, and what has no match beside nothing', () => {
  const rows = rowsOf([
    line('both', 'a'),
    line('own', 'b'),
    line('own', 'c'),
    line('solution', 'd'),
    line('both', 'e'),
    line('solution', 'f'),
  ]);
  expect(rows.map(({ own, solution, isSame }) => [textOf(own), textOf(solution), isSame])).toEqual([
    ['a', 'a', true],
    ['b', 'd', false],
    ['c', null, false],
    ['e', 'e', true],
    [null, 'f', false],
  ]);
});

test('texts of the same lines are the same', () => {
  expect(isSame([line('both', 'a')])).toBe(true);
  expect(isSame([line('both', 'a'), line('own', 'b')])).toBe(false);
});
