/** `npm run bench`: runs tests/bench/*.bench.ts one after another, so that none disturbs another. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext } from '../context.mjs';
import { withLock } from '../lock.mjs';
import { runOurs } from '../run-ours.mjs';
import { offerStartPackages } from '../steps/debian-packages.mjs';
import { installNpmPackages } from '../steps/npm-packages.mjs';
import { installPythonPackages } from '../steps/python-packages.mjs';

/** @returns {Promise<number>} 1 when any benchmark failed. */
export async function run() {
  const context = createContext();
  const files = benchmarks(context.root);
  if (files.length === 0) {
    context.out.write('There are no benchmarks yet: they would be tests/bench/*.bench.ts.\n');
    return 0;
  }
  context.out.write('Assay: getting ready\n');
  await withLock(context, async () => {
    await installNpmPackages(context);
    await offerStartPackages(context);
    await installPythonPackages(context);
  });
  let failures = 0;
  for (const file of files) {
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
    .filter((name) => name.endsWith('.bench.ts'))
    .sort()
    .map((name) => join('tests', 'bench', name));
}
