/** `./assay ...`: sets up what is missing, then runs the command with the pinned Node. */
import { join } from 'node:path';
import { createContext, pinnedEnvironment, pinnedNode } from '../context.mjs';
import { withLock } from '../lock.mjs';
import { printProblem } from '../problem.mjs';
import { endBySignal, runInForeground } from '../process.mjs';
import { areNpmPackagesCurrent, installNpmPackages } from '../steps/npm-packages.mjs';
import { arePythonPackagesCurrent, installPythonPackages } from '../steps/python-packages.mjs';

/** @returns {Promise<number>} Exit code of the command; when a signal ended it, that signal ends us. */
export async function run() {
  const args = process.argv.slice(2);
  const context = createContext({ out: process.stderr });
  await setUp(context, args[0]);
  const main = join(context.root, 'src', 'cli', 'main.ts');
  const { code, signal } = await runInForeground(pinnedNode(context.root), [main, ...args], {
    // The caller's own environment and folder: only the pinned Node is put in front of the PATH.
    env: pinnedEnvironment({ root: context.root, env: process.env }),
  });
  if (signal) endBySignal(signal);
  return code;
}

async function setUp(context, command) {
  const isNpmCurrent = areNpmPackagesCurrent(context.root);
  const isPythonCurrent = await arePythonPackagesCurrent(context);
  if (isNpmCurrent && isPythonCurrent) return;
  context.out.write('Assay: getting ready\n');
  await withLock(context, async () => {
    await installNpmPackages(context);
    try {
      await installPythonPackages(context);
    } catch (thrown) {
      // The doctor is asked precisely because something is missing: it has to come.
      if (command !== 'doctor') throw thrown;
      printProblem(thrown);
    }
  });
}
