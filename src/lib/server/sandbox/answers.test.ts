import { describe, expect, it } from 'vitest';
import { AnswerError, readCanaries, readJudge, readRows, readRun } from './answers.ts';

const run = {
  outcome: 'finished',
  exit: 0,
  stdout: '',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  error: null,
  usage: { wallMs: 1, cpuMs: 1.5, peakBytes: 1 },
  observations: { version: 1, values: { a: 1 }, events: [] },
};

describe('readRun', () => {
  it('takes what has the right form', () => {
    expect(readRun(run)).toEqual(run);
  });

  it.each([
    ['an unknown outcome', { outcome: 'passed' }],
    ['an exit that is text', { exit: '0' }],
    ['output that is none', { stdout: null }],
    ['a usage that is not a number', { usage: { ...run.usage, wallMs: NaN } }],
    ['an error from nowhere', { error: { type: 'A', message: '', line: 1, place: 'there' } }],
    ['observations of another version', { observations: { ...run.observations, version: 2 } }],
  ])('refuses %s', (_, wrong) => {
    expect(() => readRun({ ...run, ...wrong })).toThrow(AnswerError);
  });
});

describe('readJudge', () => {
  it('takes judgements and counts', () => {
    const answer = {
      ended: null,
      counts: { 'views.count': 1 },
      judgements: [{ id: 'a', holds: true, error: null }],
    };
    expect(readJudge(answer)).toEqual(answer);
  });

  it('refuses a judgement that is neither true nor false', () => {
    const judgements = [{ id: 'a', holds: 1, error: null }];
    expect(() => readJudge({ ended: null, counts: {}, judgements })).toThrow(AnswerError);
  });
});

describe('readRows', () => {
  it('gives the failed run, or null when the rows were kept', () => {
    expect(readRows({ kept: true, result: null })).toBeNull();
    expect(readRows({ kept: false, result: run })?.outcome).toBe('finished');
  });
});

describe('readCanaries', () => {
  it('refuses silence: no canaries is not all canaries', () => {
    expect(() => readCanaries({ canaries: [] })).toThrow(AnswerError);
  });
});
