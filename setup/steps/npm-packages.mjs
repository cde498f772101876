/** Installs the npm packages, the pinned Node among them, exactly as package-lock.json says. */
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from '../context.mjs';
import { requireRoom } from '../disk.mjs';
import { Problem, diskFull, saysDiskFull } from '../problem.mjs';
import { findProgram, runTool } from '../process.mjs';
import { step } from '../progress.mjs';
import { hashTexts, isStamped, writeStamp } from '../stamp.mjs';

const ROOM_MIB = 1200;
const PINNED_NODE_MAJOR = 26;

/** @param {import('../context.mjs').Context} context */
export async function installNpmPackages(context) {
  await step(context, 'npm packages', async (say) => {
    if (areNpmPackagesCurrent(context.root)) return 'unchanged';
    requireRoom(context.root, ROOM_MIB, 'installing the npm packages');
    say('installing what package-lock.json names');
    await runNpmCi(context);
    await requirePinnedNode(context);
    linkStarter(context.root);
    writeStamp(join(context.root, 'node_modules'), lockHash(context.root));
  });
}

/** True when node_modules was made from the present lock file, on this kind of machine. */
export function areNpmPackagesCurrent(root) {
  return existsSync(pinnedNode(root)) && isStamped(join(root, 'node_modules'), lockHash(root));
}

function lockHash(root) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  return hashTexts([lock, process.platform, process.arch]);
}

async function runNpmCi(context) {
  const npm = findProgram('npm', context.env);
  if (!npm) {
    throw new Problem(
      'npm was not found on the PATH.',
      'Install npm (it comes with Node from https://nodejs.org/en/download) and try again.',
    );
  }
  // A person's own npm settings (or NODE_ENV=production) may leave out the kinds of packages that we
  // need; the pinned Node is an optional one. No package of ours has an install script: none may run.
  const { code, output } = await runTool(
    npm,
    [
      'ci',
      '--include=dev',
      '--include=optional',
      '--engine-strict=false',
      '--ignore-scripts',
      '--loglevel=error',
      '--no-audit',
      '--no-fund',
    ],
    { cwd: context.root, env: context.env },
  );
  if (code !== 0) throw npmProblem(output);
}

/** Sums up an npm failure. */
export function npmProblem(output) {
  if (saysDiskFull(output)) return diskFull(' (npm could not write)', output);
  const network =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|EIDLETIMEOUT|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|SELF_SIGNED_CERT_IN_CHAIN)\b/.exec(
      output,
    );
  if (network) {
    return new Problem(
      `npm cannot reach its package registry (${network[1]}).`,
      'Check the network, and the proxy and registry settings (`npm config get registry`, HTTPS_PROXY, NODE_EXTRA_CA_CERTS), then try again.',
      output,
    );
  }
  if (/\bEINTEGRITY\b/.test(output)) {
    return new Problem(
      'A package that npm received is not the one package-lock.json names (EINTEGRITY).',
      'Run `npm cache verify` and try again; if it stays so, the registry serves something else.',
      output,
    );
  }
  if (/can only install packages when your package.json and package-lock.json/.test(output)) {
    return new Problem(
      'package.json and package-lock.json do not agree.',
      'If you changed package.json, run `npm install`; else restore both files from git.',
      output,
    );
  }
  return new Problem(
    'npm could not install the packages.',
    'See what npm said, mend it, and try again.',
    output,
  );
}

async function requirePinnedNode(context) {
  const { code, stdout, output } = await runTool(pinnedNode(context.root), ['--version'], {
    env: context.env,
  });
  if (code === 0 && stdout.startsWith(`v${PINNED_NODE_MAJOR}.`)) return;
  throw new Problem(
    `The Node that Assay brings (v${PINNED_NODE_MAJOR}) does not run on this system (${process.platform} ${process.arch}).`,
    'Use Linux with glibc (Debian, Ubuntu, Fedora, ...) or macOS, on x86-64 or ARM64.',
    output,
  );
}

// npm links the commands of packages, not of the package that it stands in; `npx --no-install assay` looks here.
function linkStarter(root) {
  const link = join(root, 'node_modules', '.bin', 'assay');
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(join('..', '..', 'assay'), link);
}
