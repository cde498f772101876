/**
 * What a press means while blanks are being filled. Tokens and blanks can be pressed in either order;
 * with a single blank a token needs no blank to be pressed at all. Pure: the board keeps the state.
 */
import { empty, place, type Filling } from './filling.ts';

/** What waits for its other half: a token of the bank, or a blank (0-based). */
export type Picked =
  { kind: 'token'; index: number; token: string } | { kind: 'blank'; blank: number } | null;

export interface Board {
  filling: Filling;
  picked: Picked;
}

/** The board after a press, and what is said of it to those who do not see it. */
export interface Pressed extends Board {
  said: string;
}

const nameOf = (blank: number, filling: Filling) => `blank ${blank + 1} of ${filling.length}`;

/** The next empty blank after one, going round; null when there is none. */
function nextEmpty(filling: Filling, after: number): number | null {
  for (let step = 1; step <= filling.length; step += 1) {
    const blank = (after + step) % filling.length;
    if (filling[blank] === null) return blank;
  }
  return null;
}

/** A token of the bank was pressed: it goes where it can only mean, or waits for its blank. */
export function pressToken(board: Board, index: number, token: string): Pressed {
  const { filling, picked } = board;
  if (filling.length === 1) {
    const filled = place(filling, { token, from: null }, 0);
    return { filling: filled, picked: null, said: `${token} placed in ${nameOf(0, filling)}.` };
  }
  if (picked?.kind === 'blank') {
    const filled = place(filling, { token, from: null }, picked.blank);
    const next = nextEmpty(filled, picked.blank);
    const said = `${token} placed in ${nameOf(picked.blank, filling)}.`;
    if (next === null) return { filling: filled, picked: null, said };
    // Token after token: who began with a blank need not go back for the next one.
    const then = `${said} Blank ${next + 1} is next.`;
    return { filling: filled, picked: { kind: 'blank', blank: next }, said: then };
  }
  if (picked?.kind === 'token' && picked.index === index) {
    return { filling, picked: null, said: `${token} put back.` };
  }
  const said = `${token} picked. Now choose a blank.`;
  return { filling, picked: { kind: 'token', index, token }, said };
}

/** A blank was pressed: it takes what waits, or waits itself; pressed again, it gives back its token. */
export function pressBlank(board: Board, blank: number): Pressed {
  const { filling, picked } = board;
  const name = nameOf(blank, filling);
  if (picked?.kind === 'token') {
    const filled = place(filling, { token: picked.token, from: null }, blank);
    return { filling: filled, picked: null, said: `${picked.token} placed in ${name}.` };
  }
  const token = filling[blank] ?? null;
  if (picked?.kind === 'blank' && picked.blank === blank && token !== null) {
    return { filling: empty(filling, blank), picked, said: `${token} taken out of ${name}.` };
  }
  const moving = picked?.kind === 'blank' && picked.blank !== blank ? filling[picked.blank] : null;
  if (picked?.kind === 'blank' && moving) {
    const filled = place(filling, { token: moving, from: picked.blank }, blank);
    return { filling: filled, picked: null, said: `${moving} placed in ${name}.` };
  }
  const then =
    token === null ? 'Now choose a token.' : 'Choose a token, or press again to empty it.';
  const said = `${name[0]?.toUpperCase()}${name.slice(1)} picked. ${then}`;
  return { filling, picked: { kind: 'blank', blank }, said };
}
