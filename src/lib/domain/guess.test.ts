import { describe, expect, test } from 'vitest';
import { guessBounds, readGuess } from './guess.ts';

const read = (query: string) => readGuess(new URLSearchParams(query));

describe('a guess in an address', () => {
  test.each([
    ['open=4&ms=2500', { open: 4, ms: 2500 }],
    ['open=4', { open: 4, ms: null }],
    ['open=&ms=2500', { open: null, ms: 2500 }],
    ['open=%201%20', { open: 1, ms: null }],
    [`open=${guessBounds.open[1]}&ms=${guessBounds.ms[1]}`, { open: 200, ms: 600_000 }],
  ])('is made by %s', (query, guess) => {
    expect(read(query)).toEqual({ kind: 'made', guess });
  });

  test('is waived, whatever else is written', () => {
    expect(read('guess=none')).toEqual({ kind: 'waived' });
    expect(read('guess=none&open=x')).toEqual({ kind: 'waived' });
  });

  test.each(['', 'scenario=async-waits', 'guess=yes', 'guess='])('is not there in %j', (query) => {
    expect(read(query)).toEqual({ kind: 'none' });
  });

  test.each(['0', '201', '-1', '4.5', '1e2', 'four', '0x4', '99999999999'])(
    'of %s requests is none, and it is said what to write',
    (written) => {
      expect(read(`open=${written}&ms=100`)).toEqual({
        kind: 'wrong',
        problem: 'Requests in the view at once: write a whole number from 1 to 200.',
      });
    },
  );

  test('names all that is wrong with it', () => {
    const { problem } = read('open=201&ms=600001') as { problem: string };
    expect(problem).toContain('from 1 to 200');
    expect(problem).toContain('from 1 to 600000');
  });

  test('of nothing, in a form that was sent, asks for a number', () => {
    expect(read('open=&ms=')).toMatchObject({ kind: 'wrong' });
  });
});
