import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedOutput, outputBounds, type OutputStream } from './bounded-output.ts';

function shownOf(...parts: [OutputStream, string][]) {
  const output = new BoundedOutput();
  for (const [stream, text] of parts) output.add(stream, text);
  return output.shown();
}

const joined = (pieces: { text: string }[]) => pieces.map(({ text }) => text).join('');
const lines = (count: number) => Array.from({ length: count }, (_, n) => `${n}\n`).join('');

describe('output that is shown', () => {
  it('is all of it, in order, while it is short; text of one stream stands together', () => {
    expect(
      shownOf(['stdout', 'a'], ['stdout', 'b\n'], ['stderr', 'no\n'], ['stdout', 'c']),
    ).toEqual({
      head: [
        { stream: 'stdout', text: 'ab\n' },
        { stream: 'stderr', text: 'no\n' },
        { stream: 'stdout', text: 'c' },
      ],
      ...{ leftOut: { lines: 0, characters: 0 }, tail: [] },
    });
  });

  it('is its beginning and its end when it has many lines', () => {
    const { head, tail, leftOut } = shownOf(['stdout', lines(1000)]);
    expect(joined(head)).toBe(lines(outputBounds.lines));
    expect(joined(tail).startsWith(`${1000 - outputBounds.lines}\n`)).toBe(true);
    expect(joined(tail).endsWith('999\n')).toBe(true);
    expect(leftOut.lines).toBe(1000 - 2 * outputBounds.lines);
  });

  it('shows what a terminal would obey, and what cannot be seen, as text', () => {
    const { head } = shownOf(['stdout', '\u001b[31mred\u0007 \u202eabc\r\n\tnext\r']);
    expect(joined(head)).toBe('\\x1b[31mred\\x07 \\u202eabc\n\tnext\\r');
  });

  it('does not change once it was shown', () => {
    const output = new BoundedOutput();
    output.add('stdout', 'a');
    const before = output.shown();
    output.add('stdout', 'b');
    expect(joined(before.head)).toBe('a');
  });

  it('stays within its bounds and loses no end, however it comes', () => {
    const part = fc.tuple(
      fc.constantFrom<OutputStream>('stdout', 'stderr'),
      fc.oneof(
        fc.string({ unit: fc.constantFrom('a', '\n', '😀'), maxLength: 40 }),
        fc.nat(3 * outputBounds.lines).map(lines),
        fc.nat(3 * outputBounds.characters).map((length) => 'x'.repeat(length)),
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 300 }), (parts) => {
        const { head, tail, leftOut } = shownOf(...parts);
        const whole = parts.map(([, text]) => text).join('');
        for (const half of [head, tail]) {
          const text = joined(half);
          expect(text.length).toBeLessThanOrEqual(outputBounds.characters);
          expect(text.split('\n').length - 1).toBeLessThanOrEqual(outputBounds.lines);
          expect(half.length).toBeLessThanOrEqual(outputBounds.pieces);
          expect(text.isWellFormed()).toBe(true);
        }
        expect(whole.startsWith(joined(head))).toBe(true);
        expect(whole.endsWith(joined(tail))).toBe(true);
        const shownLines = (joined(head) + joined(tail)).split('\n').length - 1;
        expect(shownLines + leftOut.lines).toBe(whole.split('\n').length - 1);
        const shown = joined(head).length + joined(tail).length;
        expect(shown + leftOut.characters).toBe(whole.length);
      }),
    );
  });
});
