import { describe, expect, it } from 'vitest';
import { runEnding, type EndedRun } from './run-ending.ts';
import { outcomes } from './run.ts';

const ended = (change: Partial<EndedRun>): EndedRun => ({
  ...{ outcome: 'finished', exit: 0, error: null },
  usage: { wallMs: 23.6, cpuMs: 20, peakBytes: 1 },
  limits: {
    ...{ wallMs: 5000, cpuMs: 1000, memoryBytes: 512 * 1024 * 1024 },
    ...{ outputBytes: 65_536, diskBytes: 1, files: 1 },
  },
  ...change,
});
const error = (type: string, message: string): Partial<EndedRun> => ({
  outcome: 'error',
  error: { type, message, line: 1, place: 'load', frames: [] },
});

describe('how a run ended', () => {
  it.each<[Partial<EndedRun>, string]>([
    [{}, 'It ran to its end, in 24 ms.'],
    [{ usage: { wallMs: 1234, cpuMs: 1, peakBytes: 1 } }, 'It ran to its end, in 1.2 seconds.'],
    [{ exit: 3 }, 'It ended itself, with the exit code 3.'],
    [error('ValueError', ''), 'It stopped with a ValueError.'],
    [error('IndexError', 'no\nsuch'), 'It stopped with an IndexError: no'],
    [
      { ...error('IndexError', 'no'), outcome: 'finished' },
      'It ran to its end, but a view failed with an IndexError: no',
    ],
    [{ outcome: 'time-limit' }, 'It was still going after 5 seconds, '],
    [{ outcome: 'cpu-limit' }, 'It kept the processor busy for a second, '],
    [{ outcome: 'memory-limit' }, 'It asked for more memory than the 512 MiB '],
    [{ outcome: 'output-limit' }, 'It printed more than the 64 KiB '],
  ])('%j is told as a sentence', (change, says) => {
    expect(runEnding(ended(change))).toContain(says);
  });

  it('is another sentence for each outcome, with nothing left out of it', () => {
    const all = outcomes.map((outcome) => runEnding(ended({ outcome })));
    expect(new Set(all).size).toBe(outcomes.length);
    for (const says of all) expect(says).toMatch(/^It[^{}]*[.?]$|^Its[^{}]*\.$/);
    expect(all.join(' ')).not.toMatch(/undefined|NaN|null/);
  });

  it('cuts a message that has no end', () => {
    expect(runEnding(ended(error('KeyError', 'x'.repeat(5000)))).length).toBeLessThan(400);
  });
});
