/** Builds the web application when anything that goes into it has changed. */
import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode } from '../context.mjs';
import { requireRoom } from '../disk.mjs';
import { Problem, diskFull, saysDiskFull } from '../problem.mjs';
import { runTool } from '../process.mjs';
import { step } from '../progress.mjs';
import { hashFiles, isStamped, writeStamp } from '../stamp.mjs';

const ROOM_MIB = 200;
const INPUTS = [
  'src',
  'static',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'svelte.config.js',
];

/** @param {import('../context.mjs').Context} context */
export async function buildSite(context) {
  await step(context, 'build', async (say) => {
    const hash = buildHash(context.root);
    const folder = join(context.root, 'build');
    if (isStamped(folder, hash)) return 'unchanged';
    requireRoom(context.root, ROOM_MIB, 'building');
    say('building the site');
    const vite = join(context.root, 'node_modules', 'vite', 'bin', 'vite.js');
    const { code, output } = await runTool(pinnedNode(context.root), [vite, 'build'], {
      cwd: context.root,
      env: { ...pinnedEnvironment(context), NODE_ENV: 'production' },
    });
    if (code !== 0) throw buildProblem(output);
    writeStamp(folder, hash);
  });
}

/** Hash of all that the build depends on: tests and the command line are no part of it. */
export function buildHash(root) {
  const isInput = (path) => !path.endsWith('.test.ts') && !path.startsWith(join('src', 'cli'));
  return hashFiles(root, INPUTS, isInput);
}

function buildProblem(output) {
  if (saysDiskFull(output)) return diskFull(' (the build could not write)', output);
  return new Problem(
    'The site could not be built.',
    'If you changed something under src/, mend what is named below; else restore the files from git.',
    output,
  );
}
