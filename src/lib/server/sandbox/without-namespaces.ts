import { chown, mkdtemp, realpath, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Identity } from './identity.ts';
import type { Interpreter } from './interpreter.ts';

/** What a process is started from that shares the host's namespaces. All paths are the host's. */
interface PlainParts {
  interpreter: Interpreter;
  /** The folder `sandbox/` of this checkout. */
  sandbox: string;
  runtime: string;
  /** Where each run has a folder of its own; whoever the process belongs to must own it. */
  runs: string;
}

/** Starts a program with these variables and no others. */
export const plainCommand = '/usr/bin/env';

/**
 * The argument list for env. The process must be spawned with an empty environment, as bubblewrap is:
 * what a run sees of it are these variables alone.
 */
export function plainArguments({ interpreter, sandbox, runtime, runs }: PlainParts): string[] {
  const libraries = [...interpreter.sharedLibraries.values()];
  const variables = {
    // Where ldd has found them: the loader's own list of places cannot be read by a run.
    LD_LIBRARY_PATH: [...new Set(libraries.map((path) => dirname(path)))].join(':'),
    // As in a container: see bubblewrap.ts.
    MALLOC_ARENA_MAX: '1',
    PYTHONHASHSEED: '0',
    LANG: 'C.UTF-8',
    // What is there but refused would raise where Python looks first and opens then.
    PYTHONTZPATH: '',
    // SQLite takes the first folder that looks writable, which only a run's own one is.
    SQLITE_TMPDIR: '.',
  };
  return [
    ...['-i', ...Object.entries(variables).map(([name, value]) => `${name}=${value}`)],
    ...[interpreter.executable, '-s', '-S', '-P', '-B', join(sandbox, 'jail/main.py'), runtime],
    ...[runs, interpreter.packages, interpreter.library, ...libraries],
  ];
}

/** Makes the folder for the runs' folders. The process that uses it removes it at its end. */
export async function makeRunsFolder(identity: Identity | null): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'assay-runs-'));
  if (identity) await chown(folder, identity.uid, identity.gid);
  return folder;
}

/**
 * Where the process ended before it could remove anything. Only an empty folder is removed: what programs
 * may have put into one is for those to touch who have no more rights than they.
 */
export async function removeUnusedFolder(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}
