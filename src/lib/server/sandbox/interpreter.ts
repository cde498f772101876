import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { SandboxProblem } from './problems.ts';

const run = promisify(execFile);

/** Where the parts of a Python lie on this host. */
export interface Interpreter {
  executable: string;
  /** `3.11`. */
  version: string;
  /** The standard library's folder. */
  library: string;
  /** Packages of the virtual environment. */
  packages: string;
  /** Shared libraries by the name under which they are looked for, and where they are. */
  sharedLibraries: Map<string, string>;
  /** The dynamic loader, which must lie at this very path. */
  loader: string;
}

const leastVersion = '3.11';

/** Of terminals and old databases: a run has neither, and each brings libraries of its own. */
const leftOut = /^(nis|readline|_curses|_curses_panel|_dbm|_gdbm|_tkinter)\./;

const question = `
import json, os, sys, sysconfig
print(json.dumps({
    "executable": os.path.realpath(sys._base_executable),
    "version": "%d.%d" % sys.version_info[:2],
    "library": sysconfig.get_path("stdlib"),
    "packages": sysconfig.get_path("purelib"),
}))
`;

/**
 * Finds the interpreter that a virtual environment was made from.
 * @param venv - The environment's folder.
 * @throws SandboxProblem when it is missing, or this user cannot read it.
 */
export async function findInterpreter(venv: string): Promise<Interpreter> {
  const python = join(venv, 'bin/python');
  await mustBeReadable(python, constants.X_OK, venv);
  const { stdout } = await run(python, ['-I', '-c', question], { env: {} }).catch((error) => {
    throw new SandboxProblem(`The Python in ${venv} does not start: ${lastLine(error)}`);
  });
  const found = JSON.parse(stdout) as Omit<Interpreter, 'sharedLibraries' | 'loader'>;
  if (isOlder(found.version)) {
    throw new SandboxProblem(
      `The Python in ${venv} is ${found.version}; ${leastVersion} or later is needed. Remove ${venv} and start again with a newer Python installed.`,
    );
  }
  await mustBeReadable(found.executable, constants.R_OK | constants.X_OK, venv);
  await mustBeReadable(join(found.library, 'os.py'), constants.R_OK, venv);
  await mustBeReadable(found.packages, constants.R_OK | constants.X_OK, venv);
  return { ...found, ...(await findLibraries(found.executable, found.library)) };
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastVersion.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}

async function mustBeReadable(path: string, mode: number, venv: string): Promise<void> {
  await access(path, mode).catch(() => {
    throw new SandboxProblem(
      `${path} is missing, or this user cannot read it. Remove ${venv} and start again: it is made anew from a Python that this user can read.`,
    );
  });
}

async function findLibraries(
  executable: string,
  library: string,
): Promise<Pick<Interpreter, 'sharedLibraries' | 'loader'>> {
  const dynload = join(library, 'lib-dynload');
  const names = await readdir(dynload).catch(() => []);
  const modules = names
    .filter((name) => name.includes('.so') && !leftOut.test(name))
    .map((name) => join(dynload, name));
  // ldd also ends with 1 when one of the files is not dynamic: what it printed counts.
  const { stdout } = await run('ldd', [executable, ...modules], {
    env: { PATH: '/usr/bin:/bin' },
    maxBuffer: 4 * 1024 * 1024,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  const { loader, sharedLibraries } = parseLdd(stdout);
  if (!loader) {
    throw new SandboxProblem(`The shared libraries of ${executable} could not be found with ldd.`);
  }
  return { loader, sharedLibraries: await resolveAll(sharedLibraries) };
}

/**
 * Reads what `ldd` prints. Libraries that it did not find are left out: the module that wants them is
 * an optional one, and says so when it is imported.
 */
export function parseLdd(text: string): {
  loader: string | null;
  sharedLibraries: Map<string, string>;
} {
  let loader: string | null = null;
  const sharedLibraries = new Map<string, string>();
  for (const line of text.split('\n')) {
    const library = /^\s+(\S+) => (\/\S+) \(0x/.exec(line);
    if (library) sharedLibraries.set(basename(library[1]!), library[2]!);
    else loader ??= /^\s+(\/\S+) \(0x/.exec(line)?.[1] ?? null;
  }
  return { loader, sharedLibraries };
}

async function resolveAll(libraries: Map<string, string>): Promise<Map<string, string>> {
  const entries = [...libraries].map(
    async ([name, path]) => [name, await realpath(path)] as [string, string],
  );
  return new Map(await Promise.all(entries));
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').at(-1) ?? '';
}
