/**
 * Finds the Python that the sandbox is made from. It must be new enough, able to make virtual
 * environments with pip in them, and readable for ordinary users: a service user has to read what the
 * administrator set up, and the jail binds these very files.
 */
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../problem.mjs';
import { findProgram, runTool } from '../process.mjs';
import { debianInstallCommand } from './debian-packages.mjs';

/**
 * @typedef {object} Interpreter
 * @property {string} path - Its real file.
 * @property {string} version - "3.11.2".
 */

const SYSTEM_CANDIDATES = [
  '/usr/bin/python3.11',
  '/usr/bin/python3.12',
  '/usr/bin/python3.13',
  '/usr/bin/python3',
];

const QUESTION = `
import importlib.util, json, os, sys
print(json.dumps({
  "version": ".".join(map(str, sys.version_info[:3])),
  "executable": os.path.realpath(sys.executable),
  "library": os.path.realpath(os.__file__),
  "venv": all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
}))`;

/** Paths to try, in order of preference; ASSAY_PYTHON, when set, is the only one. */
export function candidates(env, find = findProgram) {
  if (env.ASSAY_PYTHON) return [env.ASSAY_PYTHON];
  const onPath = ['python3', 'python3.13', 'python3.12', 'python3.11']
    .map((name) => find(name, env))
    .filter((path) => path !== null);
  return [...new Set([...SYSTEM_CANDIDATES, ...onPath])];
}

/**
 * Asks one interpreter what it is, and says why it will not do when it will not.
 * @returns {Promise<{ path: string, interpreter?: Interpreter, refusal?: string, lacksVenv?: boolean } | null>}
 * Null when there is no such file.
 */
export async function probe(path, context) {
  let real;
  try {
    real = realpathSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    return { path, refusal: 'this user may not read it' };
  }
  const { code, stdout } = await runTool(path, ['-I', '-c', QUESTION], { env: context.env });
  let answer;
  try {
    answer = JSON.parse(stdout.trim());
  } catch {
    const refusal = isExecutableByUs(real)
      ? `it does not start (exit ${code})`
      : 'this user may not read it';
    return { path, refusal };
  }
  if (!isFitVersion(answer.version)) {
    return { path, refusal: `it is Python ${answer.version}; 3.11, 3.12 or 3.13 is needed` };
  }
  const closed = closedFor(answer.executable) ?? closedFor(answer.library);
  if (context.isRoot && closed) {
    return { path, refusal: `ordinary users may not read ${closed}, and Assay's jail is one` };
  }
  if (!answer.venv) {
    return { path, refusal: 'its venv module (with ensurepip) is missing', lacksVenv: true };
  }
  return { path, interpreter: { path: answer.executable, version: answer.version } };
}

/** True for 3.11 up to, not including, 3.14. */
export function isFitVersion(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor >= 11 && minor < 14;
}

/**
 * The first folder or file on the way to `path` that others than its owner may not pass; null if none.
 * @param {string} path - Absolute, without symbolic links.
 */
export function closedFor(path) {
  const way = [];
  for (let at = path; at !== dirname(at); at = dirname(at)) way.unshift(at);
  for (const at of way) {
    const { mode } = statSync(at);
    const needed = at === path ? 0o004 : 0o001;
    if ((mode & needed) !== needed) return at;
  }
  return null;
}

function isExecutableByUs(path) {
  try {
    return (statSync(path).mode & 0o111) !== 0 && closedFor(path) === null;
  } catch {
    return false;
  }
}

/**
 * @param {import('../context.mjs').Context} context
 * @param {(context: import('../context.mjs').Context) => string[]} [list]
 * @returns {Promise<{ interpreter?: Interpreter, problem?: Problem, lacksVenv: boolean }>}
 */
export async function findInterpreter(context, paths = candidates(context.env)) {
  const refused = [];
  for (const path of paths) {
    const found = await probe(path, context);
    if (found?.interpreter) return { interpreter: found.interpreter, lacksVenv: false };
    if (found) refused.push(found);
  }
  const lacksVenv = refused.some((one) => one.lacksVenv);
  return { lacksVenv, problem: interpreterProblem(context, refused) };
}

function interpreterProblem(context, refused) {
  const reasons = refused.map((one) => `${one.path}: ${one.refusal}`).join('\n');
  const lacking = refused.find((one) => one.lacksVenv);
  if (context.env.ASSAY_PYTHON) {
    return new Problem(
      `ASSAY_PYTHON is ${context.env.ASSAY_PYTHON}, and that will not do: ${refused[0]?.refusal ?? 'there is no such file'}.`,
      'Set ASSAY_PYTHON to a Python 3.11, 3.12 or 3.13 that has its venv module and that ordinary users can read, or unset it.',
    );
  }
  const install = debianInstallCommand(['python3', 'python3-venv']);
  if (lacking) {
    return new Problem(
      `Python's venv module is missing (${lacking.path} has none).`,
      `On Debian: ${debianInstallCommand(['python3-venv'])}`,
      reasons,
    );
  }
  if (refused.length > 0) {
    return new Problem(
      'No Python on this machine will do.',
      `Install one that ordinary users can read; on Debian: ${install}\nOr name one: ASSAY_PYTHON=/path/to/python3.11 npm start`,
      reasons,
    );
  }
  return new Problem(
    'Python was not found.',
    `Install Python 3.11, 3.12 or 3.13; on Debian: ${install}\nOr name one: ASSAY_PYTHON=/path/to/python3.11 npm start`,
  );
}
