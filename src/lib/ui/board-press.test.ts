import { describe, expect, it } from 'vitest';
import { pressBlank, pressToken, type Board, type Pressed } from './board-press.ts';

const start = (...filling: Board['filling']): Board => ({ filling, picked: null });
const token = (board: Board, index: number) => pressToken(board, index, 'abc'[index] ?? '?');

describe('pressing, with a single blank', () => {
  it('puts a token in at once, and another in its place', () => {
    const once = token(start(null), 0);
    expect(once).toMatchObject({ filling: ['a'], picked: null });
    expect(token(once, 1)).toMatchObject({ filling: ['b'], picked: null });
  });

  it('keeps the token of those who press the blank after it, as with several blanks', () => {
    const both = pressBlank(token(start(null), 0), 0);
    expect(both.filling).toEqual(['a']);
  });

  it('takes the blank first as well', () => {
    expect(token(pressBlank(start(null), 0), 2).filling).toEqual(['c']);
  });

  it('gives the token back when the blank is pressed twice', () => {
    const twice = pressBlank(pressBlank(start('a'), 0), 0);
    expect(twice).toMatchObject({ filling: [null], said: 'a taken out of blank 1 of 1.' });
  });
});

describe('pressing, with several blanks', () => {
  it('lets a token wait for the blank that is pressed next', () => {
    const waiting = token(start(null, null), 0);
    expect(waiting).toMatchObject({ filling: [null, null], picked: { kind: 'token', index: 0 } });
    expect(pressBlank(waiting, 1)).toMatchObject({ filling: [null, 'a'], picked: null });
  });

  it('puts a waiting token back when it is pressed again, and takes another instead', () => {
    const waiting = token(start(null, null), 0);
    expect(token(waiting, 0).picked).toBeNull();
    expect(token(waiting, 1).picked).toMatchObject({ index: 1 });
  });

  it('goes on to the next empty blank, so that one blank and then tokens fill them all', () => {
    let board: Pressed = pressBlank(start(null, 'b', null), 2);
    board = token(board, 0);
    expect(board).toMatchObject({ filling: [null, 'b', 'a'], picked: { blank: 0 } });
    expect(board.said).toBe('a placed in blank 3 of 3. Blank 1 is next.');
    expect(token(board, 2)).toMatchObject({ filling: ['c', 'b', 'a'], picked: null });
  });

  it('moves and swaps what stands in a blank', () => {
    expect(pressBlank(pressBlank(start('a', null), 0), 1).filling).toEqual([null, 'a']);
    expect(pressBlank(pressBlank(start('a', 'b'), 0), 1)).toMatchObject({
      filling: ['b', 'a'],
      picked: null,
    });
  });

  it('keeps an empty blank picked when it is pressed again, and picks another instead', () => {
    const picked = pressBlank(start(null, null), 0);
    expect(pressBlank(picked, 0).picked).toEqual({ kind: 'blank', blank: 0 });
    expect(pressBlank(picked, 1).picked).toEqual({ kind: 'blank', blank: 1 });
  });

  it('lets a token stand in several blanks', () => {
    const first = pressBlank(token(start(null, null), 0), 0);
    expect(pressBlank(token(first, 0), 1).filling).toEqual(['a', 'a']);
  });
});
