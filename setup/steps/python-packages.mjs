/** Makes .venv: the Python packages that programs run with, exactly as their hashes say. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { requireRoom } from '../disk.mjs';
import { Problem, diskFull, saysDiskFull } from '../problem.mjs';
import { findProgram, runTool } from '../process.mjs';
import { step } from '../progress.mjs';
import { hashFiles, hashTexts, isStamped, writeStamp } from '../stamp.mjs';
import { tryInstall } from './debian-packages.mjs';
import { findInterpreter } from './python-interpreter.mjs';

const ROOM_MIB = 400;
/** Where the sandbox has what lies in the environment's library folder. */
const BYTECODE_PLACE = '/python';
const REQUIREMENTS_FOLDER = join('sandbox', 'requirements');
const TOOLS_FILE = join('setup', 'requirements-tools.txt');
const TOOLS_STAMP = '.assay-tools-stamp';
const FUZZ_FILE = join('setup', 'requirements-fuzz.txt');

/**
 * Brings .venv up to date.
 * @param {import('../context.mjs').Context} context
 * @param {{ withTools?: boolean }} [options] - Also install what only the checks need (ruff).
 */
export async function installPythonPackages(context, { withTools = false } = {}) {
  await step(context, 'Python packages', async (say) => {
    const interpreter = await requireInterpreter(context, say);
    const venv = join(context.root, '.venv');
    const files = requirementFiles(context.root);
    const hash = baseHash(context.root, interpreter);
    let result = 'unchanged';
    if (!isStamped(venv, hash)) {
      requireRoom(context.root, ROOM_MIB, 'installing the Python packages');
      say(`installing for Python ${interpreter.version} (${interpreter.path})`);
      await makeVenv(context, interpreter, venv);
      for (const file of files) await pipInstall(context, venv, file);
      await compile(context, venv, interpreter);
      writeStamp(venv, hash);
      result = `installed for Python ${interpreter.version}`;
    }
    if (withTools) {
      const toolsHash = hashFiles(context.root, [TOOLS_FILE]);
      if (!isStamped(venv, toolsHash, TOOLS_STAMP)) {
        say('installing the tools of the checks');
        await pipInstall(context, venv, TOOLS_FILE);
        writeStamp(venv, toolsHash, TOOLS_STAMP);
        result = result === 'unchanged' ? 'installed the tools of the checks' : result;
      }
    }
    return result;
  });
}

/**
 * Brings up to date what the API is fuzzed with. It has an environment of its own: no learner's program is to see it.
 * @param {import('../context.mjs').Context} context
 */
export async function installFuzzPackages(context) {
  await step(context, 'Python packages for fuzzing', async (say) => {
    const interpreter = await requireInterpreter(context, say);
    const venv = join(context.root, '.assay', 'fuzz-venv');
    const hash = hashTexts([
      hashFiles(context.root, [FUZZ_FILE]),
      interpreter.path,
      interpreter.version,
    ]);
    if (isStamped(venv, hash)) return 'unchanged';
    requireRoom(context.root, ROOM_MIB, 'installing the Python packages for fuzzing');
    say(`installing for Python ${interpreter.version}`);
    await makeVenv(context, interpreter, venv);
    await pipInstall(context, venv, FUZZ_FILE);
    writeStamp(venv, hash);
    return 'installed';
  });
}

/** True when .venv was made from the present requirements and an interpreter that is still the same. */
export async function arePythonPackagesCurrent(context) {
  const { interpreter } = await findInterpreter(context);
  return Boolean(
    interpreter && isStamped(join(context.root, '.venv'), baseHash(context.root, interpreter)),
  );
}

function baseHash(root, interpreter) {
  return hashTexts([
    hashFiles(root, [REQUIREMENTS_FOLDER], (path) => path.endsWith('.txt')),
    interpreter.path,
    interpreter.version,
    BYTECODE_PLACE,
  ]);
}

function requirementFiles(root) {
  const folder = join(root, REQUIREMENTS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => join(REQUIREMENTS_FOLDER, name));
}

async function requireInterpreter(context, say) {
  let found = await findInterpreter(context);
  // As root on Debian what is missing can be had; a Python that the person named is left as it is.
  const canInstall =
    context.isRoot && !context.env.ASSAY_PYTHON && findProgram('apt-get', context.env);
  if (!found.interpreter && canInstall) {
    const problem = await tryInstall(context, ['python3', 'python3-venv'], say);
    if (problem) throw problem;
    found = await findInterpreter(context);
  }
  if (found.problem) throw found.problem;
  return found.interpreter;
}

async function makeVenv(context, interpreter, venv) {
  rmSync(venv, { recursive: true, force: true });
  const { code, output } = await runTool(interpreter.path, ['-I', '-m', 'venv', venv], {
    env: context.env,
  });
  if (code === 0) {
    await uninstallSetuptools(context, venv);
    return;
  }
  if (saysDiskFull(output)) throw diskFull(' (Python could not make .venv)', output);
  throw new Problem(
    `Python could not make a virtual environment in ${venv}.`,
    'See what it said, mend it, and try again.',
    output,
  );
}

// Python 3.11 puts it in unasked, and it slows every start of the interpreter. Programs run with what the
// requirements name.
async function uninstallSetuptools(context, venv) {
  await runTool(
    join(venv, 'bin', 'python'),
    ['-I', '-m', 'pip', 'uninstall', '-y', '-q', '--disable-pip-version-check', 'setuptools'],
    { env: pipEnvironment(context.env) },
  );
}

async function pipInstall(context, venv, file) {
  const { code, output } = await runTool(
    join(venv, 'bin', 'python'),
    [
      '-I',
      '-m',
      'pip',
      'install',
      '--require-hashes',
      '--no-deps',
      '--only-binary=:all:',
      '--no-compile',
      '--no-input',
      '--disable-pip-version-check',
      '--quiet',
      '-r',
      file,
    ],
    { cwd: context.root, env: pipEnvironment(context.env) },
  );
  if (code !== 0) throw pipProblem(file, output);
}

// A person's pip may be told to install elsewhere; then nothing would arrive in .venv.
function pipEnvironment(env) {
  const misleading = new Set(['PIP_TARGET', 'PIP_PREFIX', 'PIP_USER', 'PIP_ROOT', 'PYTHONPATH']);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.has(name)));
}

/** Sums up a pip failure. */
export function pipProblem(file, output) {
  if (saysDiskFull(output)) return diskFull(' (pip could not write)', output);
  if (/THESE PACKAGES DO NOT MATCH THE HASHES/.test(output)) {
    return new Problem(
      `A Python package that was received is not the one ${file} names (its hash differs).`,
      'Try again; if it stays so, the package index serves something else than the authors published.',
      output,
    );
  }
  if (
    /Failed to establish a new connection|Max retries exceeded|ConnectionError|Temporary failure in name resolution|ReadTimeoutError|SSLError|ProxyError/.test(
      output,
    )
  ) {
    return new Problem(
      'pip cannot reach its package index.',
      'Check the network, and the proxy and index settings (`pip config list`, HTTPS_PROXY), then try again.',
      output,
    );
  }
  return new Problem(
    `pip could not install what ${file} names.`,
    'See what pip said, mend it, and try again.',
    output,
  );
}

// Compiled once here: the jail sees these files read-only and would compile them anew in every run.
async function compile(context, venv, { version }) {
  const [major, minor] = version.split('.');
  const lib = join(venv, 'lib', `python${major}.${minor}`);
  // Programs can read this bytecode: it names its sources as they lie in the sandbox, not here.
  const places = ['-f', '-s', lib, '-p', BYTECODE_PLACE];
  await runTool(
    join(venv, 'bin', 'python'),
    ['-I', '-m', 'compileall', '-q', '-j', '0', ...places, lib],
    { env: context.env },
  );
}
