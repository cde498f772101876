/** Runs checks and suites, says how each went, and shows in full only what failed. */
import { line } from '../progress.mjs';
import { tallyCheck } from './tally.mjs';
import { runCheck } from './checks.mjs';

const HEARTBEAT_MS = 30_000;

/**
 * Runs one suite and reports it. A suite that throws has failed once.
 * @param {import('../context.mjs').Context} context
 * @param {string} name
 * @param {() => Promise<{ tally: import('./tally.mjs').Tally, output: string, fix?: string }>} work
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function reportSuite(context, name, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const heartbeat = setInterval(() => line(context, name, `... ${seconds()}`), HEARTBEAT_MS);
  heartbeat.unref();
  let result;
  try {
    result = await work();
  } catch (thrown) {
    if (thrown.name === 'Interrupted') throw thrown;
    result = { tally: tallyCheck(false), output: `${thrown.message}\n${thrown.detail ?? ''}` };
  } finally {
    clearInterval(heartbeat);
  }
  const { tally, output, fix } = result;
  line(context, name, `${summary(tally)} (${seconds()})`);
  for (const title of tally.skipped) line(context, '', `skipped: ${title}`);
  if (tally.failed > 0) {
    context.out.write(`\n${output.trimEnd()}\n`);
    if (fix) context.out.write(`\n  What to do:    ${fix}\n`);
    context.out.write('\n');
  }
  return tally;
}

function summary({ passed, failed, skipped }) {
  const parts = [`${passed} passed`];
  if (failed > 0) parts.push(`${failed} FAILED`);
  if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
  return parts.join(', ');
}

/**
 * Runs the checks, some at a time, and reports each when it is done.
 * @param {import('../context.mjs').Context} context
 * @param {import('./checks.mjs').Check[]} checks
 * @param {number} atOnce
 * @returns {Promise<import('./tally.mjs').Tally[]>}
 */
export async function reportChecks(context, checks, atOnce) {
  const waiting = [...checks];
  const tallies = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      tallies.push(await reportSuite(context, check.name, () => suiteOf(context, check)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tallies;
}

async function suiteOf(context, check) {
  const { passed, output } = await runCheck(context, check);
  return { tally: tallyCheck(passed), output, fix: check.fix };
}
