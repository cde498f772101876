/** `npm start`: from a fresh clone to a site that serves. What has not changed is not done again. */
import { join } from 'node:path';
import { createContext } from '../context.mjs';
import { withLock } from '../lock.mjs';
import { runOurs, runOursWhileWeLive } from '../run-ours.mjs';
import { buildSite } from '../steps/build.mjs';
import { offerStartPackages } from '../steps/debian-packages.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installPythonPackages } from '../steps/python-packages.mjs';

const MAIN = join('src', 'cli', 'main.ts');
const CHECK_SETTINGS = join('src', 'cli', 'check-settings.ts');

/** @returns {Promise<number>} Exit code of the server, or of the step that stopped the start. */
export async function run() {
  const context = createContext();
  context.out.write('Assay: getting ready\n');
  const stopped = await withLock(context, async () => {
    await installNpmPackages(context);
    // A wrong setting is told at once, not after minutes of installing and proving.
    const settings = await runOurs(context, CHECK_SETTINGS);
    if (settings !== 0) return settings;
    await offerStartPackages(context);
    await installPythonPackages(context);
    await buildSite(context);
    return prove(context);
  });
  if (stopped !== 0) return stopped;
  return runOursWhileWeLive(context, MAIN, 'serve');
}

// A refuted exercise (1) is not shown, and is no reason to withhold the others. Any other failure was
// told by the command itself.
async function prove(context) {
  const code = await runOurs(context, MAIN, 'prepare');
  return code === 1 ? 0 : code;
}
