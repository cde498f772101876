/** The real sandbox with what proof needs of it. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { ProofDeps } from '../../src/lib/server/proof/prove-catalogue.ts';
import type { ProofKeeper } from '../../src/lib/server/proof/proof-keeper.ts';
import { readMachine } from '../../src/lib/server/sandbox/machine.ts';
import type { Sandbox } from '../../src/lib/server/sandbox/port.ts';
import { createLab, labDigest } from '../../src/lib/server/sandbox/bubblewrap-lab.ts';
import { createSandbox, harnessDigest } from '../../src/lib/server/sandbox/bubblewrap-sandbox.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export const ourContent = join(repository, 'content');

const runtime = 'django-5.2';

export interface RealBench extends ProofDeps {
  sandbox: Sandbox;
  close(): Promise<void>;
}

/**
 * Starts the sandbox; the lab when something is measured.
 * @throws Error when this host has none: these tests prove nothing without it.
 */
export async function openBench(): Promise<RealBench> {
  const sandbox = createSandbox({
    root: repository,
    venv: join(repository, '.venv'),
    // As a workshop has it.
    poolMemoryBytes: 2048 * 1024 * 1024,
    runsPerCore: 2,
    execution: true,
  });
  const lab = createLab({ root: repository, venv: join(repository, '.venv'), execution: true });
  const state = await sandbox.state(runtime);
  if (!state.ready) throw new Error(`no sandbox: ${state.problem}`);
  return {
    sandbox,
    runtime: { name: runtime, versions: await sandbox.versions(runtime) },
    harness: await harnessDigest(repository, runtime),
    labHarness: await labDigest(repository, runtime),
    labHost: { port: lab, machine: readMachine() },
    tier: state.tier,
    limits: {},
    keeper: null,
    now: () => new Date().toISOString(),
    close: async () => {
      await Promise.all([sandbox.close(), lab.close()]);
    },
  };
}

/** Keeps run records for the length of a test file, so that mutations of keys need no new runs. */
export function memoryKeeper(): ProofKeeper {
  const kept = new Map<string, string>();
  return {
    find: async (key) => JSON.parse(kept.get(key) ?? 'null') as unknown,
    keep: async (key, record) => void kept.set(key, JSON.stringify(record)),
  };
}
