/** One run by its phases: a copy of the sandbox with a clock at each, read through the run's stderr. */
import { chmod, cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { runtime } from './container-parts.ts';
import { settings } from './contender.ts';
import { openSandbox } from './ours.ts';
import { mustBeRight, program } from './program.ts';

/** A phase of one run. Times are milliseconds since Node asked for it. */
export interface Phase {
  name: string;
  began: number;
  ended: number;
  /** Pages that the kernel had to make, or to copy, for it. */
  faults: number;
}

export interface ProfiledRun {
  phases: Phase[];
  /** When Node had the result. */
  answered: number;
  /** Name, calls, and milliseconds of its own. */
  functions: [string, number, number][];
}

interface Told {
  marks: [string, number, number, number][];
  functions: [string, number, number][];
}

/**
 * Runs the program in a copy of the sandbox that times itself.
 * @param spares - As for the sandbox.
 * @param byFunction - Python's profiler watches the run, which slows it down.
 */
export async function profiledRuns(
  runs: number,
  { spares, byFunction, idleMs }: { spares?: number; byFunction: boolean; idleMs: number },
): Promise<ProfiledRun[]> {
  const copy = await copyOfSandbox(byFunction);
  try {
    const { sandbox } = await openSandbox(spares, copy);
    try {
      // The first ones are slower: nobody's pages are in the caches yet.
      for (let n = 0; n < 3; n += 1) await profiledRun(sandbox, idleMs);
      const profiled: ProfiledRun[] = [];
      for (let n = 0; n < runs; n += 1) profiled.push(await profiledRun(sandbox, idleMs));
      return profiled;
    } finally {
      await sandbox.close();
    }
  } finally {
    await rm(copy, { recursive: true });
  }
}

async function copyOfSandbox(byFunction: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-profile-'));
  // The container may belong to nobody.
  await chmod(folder, 0o755);
  const jail = join(folder, 'sandbox/jail');
  await cp(join(settings().root, 'sandbox'), join(folder, 'sandbox'), { recursive: true });
  await rename(join(jail, 'main.py'), join(jail, 'started.py'));
  await cp(join(import.meta.dirname, 'profiled_main.py'), join(jail, 'main.py'));
  if (byFunction) await writeFile(join(jail, 'by-function'), '');
  return folder;
}

async function profiledRun(sandbox: Sandbox, idleMs: number): Promise<ProfiledRun> {
  await delay(idleMs);
  // The very clock that Python's monotonic one is, in this container as well.
  const asked = process.hrtime.bigint();
  const result = await sandbox.run({ runtime, program });
  const answered = Number(process.hrtime.bigint() - asked) / 1e6;
  mustBeRight('the profiled sandbox', result.stdout || JSON.stringify(result));
  const { marks, functions } = JSON.parse(result.stderr.trim().split('\n').at(-1)!) as Told;
  const since = (ns: number) => (ns - Number(asked)) / 1e6;
  const phases = marks.map(([name, began, ended, faults]) => ({
    ...{ name, faults },
    ...{ began: since(began), ended: since(ended) },
  }));
  return {
    phases,
    answered,
    functions: functions.map(([name, calls, seconds]) => [name, calls, seconds * 1000]),
  };
}
