import { describe, expect, it } from 'vitest';
import { AnswerError } from './answers.ts';
import { readLab } from './lab-answers.ts';

const whole = {
  ...{ outcome: 'finished', error: null, stdout: '', stderr: '', cut: false },
  truncated: { stdout: false, stderr: false },
  usage: { wallMs: 1, cpuMs: 1, peakBytes: 1 },
  requests: [[1, 0, 1, 9, 200, null]],
  upstream: { count: 1, maxOpen: 1, calls: [[2, null]] },
  loop: { ticks: 3, longestGapUs: 1500 },
  events: [
    [1, 1, 0, 1, 4, 0],
    [1, 4, 0, 1, 5, 1],
  ],
};

describe('readLab', () => {
  it('makes spans and figures of rows', () => {
    expect(readLab(whole, 'asgi')).toMatchObject({
      client: { answered: 1, requests: [{ request: 1, sent: 0, answered: 9 }] },
      loop: { ticks: 3, longestGapMs: 1.5 },
      spans: [{ request: 1, thread: 'loop', entered: 4, left: 5, ticks: 1 }],
    });
  });

  it.each([
    ['an outcome that there is not', { outcome: 'fine' }],
    ['a time before the beginning', { requests: [[1, -1, 1, 9, 200, null]] }],
    ['a number beyond exactness', { loop: { ticks: 2 ** 60, longestGapUs: 0 } }],
    ['a kind that there is not', { events: [[1, 6, 0, 1, 4, 0]] }],
    ['half a row', { events: [[1, 1, 0]] }],
    ['more requests than can be asked for', { requests: Array(201).fill(whole.requests[0]) }],
    ['a field that nobody knows', { verdict: 'pass' }],
    ['an error of another form', { error: { type: 1 } }],
  ])('refuses %s', (_, more) => {
    expect(() => readLab({ ...whole, ...more }, 'asgi')).toThrow(AnswerError);
  });
});
