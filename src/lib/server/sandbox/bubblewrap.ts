import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Interpreter } from './interpreter.ts';
import { SandboxProblem } from './problems.ts';

/** Where things lie inside, whatever the host: tracebacks show these paths. */
const inside = {
  python: '/python/bin/python3',
  library: '/python/lib',
  packages: '/python/site-packages',
  shared: '/python/so',
  sandbox: '/sandbox',
};

/** Those that Python and programs open; there is no /dev/shm, no terminal. */
const devices = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'];

/** Places beside PATH where an installed bubblewrap may be; a service's PATH is often short. */
const usualPlaces = ['/usr/bin', '/usr/local/bin', '/bin'];

/**
 * Finds the bubblewrap of this host.
 * @throws SandboxProblem when there is none.
 */
export async function findBubblewrap(path = process.env['PATH'] ?? ''): Promise<string> {
  if (process.platform !== 'linux') {
    throw new SandboxProblem(
      `Programs can be run on Linux only; this is ${process.platform}. Use a Linux machine, a virtual one will do.`,
    );
  }
  const folders = [...path.split(':').filter((folder) => folder.startsWith('/')), ...usualPlaces];
  for (const folder of folders) {
    const file = join(folder, 'bwrap');
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  throw new SandboxProblem(
    'bubblewrap is not installed. On Debian: apt-get install bubblewrap. Where it cannot be had, ASSAY_SANDBOX_TIER=no-namespaces runs programs without it, less well shut in (docs/operating.md says how much less).',
  );
}

/** What a container is made of. */
export interface ContainerParts {
  interpreter: Interpreter;
  /** The folder `sandbox/` of this checkout. */
  sandbox: string;
  runtime: string;
  /** Folders of the standard library that hold other people's packages, to be hidden. */
  hidden: string[];
  /** The file of `sandbox/` that Python begins with; that of plain runs when left out. */
  entry?: Entry;
}

/** Of plain runs, and of lab runs. */
export type Entry = 'jail/main.py' | 'lab/main.py';

/**
 * The argument list for bwrap. It must be spawned with an empty environment: the process that bwrap
 * leaves as number 1 keeps the environment it was given, whatever `--clearenv` says.
 */
export function bubblewrapArguments({
  interpreter,
  sandbox,
  runtime,
  hidden,
  entry = 'jail/main.py',
}: ContainerParts): string[] {
  const library = `${inside.library}/python${interpreter.version}`;
  const readOnly: [string, string][] = [
    [interpreter.executable, inside.python],
    [interpreter.library, library],
    [interpreter.packages, inside.packages],
    [sandbox, inside.sandbox],
    [interpreter.loader, interpreter.loader],
    ...[...interpreter.sharedLibraries].map(([name, path]): [string, string] => [
      path,
      `${inside.shared}/${name}`,
    ]),
  ];
  return [
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--uid', '0', '--gid', '0'],
    // To make each run's namespaces, and to drop the bounding set; a run has neither.
    ...['--cap-drop', 'ALL', '--cap-add', 'CAP_SYS_ADMIN', '--cap-add', 'CAP_SETPCAP'],
    ...['--die-with-parent', '--new-session', '--hostname', 'sandbox'],
    ...readOnly.flatMap(([from, to]) => ['--ro-bind', from, to]),
    ...hidden.flatMap((folder) => {
      const place = `${library}/${folder}`;
      return ['--tmpfs', place, '--remount-ro', place];
    }),
    ...devices.flatMap((device) => ['--dev-bind', device, device]),
    // Where each run mounts a folder of its own. Without that, nothing at all can be written.
    ...['--dir', '/tmp', '--remount-ro', '/', '--chdir', '/'],
    ...['--setenv', 'LD_LIBRARY_PATH', inside.shared],
    // One heap for all threads: each further one would reserve 64 MiB of the address space.
    ...['--setenv', 'MALLOC_ARENA_MAX', '1'],
    // Sets and hashes come out alike in every run, as the request's seed promises.
    ...['--setenv', 'PYTHONHASHSEED', '0', '--setenv', 'LANG', 'C.UTF-8'],
    ...[inside.python, '-s', '-S', '-P', '-B', `${inside.sandbox}/${entry}`, runtime],
  ];
}
