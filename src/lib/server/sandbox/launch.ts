import { readdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bubblewrapArguments, type Entry, findBubblewrap } from './bubblewrap.ts';
import { containerIdentity, type Identity } from './identity.ts';
import { findInterpreter, type Interpreter } from './interpreter.ts';
import { SandboxProblem } from './problems.ts';
import {
  makeRunsFolder,
  plainArguments,
  plainCommand,
  removeUnusedFolder,
} from './without-namespaces.ts';

/** How a runtime is shut in: the setting that an operator chooses. Nothing falls back from one to the other. */
export type JailTier = 'full' | 'no-namespaces';

/** Of what a container is started. */
export interface LaunchSetup {
  tier: JailTier;
  /** The folder that holds `sandbox/`. */
  root: string;
  venv: string;
  runtime: string;
}

/** A command line, and whom the process is to belong to. */
interface Launch {
  command: string;
  args: string[];
  identity: Identity | null;
  /** Called when the process has ended, however early. */
  tidyUp: () => Promise<void>;
}

/**
 * What to start for a runtime, on this host and in this tier.
 * @throws SandboxProblem when this host cannot.
 */
export async function launchOf({ tier, root, venv, runtime }: LaunchSetup): Promise<Launch> {
  const sandbox = join(root, 'sandbox');
  // The weaker one only where it is asked for by name.
  return tier === 'no-namespaces'
    ? onHost(sandbox, await findInterpreter(venv), runtime)
    : inContainer(sandbox, venv, runtime, 'jail/main.py');
}

/**
 * What to start for one lab run: it needs a network of its own, so there is none without namespaces.
 * @throws SandboxProblem when this host cannot, or its tier has none.
 */
export async function launchOfLab({ tier, root, venv, runtime }: LaunchSetup): Promise<Launch> {
  if (tier === 'no-namespaces') {
    throw new SandboxProblem(
      'The lab needs a network of its own, which there is not without namespaces (ASSAY_SANDBOX_TIER=no-namespaces).',
    );
  }
  return inContainer(join(root, 'sandbox'), venv, runtime, 'lab/main.py');
}

async function inContainer(
  sandbox: string,
  venv: string,
  runtime: string,
  entry: Entry,
): Promise<Launch> {
  const [command, interpreter] = await Promise.all([findBubblewrap(), findInterpreter(venv)]);
  const folders = await readdir(interpreter.library);
  const hidden = ['site-packages', 'dist-packages'].filter((name) => folders.includes(name));
  const identity = await containerIdentity([command, ...partsOf(interpreter, sandbox)]);
  return {
    command,
    args: bubblewrapArguments({ interpreter, sandbox, runtime, hidden, entry }),
    identity,
    tidyUp: () => Promise.resolve(),
  };
}

async function onHost(sandbox: string, interpreter: Interpreter, runtime: string): Promise<Launch> {
  if (process.platform !== 'linux') {
    throw new SandboxProblem(
      `Programs can be run on Linux only; this is ${process.platform}. Use a Linux machine, a virtual one will do.`,
    );
  }
  const identity = await containerIdentity(partsOf(interpreter, sandbox));
  if (process.getuid?.() === 0 && !(identity && (await isForAll(tmpdir())))) {
    throw new SandboxProblem(
      `Without namespaces (ASSAY_SANDBOX_TIER=no-namespaces) nothing is run as root, and no other user can read ${sandbox} and its Python and write to ${tmpdir()}. Start Assay as an ordinary user, or let others do so.`,
    );
  }
  // The jail compares paths: all of them are without links.
  const real = {
    ...interpreter,
    packages: await realpath(interpreter.packages),
    library: await realpath(interpreter.library),
  };
  const runs = await makeRunsFolder(identity);
  const args = plainArguments({
    interpreter: real,
    sandbox: await realpath(sandbox),
    runtime,
    runs,
  });
  return { command: plainCommand, args, identity, tidyUp: () => removeUnusedFolder(runs) };
}

const modeOfAll = 0o007;

/** Whether any user may make and remove folders there. */
async function isForAll(folder: string): Promise<boolean> {
  return ((await stat(folder)).mode & modeOfAll) === modeOfAll;
}

function partsOf(interpreter: Interpreter, sandbox: string): string[] {
  const { executable, library, packages, sharedLibraries } = interpreter;
  return [executable, library, packages, sandbox, ...sharedLibraries.values()];
}
