import { describe, expect, it } from 'vitest';
import type { RunFailure } from '../../domain/run.ts';
import { markedLine } from './error-place.ts';

const failure = (change: Partial<RunFailure>): RunFailure => ({
  ...{ type: 'ValueError', message: 'no', line: null, place: 'load', frames: [] },
  ...change,
});
const step = (file: string, line: number) => ({ file, line, function: 'f' });
const files = ['views.py', 'shop/prices.py'];

describe('the line that is marked', () => {
  it("is the innermost step in the learner's files, and not one of the drive", () => {
    const frames = [step('drive', 1), step('views.py', 4), step('shop/prices.py', 2), step('x', 9)];
    expect(markedLine(failure({ frames, line: 4, place: 'view' }), files, '')).toEqual({
      ...{ file: 'shop/prices.py', line: 2, says: 'ValueError: no' },
    });
  });

  it("is the program's own line when there is no step", () => {
    expect(markedLine(failure({ line: 3, message: '' }), files, '')).toEqual({
      ...{ file: 'views.py', line: 3, says: 'ValueError' },
    });
  });

  it('is none when only the drive failed', () => {
    const drive = failure({ frames: [step('drive', 1)], line: 1, place: 'drive' });
    expect(markedLine(drive, files, '')).toBeNull();
  });

  it('is where a file could not be read, though that is no step', () => {
    const stderr =
      '  File "views.py", line 1, in <module>\n  File "/run/own/shop/prices.py", line 7\n';
    const error = failure({ type: 'SyntaxError', frames: [step('views.py', 1)], line: 1 });
    expect(markedLine(error, files, stderr)).toMatchObject({ file: 'shop/prices.py', line: 7 });
    expect(markedLine({ ...error, type: 'ValueError' }, files, stderr)).toMatchObject({
      ...{ file: 'views.py', line: 1 },
    });
  });
});
