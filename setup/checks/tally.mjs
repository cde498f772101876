/**
 * Counts what test runners report. A runner that crashed has failed once more than it says, and a suite
 * in which nothing was run has failed: green must mean that something was looked at.
 */

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Tally */

/**
 * @param {unknown} report - Vitest's JSON report; null when there is none.
 * @param {number} exitCode - Of the runner.
 * @returns {Tally}
 */
export function tallyVitest(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults ?? []);
  const count = (status) => tests.filter((test) => test.status === status).length;
  // A file that cannot be loaded has no tests that could fail.
  const broken = files.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults?.some((test) => test.status === 'failed'),
  );
  const skipped = tests
    .filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status))
    .map((test) => test.fullName ?? test.title);
  return settle(
    { passed: count('passed'), failed: count('failed') + broken.length, skipped },
    exitCode,
  );
}

/**
 * @param {unknown} report - Playwright's JSON report; null when there is none.
 * @param {number} exitCode - Of the runner.
 * @returns {Tally}
 */
export function tallyPlaywright(report, exitCode) {
  const tests = (report?.suites ?? []).flatMap(testsOf);
  const count = (status) => tests.filter((test) => test.status === status).length;
  const skipped = tests.filter((test) => test.status === 'skipped').map((test) => test.title);
  const errors = report?.errors?.length ?? 0;
  // One that passes only when tried again has failed.
  const failed = count('unexpected') + count('flaky') + errors;
  return settle({ passed: count('expected'), failed, skipped }, exitCode);
}

function testsOf(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    (spec.tests ?? []).map((test) => ({ title: spec.title, status: test.status })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

/** @returns {Tally} */
export function tallyCheck(hasPassed) {
  return { passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1, skipped: [] };
}

/** @param {Tally[]} tallies @returns {Tally} */
export function sumTallies(tallies) {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** The last line of `npm test`. */
export function verdictLine({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}

function settle(tally, exitCode) {
  const isCrash = exitCode !== 0 && tally.failed === 0;
  const isEmpty = tally.passed + tally.failed === 0;
  return isCrash || isEmpty ? { ...tally, failed: tally.failed + 1 } : tally;
}
