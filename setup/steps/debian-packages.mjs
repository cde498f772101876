/**
 * The Debian packages that Assay uses. As root they are installed; for anybody else the command to
 * run is printed. Serving can do without bubblewrap (it then runs no code, and says so); testing cannot.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireRoom } from '../disk.mjs';
import { Problem, diskFull, saysDiskFull } from '../problem.mjs';
import { findProgram, runTool } from '../process.mjs';
import { line, step } from '../progress.mjs';

const ROOM_MIB = 1500;

/** @typedef {{ name: string, isThere: (env: object) => boolean }} DebianPackage */

const program = (name) => (env) => findProgram(name, env) !== null;

/** What runs learners' code. @type {DebianPackage[]} */
export const START_PACKAGES = [{ name: 'bubblewrap', isThere: program('bwrap') }];

/** What the tests need besides. @type {DebianPackage[]} */
export const TEST_PACKAGES = [
  ...START_PACKAGES,
  { name: 'chromium', isThere: program('chromium') },
  { name: 'nginx-light', isThere: program('nginx') },
  { name: 'postgresql', isThere: (env) => program('initdb')(env) || hasDebianPostgres() },
  { name: 'strace', isThere: program('strace') },
];

function hasDebianPostgres(folder = '/usr/lib/postgresql') {
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin', 'initdb')));
}

/** The command that installs packages, as a person would type it. */
export function debianInstallCommand(names, isRoot = false) {
  const sudo = isRoot ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y ${names.join(' ')}`;
}

/** Installs what serving wants; its absence is told, and is no reason to stop. */
export async function offerStartPackages(context, packages = START_PACKAGES) {
  await step(context, 'Debian packages', async (say) => {
    const missing = namesMissing(context, packages);
    if (missing.length === 0) return 'unchanged';
    const problem = await tryInstall(context, missing, say);
    if (!problem) return `installed ${missing.join(', ')}`;
    line(
      context,
      '',
      `${problem.message} Code cannot be run; lessons are shown with the evidence they have.`,
    );
    line(context, '', `To run code: ${problem.fix}`);
    return `without ${missing.join(', ')}`;
  });
}

/** Installs what the tests need, or throws a problem with the command to run. */
export async function requireTestPackages(context, packages = TEST_PACKAGES) {
  await step(context, 'Debian packages', async (say) => {
    const missing = namesMissing(context, packages);
    if (missing.length === 0) return 'unchanged';
    const problem = await tryInstall(context, missing, say);
    if (problem) throw problem;
    const still = namesMissing(context, packages);
    if (still.length > 0) {
      throw new Problem(
        `apt-get ran, but these are still missing: ${still.join(', ')}.`,
        `Run it yourself and see: ${debianInstallCommand(still, context.isRoot)}`,
      );
    }
    return `installed ${missing.join(', ')}`;
  });
}

function namesMissing(context, packages) {
  return packages.filter((one) => !one.isThere(context.env)).map((one) => one.name);
}

/**
 * Installs packages as root.
 * @returns {Promise<Problem | null>} Why they could not be, or null.
 */
export async function tryInstall(context, names, say) {
  const list = names.join(', ');
  const aptGet = findProgram('apt-get', context.env);
  if (!aptGet) {
    return new Problem(
      `Missing on this system: ${list} (and there is no apt-get to install from).`,
      `Install what your system calls: ${names.join(' ')}`,
    );
  }
  if (!context.isRoot) {
    return new Problem(`Missing on this system: ${list}.`, debianInstallCommand(names));
  }
  requireRoom('/', ROOM_MIB, `installing ${list}`);
  say(`installing ${list}`);
  let result = hasPackageLists() ? await aptInstall(context, aptGet, names) : null;
  if (result?.code !== 0) {
    say('fetching the lists of packages');
    await apt(context, aptGet, ['update']);
    say(`installing ${list}`);
    result = await aptInstall(context, aptGet, names);
  }
  if (result.code === 0) return null;
  if (saysDiskFull(result.output)) return diskFull(' (apt-get could not write)', result.output);
  return new Problem(
    `apt-get could not install ${list}.`,
    debianInstallCommand(names, true),
    result.output,
  );
}

function hasPackageLists(folder = '/var/lib/apt/lists') {
  return existsSync(folder) && readdirSync(folder).some((name) => name.includes('_Packages'));
}

function aptInstall(context, aptGet, names) {
  return apt(context, aptGet, ['install', '-y', '--no-install-recommends', ...names]);
}

function apt(context, aptGet, args) {
  return runTool(aptGet, ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...context.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
  });
}
