/** What every step of the set-up is given: where it works, for whom, and where it says what it does. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {object} Context
 * @property {string} root - The folder that is set up.
 * @property {Record<string, string | undefined>} env - Environment of the tools that are started.
 * @property {{ write(text: string): unknown }} out - Where progress is written.
 * @property {boolean} isRoot - Whether Debian packages may be installed.
 */

/** @returns {Context} */
export function createContext({
  root = ROOT,
  env = process.env,
  out = process.stdout,
  isRoot = process.getuid?.() === 0,
} = {}) {
  return { root, env: toolEnvironment(root, env), out, isRoot };
}

/** Our own folder for what can be thrown away: caches, locks, reports. Made when it is not there. */
export function workFolder(root, ...names) {
  const folder = join(root, '.assay', ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Path of the pinned Node, which arrives as an npm package. */
export function pinnedNode(root) {
  return join(root, 'node_modules', '.bin', 'node');
}

/** The environment in which our own programs run: the pinned Node comes first. */
export function pinnedEnvironment(context) {
  const bin = join(context.root, 'node_modules', '.bin');
  return { ...context.env, PATH: `${bin}${delimiter}${context.env.PATH ?? ''}` };
}

/**
 * npm puts node_modules/.bin in front of PATH; there, npm itself would be run by the Node that it is
 * about to replace. A home that is missing or may not be written to moves the tools' caches here.
 */
function toolEnvironment(root, env) {
  const path = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
    .join(delimiter);
  const result = { ...env, PATH: path };
  if (isWritable(env.HOME)) return result;
  const cache = join(root, '.assay', 'cache');
  return {
    ...result,
    npm_config_cache: isWritable(env.npm_config_cache) ? env.npm_config_cache : join(cache, 'npm'),
    PIP_CACHE_DIR: env.PIP_CACHE_DIR ?? join(cache, 'pip'),
  };
}

function isWritable(folder) {
  if (!folder) return false;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
