/**
 * A sandbox from which layers have been taken away, inside a disposable jail of our own.
 *
 * It is the real adapter with a copy of `sandbox/` and, where it looks for bubblewrap, a program of ours
 * (outer_jail.py) that puts a second bubblewrap around the container.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import { findBubblewrap } from '#lib/server/sandbox/bubblewrap.ts';
import { findInterpreter, parseLdd } from '#lib/server/sandbox/interpreter.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { options, root } from '../contract/sandbox-under-test.ts';
import { runtime } from './companions.ts';
import type { Grading } from './drives.ts';
import { labPatches } from './lab-layers.ts';
import { type LayerName, layers } from './layers.ts';
import { type Layer, onlyInTheOuterJail, patchText, silencedCanaries } from './patches.ts';

export interface AblatedSandbox {
  sandbox: Sandbox;
  /** Holds the copy, in `sandbox/`. */
  folder: string;
  /** Where the verdict comes from, with these layers taken away. */
  grading: Grading;
  /** Ends it with all that is in it, and removes the copy. */
  remove(): Promise<void>;
}

/** Processes and threads of a jail: where forks are possible, a bomb must find less room than threads need. */
const roomFor = { forks: 300, threads: 1_500 };
const forksAreStoppedBy: readonly LayerName[] = ['seccomp', 'seccomp-arguments', 'lab-seccomp'];

/**
 * Starts the sandbox without the layers named. One at a time: while it is open, this process finds our
 * program where it looks for bubblewrap.
 * @throws Error when a layer is not where the table says, or the container does not start.
 */
export async function startWithout(names: readonly LayerName[]): Promise<AblatedSandbox> {
  const taken: [string, Layer][] = names.map((name) => [name, layers[name]]);
  const folder = mkdtempSync(join(tmpdir(), 'assay-ablation-'));
  // Until it is closed: a container that was killed is started anew.
  const path = process.env['PATH'] ?? '';
  process.env['PATH'] = `${join(folder, 'bin')}:${path}`;
  const remove = () => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  };
  const sandbox = await open(folder, taken, names).catch((error: unknown) => {
    remove();
    throw error;
  });
  return {
    sandbox,
    folder,
    grading: taken.some(([, { grading }]) => grading) ? 'in-the-run' : 'in-a-fork',
    async remove() {
      await sandbox.close();
      remove();
    },
  };
}

async function open(
  folder: string,
  taken: [string, Layer][],
  names: readonly LayerName[],
): Promise<Sandbox> {
  cpSync(join(root, 'sandbox'), join(folder, 'sandbox'), {
    recursive: true,
    filter: (path) => basename(path) !== '__pycache__',
  });
  patchCopy(folder, taken);
  await writeCommand(join(folder, 'bin'), taken, names);
  // Whoever the container is started as must be able to read it.
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  const sandbox = createSandbox({ ...options, root: folder });
  const state = await sandbox.state(runtime);
  if (state.ready) return sandbox;
  await sandbox.close();
  throw new Error(`without ${names.join(', ')} the container does not start: ${state.problem}`);
}

function patchCopy(folder: string, taken: [string, Layer][]): void {
  const patches = taken.flatMap(([name, layer]) =>
    (layer.patches ?? []).map((patch) => ({ name, patch })),
  );
  const always = [
    { name: 'canaries', patch: silencedCanaries },
    { name: 'outer jail', patch: onlyInTheOuterJail },
    ...labPatches.map((patch) => ({ name: 'lab', patch })),
  ];
  for (const { name, patch } of [...always, ...patches]) {
    const file = join(folder, 'sandbox', patch.file);
    writeFileSync(file, patchText(readFileSync(file, 'utf8'), patch, name));
  }
}

/** The program that stands where bubblewrap is looked for, and what it needs to know. */
async function writeCommand(
  folder: string,
  taken: [string, Layer][],
  names: readonly LayerName[],
): Promise<void> {
  const bubblewrap = await findBubblewrap();
  const { executable } = await findInterpreter(options.venv);
  const ldd = execFileSync('ldd', [bubblewrap], { encoding: 'utf8' });
  const plan = {
    bubblewrap,
    libraries: Object.fromEntries(parseLdd(ldd).sharedLibraries),
    owned_devices: taken.some(([, { host }]) => host === 'devices'),
    environment: taken.some(([, { host }]) => host === 'environment'),
    processes: names.some((name) => forksAreStoppedBy.includes(name))
      ? roomFor.forks
      : roomFor.threads,
    arguments: taken.flatMap(([layer, { arguments: changes }]) =>
      (changes ?? []).map((change) => ({ layer, ...change })),
    ),
    secrets: { environment: randomUUID(), file: randomUUID(), listener: randomUUID() },
  };
  mkdirSync(folder);
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  copyFileSync(join(import.meta.dirname, 'disposable_host.py'), join(folder, 'disposable_host.py'));
  const program = readFileSync(join(import.meta.dirname, 'outer_jail.py'), 'utf8');
  writeFileSync(join(folder, 'bwrap'), `#!${executable} -ISB\n${program}`);
  chmodSync(join(folder, 'bwrap'), 0o755);
}
