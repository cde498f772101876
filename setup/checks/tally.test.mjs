import { describe, expect, it } from 'vitest';
import { sumTallies, tallyCheck, tallyPlaywright, tallyVitest, verdictLine } from './tally.mjs';

const file = (status, ...tests) => ({
  status,
  assertionResults: tests.map((one, index) => ({ status: one, fullName: `test ${index}` })),
});

describe('tallyVitest', () => {
  it('counts tests', () => {
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed')] };
    expect(tallyVitest(report, 1)).toEqual({ passed: 2, failed: 1, skipped: [] });
  });

  it('names what was skipped', () => {
    const report = { testResults: [file('passed', 'passed', 'pending', 'todo')] };
    expect(tallyVitest(report, 0)).toEqual({ passed: 1, failed: 0, skipped: ['test 1', 'test 2'] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [file('passed', 'passed'), file('failed')] };
    expect(tallyVitest(report, 1)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a runner that crashed, or that left no report, as a failure', () => {
    expect(tallyVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
    expect(tallyVitest(null, 0).failed).toBe(1);
  });

  it('counts a suite in which nothing was run as a failure', () => {
    expect(tallyVitest({ testResults: [] }, 0).failed).toBe(1);
    expect(tallyVitest({ testResults: [file('passed', 'pending')] }, 0).failed).toBe(1);
  });
});

describe('tallyPlaywright', () => {
  const spec = (title, status) => ({ title, tests: [{ status }] });

  it('counts tests in nested suites; one that passes only at the second try has failed', () => {
    const report = {
      suites: [
        { specs: [spec('a', 'expected')], suites: [{ specs: [spec('b', 'unexpected')] }] },
        { specs: [spec('c', 'flaky'), spec('d', 'skipped')] },
      ],
    };
    expect(tallyPlaywright(report, 1)).toEqual({ passed: 1, failed: 2, skipped: ['d'] });
  });

  it('counts errors outside tests, crashes and empty suites as failures', () => {
    expect(tallyPlaywright({ suites: [], errors: [{ message: 'setup' }] }, 1).failed).toBe(1);
    expect(tallyPlaywright({ suites: [{ specs: [spec('a', 'expected')] }] }, 1).failed).toBe(1);
    expect(tallyPlaywright(null, 0).failed).toBe(1);
  });
});

describe('the verdict', () => {
  it('is the sum, on a line of its own', () => {
    const tallies = [
      tallyCheck(true),
      tallyCheck(false),
      { passed: 40, failed: 0, skipped: ['x'] },
    ];
    expect(verdictLine(sumTallies(tallies))).toBe('41 passed, 1 failed');
  });
});
