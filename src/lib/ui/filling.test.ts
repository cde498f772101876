import { describe, expect, it } from 'vitest';
import type { AttemptView, RoundView } from '../domain/views.ts';
import { alreadyTried, empty, marks, place } from './filling.ts';

const nothingSaid = { says: [], unmet: null, brokenStep: null, evidence: null, unshown: null };

function attempt(answer: string[], rightBlanks: boolean[]): AttemptView {
  const verdict = rightBlanks.every(Boolean) ? 'right' : 'wrong';
  return { number: 1, answer, verdict, rightBlanks, ...nothingSaid };
}

function roundWith(attempts: AttemptView[]): RoundView {
  return {
    number: 1,
    attemptsAllowed: 3,
    attempts,
    ending: null,
    hints: [],
    hintsLeft: 0,
    solution: null,
  };
}

describe('a filling', () => {
  it('takes a token of the bank in place of what was there, and in several blanks', () => {
    const once = place([null, 'b'], { token: 'a', from: null }, 1);
    expect(once).toEqual([null, 'a']);
    expect(place(once, { token: 'a', from: null }, 0)).toEqual(['a', 'a']);
  });

  it('changes places when a token is moved from one blank to another', () => {
    expect(place(['a', 'b'], { token: 'a', from: 0 }, 1)).toEqual(['b', 'a']);
    expect(place(['a', null], { token: 'a', from: 0 }, 1)).toEqual([null, 'a']);
    expect(place(['a', 'b'], { token: 'a', from: 0 }, 0)).toEqual(['a', 'b']);
  });

  it('can be emptied blank by blank', () => {
    expect(empty(['a', 'b'], 1)).toEqual(['a', null]);
  });

  it('keeps a mark only while the judged token stands where it stood', () => {
    const round = roundWith([attempt(['a', 'b'], [true, false])]);
    expect(marks(['a', 'b'], round)).toEqual(['right', 'wrong']);
    expect(marks(['a', 'c'], round)).toEqual(['right', null]);
    expect(marks([null, 'b'], round)).toEqual([null, 'wrong']);
    expect(marks(['a', 'b'], roundWith([]))).toEqual([null, null]);
  });

  it('knows an answer that was given before in the round', () => {
    const round = roundWith([attempt(['a', 'b'], [true, false])]);
    expect(alreadyTried(['a', 'b'], round)).toBe(true);
    expect(alreadyTried(['b', 'a'], round)).toBe(false);
    expect(alreadyTried(['a', 'b'], roundWith([]))).toBe(false);
  });
});
