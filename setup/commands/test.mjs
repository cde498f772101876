/** `npm test`: from a fresh clone through every check and every test. The last line printed is the verdict. */
import { createContext } from '../context.mjs';
import { reportSuite } from '../checks/report.mjs';
import { hasBrowserTests, runPlaywright, runVerify, runVitest } from '../checks/suites.mjs';
import { sumTallies, tallyCheck, verdictLine } from '../checks/tally.mjs';
import { withLock } from '../lock.mjs';
import { printProblem } from '../problem.mjs';
import { Interrupted } from '../process.mjs';
import { buildSite } from '../steps/build.mjs';
import { requireTestPackages } from '../steps/debian-packages.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installFuzzPackages, installPythonPackages } from '../steps/python-packages.mjs';
import { runChecks } from './check.mjs';

/** @returns {Promise<number>} 1 when anything failed. */
export async function run() {
  const context = createContext();
  let tallies;
  try {
    context.out.write('Assay: getting ready\n');
    await withLock(context, () => setUp(context));
    context.out.write('Assay: testing\n');
    tallies = await runAll(context);
  } catch (thrown) {
    if (thrown instanceof Interrupted) throw thrown;
    // Whoever reads the last line has to find a failure there, too.
    printProblem(thrown, context.out);
    tallies = [tallyCheck(false)];
  }
  const total = sumTallies(tallies);
  context.out.write(`\n${verdictLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
}

async function setUp(context) {
  await installNpmPackages(context);
  await requireTestPackages(context);
  await installPythonPackages(context, { withTools: true });
  await installFuzzPackages(context);
}

async function runAll(context) {
  const suite = (name, work) => reportSuite(context, name, work);
  const tallies = await runChecks(context);
  tallies.push(await suite('unit tests', () => runVitest(context, 'unit')));
  // SvelteKit's guard against server code in the browser works in a real build only.
  tallies.push(await suite('build', () => build(context)));
  tallies.push(await suite('contract tests', () => runVitest(context, 'contract')));
  tallies.push(await suite('abuse suite', () => runVitest(context, 'abuse')));
  tallies.push(await suite('lessons', () => runVerify(context)));
  if (hasBrowserTests(context.root)) {
    tallies.push(await suite('browser tests', () => runPlaywright(context)));
  }
  return tallies;
}

async function build(context) {
  await withLock(context, () => buildSite({ ...context, out: { write: () => true } }));
  return { tally: tallyCheck(true), output: '' };
}
