/** The sandbox itself, as the site uses it. */
import { join } from 'node:path';
import { createSandbox, type SandboxOptions } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { runtime } from './container-parts.ts';
import { type Contender, settings } from './contender.ts';
import { startedBy, treeMs } from './processor-time.ts';
import { mustBeRight, program } from './program.ts';

export interface OpenSandbox {
  sandbox: Sandbox;
  /** Milliseconds of processor time since the start, as the host counts them, of all that is in it. */
  cpuMs(): number;
  /** The containers' outermost processes. */
  pids: number[];
}

/**
 * @param spares - Runs that are forked beforehand; left out: as many as the site has.
 * @throws Error with what is wrong when this host cannot run programs.
 */
export async function openSandbox(spares?: number, root?: string): Promise<OpenSandbox> {
  const own = settings();
  const { made: sandbox, pids } = await startedBy(async () => {
    // Whatever this site's settings say, it is the jail with all its layers that is measured.
    const options: SandboxOptions & { tier: 'full' } = {
      root: root ?? own.root,
      venv: join(own.root, '.venv'),
      poolMemoryBytes: own.poolMemoryBytes,
      execution: true,
      tier: 'full',
      // One container for all that is counted.
      recycleAfter: Number.MAX_SAFE_INTEGER,
      ...(spares === undefined ? {} : { spares }),
    };
    const made = createSandbox(options);
    const state = await made.state(runtime);
    if (!state.ready) throw new Error(state.problem);
    return made;
  });
  return { sandbox, pids, cpuMs: () => treeMs(pids) };
}

/** @returns The sandbox as a contender. */
export async function ourContender(name: string, spares?: number): Promise<Contender> {
  const { sandbox, cpuMs } = await openSandbox(spares);
  const before = cpuMs();
  let runs = 0;
  return {
    name,
    async run() {
      const insideMs = await runOnce(sandbox, name);
      runs += 1;
      return { insideMs };
    },
    cpuMsPerRun: async () => (cpuMs() - before) / runs,
    close: () => sandbox.close(),
  };
}

/** Runs the program once. @returns How long the supervisor says that it took. */
export async function runOnce(sandbox: Sandbox, name: string): Promise<number> {
  const { outcome, stdout, stderr, usage } = await sandbox.run({ runtime, program });
  mustBeRight(name, outcome === 'finished' ? stdout : `${outcome}: ${stdout}${stderr}`);
  return usage.wallMs;
}
