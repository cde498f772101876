import { describe, expect, it } from 'vitest';
import {
  answerWith,
  indentAfter,
  moveBy,
  placedOf,
  placeText,
  putAt,
  takeOut,
  type Placed,
} from './order-lines.ts';

const lines = (...ids: string[]): Placed[] => ids.map((id) => ({ id, indent: 0 }));
const ids = (placed: Placed[]) => placed.map(({ id }) => id).join('');

describe('the lines of an order', () => {
  it('are an answer with an empty text for each place that is left, and back', () => {
    const placed = [{ id: 'l_a:b', indent: 2 }];
    expect(answerWith(placed, 3)).toEqual(['2:l_a:b', '', '']);
    expect(placedOf(['', '2:l_a:b', ''])).toEqual(placed);
  });

  it('come between others, and move without being there twice', () => {
    expect(ids(putAt(lines('a', 'b'), { id: 'c', indent: 0 }, 1))).toBe('acb');
    expect(ids(putAt(lines('a', 'b'), { id: 'c', indent: 0 }, 9))).toBe('abc');
    expect(ids(putAt(lines('a', 'b', 'c'), { id: 'a', indent: 0 }, 2))).toBe('bca');
    expect(putAt(lines('a'), { id: 'a', indent: 2 }, 0)).toEqual([{ id: 'a', indent: 2 }]);
  });

  it('move and are indented as far as there is room', () => {
    const placed = lines('a', 'b', 'c');
    expect(ids(moveBy(placed, 'b', { places: -1 }, 3))).toBe('bac');
    expect(ids(moveBy(placed, 'a', { places: -1 }, 3))).toBe('abc');
    expect(ids(moveBy(placed, 'c', { places: 1 }, 3))).toBe('abc');
    expect(moveBy(placed, 'b', { steps: 1 }, 3)[1]).toEqual({ id: 'b', indent: 1 });
    expect(moveBy(placed, 'b', { steps: -1 }, 3)[1]).toEqual({ id: 'b', indent: 0 });
    expect(moveBy([{ id: 'a', indent: 3 }], 'a', { steps: 1 }, 3)[0]?.indent).toBe(3);
    expect(moveBy(placed, 'z', { places: 1 }, 3)).toEqual(placed);
  });

  it('are taken out, and the others close up', () => {
    expect(ids(takeOut(lines('a', 'b', 'c'), 'b'))).toBe('ac');
  });

  it('begin as deep as an editor would put them', () => {
    expect(indentAfter(undefined, 3)).toBe(0);
    expect(indentAfter({ id: 'a', indent: 1, text: 'if x:' }, 3)).toBe(2);
    expect(indentAfter({ id: 'a', indent: 3, text: 'if x:' }, 3)).toBe(3);
    expect(indentAfter({ id: 'a', indent: 1, text: 'use(x)' }, 3)).toBe(1);
  });

  it('say where they stand', () => {
    const placed = [...lines('a'), { id: 'b', indent: 1 }];
    expect(placeText(placed, 'b', 4)).toBe('line 2 of 4, indent 1');
    expect(placeText(placed, 'c', 4)).toBe('not in the program');
  });
});
