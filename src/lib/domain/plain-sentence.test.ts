import { describe, expect, it } from 'vitest';
import { plainSentence, plainWarning } from './plain-sentence.ts';

// How the runtime words each common error is held against this in tests/contract/plain-sentences.test.ts.
describe('a plain sentence', () => {
  it('names what the message names', () => {
    const error = { type: 'NameError', message: "name 'usr' is not defined" };
    expect(plainSentence(error)).toMatch(/^Nothing is called `usr` at this point/);
  });

  it('is said of an error without a message', () => {
    expect(plainSentence({ type: 'TimeoutError', message: '' })).toMatch(/took longer/);
  });

  it.each([
    ['a type that is not common', { type: 'ShopClosed', message: "name 'x' is not defined" }],
    ['a common type with words of its own', { type: 'TypeError', message: 'no such shop' }],
    ['a type that only begins like one', { type: 'SyntaxErrors', message: 'x' }],
  ])('is not made up for %s', (_, error) => {
    expect(plainSentence(error)).toBeNull();
  });

  it('keeps its code spans, whatever a program calls things', () => {
    const name = `\`${'x'.repeat(500)}`;
    const says = plainSentence({ type: 'NameError', message: `name '${name}' is not defined` });
    expect(says?.split('`')).toHaveLength(3);
    expect(says?.length).toBeLessThan(250);
    const dollars = plainSentence({ type: 'NameError', message: "name '$1$&' is not defined" });
    expect(dollars).toContain('`$1$&`');
  });
});

describe('a plain warning', () => {
  it('names the coroutine that nobody awaited, when Python says so', () => {
    const stderr = "x.py:2: RuntimeWarning: coroutine 'rate' was never awaited\n  rate()\n";
    expect(plainWarning(stderr)).toContain('`rate` was called and not awaited');
    expect(plainWarning("coroutine 'rate' was awaited")).toBeNull();
  });
});
