/**
 * `npm run bench`: runs tests/bench/*.bench.ts one after another, so that none disturbs another.
 * `npm run bench -- strength sandbox-load` runs these two alone.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../context.mjs';
import { withLock } from '../lock.mjs';
import { Problem } from '../problem.mjs';
import { runOurs } from '../run-ours.mjs';
import { offerStartPackages } from '../steps/debian-packages.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installPythonPackages } from '../steps/python-packages.mjs';

const ENDING = '.bench.ts';

/** @returns {Promise<number>} 1 when any benchmark failed. */
export async function run() {
  const context = createContext();
  const names = benchmarks(context.root);
  if (names.length === 0) {
    context.out.write('There are no benchmarks yet: they would be tests/bench/*.bench.ts.\n');
    return 0;
  }
  const wanted = wantedOf(names, process.argv.slice(2));
  context.out.write('Assay: getting ready\n');
  await withLock(context, async () => {
    await installNpmPackages(context);
    await offerStartPackages(context);
    await installPythonPackages(context);
  });
  let failures = 0;
  for (const name of wanted) {
    const file = join('tests', 'bench', name + ENDING);
    context.out.write(`\n${file}\n`);
    const code = await runOurs(context, file);
    if (code > 128) return code;
    if (code !== 0) failures += 1;
  }
  return failures > 0 ? 1 : 0;
}

function benchmarks(root) {
  const folder = join(root, 'tests', 'bench');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .sort()
    .map((name) => name.slice(0, -ENDING.length));
}

/** All where none is named. @throws Problem for a name that is none. */
function wantedOf(names, asked) {
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`There is no benchmark "${unknown}".`, `There are: ${names.join(', ')}.`);
  }
  return asked.length === 0 ? names : names.filter((name) => asked.includes(name));
}
