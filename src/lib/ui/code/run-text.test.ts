import { describe, expect, it } from 'vitest';
import { noOutput } from './bounded-output.ts';
import { announcedEnd, cutText, endText, isFailed, leftOutText } from './run-text.ts';
import type { ToldResult } from './run-stream.ts';

const result = {
  ...{ outcome: 'finished', exit: 0, error: null, truncated: { stdout: false, stderr: false } },
  ...{ usage: { wallMs: 10 }, limits: { outputBytes: 65_536 } },
} as ToldResult;
const ended = { kind: 'result', result } as const;
const printed = (text: string) => ({ ...noOutput, head: [{ stream: 'stdout' as const, text }] });

describe('what is said of a run', () => {
  it('that was refused is what the site says of it', () => {
    expect(endText({ kind: 'refused', says: 'Send less.' })).toBe('Send less.');
  });

  it('is bad news when it did not come to a good end of its own', () => {
    expect(isFailed(ended)).toBe(false);
    expect(isFailed({ kind: 'stopped' })).toBe(false);
    expect(isFailed({ kind: 'lost' })).toBe(true);
    expect(isFailed({ kind: 'result', result: { ...result, exit: 2 } })).toBe(true);
    const error = { type: 'X', message: '', line: 1, place: 'view', frames: [] } as const;
    expect(
      isFailed({ kind: 'result', result: { ...result, error: { ...error, frames: [] } } }),
    ).toBe(true);
    expect(isFailed({ kind: 'result', result: { ...result, outcome: 'time-limit' } })).toBe(true);
  });

  it('names the streams that were cut', () => {
    expect(cutText(result)).toBe('');
    const truncated = { stdout: true, stderr: true };
    expect(cutText({ ...result, truncated })).toMatch(/stdout and stderr: .* 64 KiB/);
  });

  it('tells what is left out in the middle, also within a line', () => {
    expect(leftOutText(noOutput)).toBe('');
    const text = (lines: number, characters: number) =>
      leftOutText({ ...noOutput, leftOut: { lines, characters } });
    expect(text(0, 500)).toBe('500 characters not shown');
    expect(text(1, 12)).toBe('1 line (12 characters) not shown');
  });

  it('to who does not see it is the end, with output that is short', () => {
    expect(announcedEnd(ended, noOutput)).toBe('It ran to its end, in 10 ms.');
    expect(announcedEnd(ended, printed('1\n2\n'))).toMatch(/It printed: 1\n2$/);
    expect(announcedEnd(ended, printed('x'.repeat(201)))).toMatch(/stands below the program\.$/);
  });
});
