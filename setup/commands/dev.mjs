/** `npm run dev`: serves the sources, and shows a change as soon as the file is saved. */
import { join } from 'node:path';
import { createContext } from '../context.mjs';
import { withLock } from '../lock.mjs';
import { runOurs, runOursWhileWeLive } from '../run-ours.mjs';
import { offerStartPackages } from '../steps/debian-packages.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installPythonPackages } from '../steps/python-packages.mjs';

/** @returns {Promise<number>} Exit code of the step that ended it. */
export async function run() {
  const context = createContext();
  context.out.write('Assay: getting ready\n');
  const prepared = await withLock(context, async () => {
    await installNpmPackages(context);
    await offerStartPackages(context);
    await installPythonPackages(context);
    return runOurs(context, join('src', 'cli', 'main.ts'), 'prepare');
  });
  // 1: something is refuted, which is what an author is here to mend.
  if (prepared > 1) return prepared;
  return runOursWhileWeLive(
    context,
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'dev',
    // The screen holds what was found in the lessons.
    ...['--clearScreen', 'false'],
    ...process.argv.slice(2),
  );
}
