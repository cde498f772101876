import { join } from 'node:path';
import { pinnedEnvironment, pinnedNode } from './context.mjs';
import { runInForeground } from './process.mjs';

/**
 * Runs one of our own programs in the foreground with the pinned Node.
 * @param {import('./context.mjs').Context} context
 * @param {string} script - Relative to the root.
 * @param {...string} args
 * @returns {Promise<number>} Its exit code; 128 + n when signal n ended it.
 */
export function runOurs(context, script, ...args) {
  return run(context, [script, ...args], {});
}

/** As {@link runOurs}, for a program that goes on until it is stopped, and must not outlive us. */
export function runOursWhileWeLive(context, script, ...args) {
  return run(context, [script, ...args], { endsWithUs: true });
}

async function run(context, [script, ...args], options) {
  const { code } = await runInForeground(
    pinnedNode(context.root),
    [join(context.root, script), ...args],
    { cwd: context.root, env: pinnedEnvironment(context), ...options },
  );
  return code;
}
