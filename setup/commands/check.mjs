/** `npm run check`: reads the code without running it. */
import { availableParallelism } from 'node:os';
import { createContext } from '../context.mjs';
import { runAudit } from '../checks/audit.mjs';
import { listChecks } from '../checks/checks.mjs';
import { reportChecks, reportSuite } from '../checks/report.mjs';
import { sumTallies, verdictLine } from '../checks/tally.mjs';
import { withLock } from '../lock.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installPythonPackages } from '../steps/python-packages.mjs';

const MOST_CHECKS_AT_ONCE = 4;

/** @returns {Promise<number>} 1 when any check failed. */
export async function run() {
  const context = createContext();
  context.out.write('Assay: checking\n');
  await withLock(context, async () => {
    await installNpmPackages(context);
    await installPythonPackages(context, { withTools: true });
  });
  const total = sumTallies(await runChecks(context));
  context.out.write(`\n${verdictLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
}

/** Runs all checks, as many at once as the machine has processors. */
export async function runChecks(context) {
  const atOnce = Math.min(availableParallelism(), MOST_CHECKS_AT_ONCE);
  const tallies = await reportChecks(context, listChecks(context.root), atOnce);
  return [...tallies, await reportSuite(context, 'audit', () => runAudit(context))];
}
