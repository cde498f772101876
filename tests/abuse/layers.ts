/**
 * The layers of the sandbox, each with the one way to take it away. That is done to a copy of `sandbox/`
 * and to the container's argument list, inside the outer jail only; what is shipped has no switch for it.
 */
import type { Layer, Patch } from './patches.ts';
import { labLayers } from './lab-layers.ts';
import { reportLayers } from './report-layers.ts';

const doors = 'jail/doors.py';
const live = 'jail/live.py';
const seccomp = 'jail/seccomp.py';

const without = (file: string, found: string): Patch => ({ file, found, instead: '' });
const passed = (file: string, found: string): Patch => ({ file, found, instead: 'pass' });
const limit = (line: string): Layer => ({ patches: [without(doors, line)] });

/** Forks made beforehand know nothing of the run, which these layers are about. */
const noSpares: Patch = {
  file: 'jail/spares.py',
  found: 'self._most = most',
  instead: 'self._most = 0',
};

export const layers = {
  'user-namespace-lock': { arguments: [{ found: ['--disable-userns'], instead: [] }] },
  'no-network': {
    arguments: [{ found: ['--unshare-all'], instead: ['--unshare-all', '--share-net'] }],
  },
  'container-root': {
    arguments: [
      { found: ['--die-with-parent'], instead: ['--die-with-parent', '--ro-bind', '/', '/'] },
    ],
  },
  'read-only-root': { arguments: [{ found: ['--remount-ro', '/'], instead: [] }] },
  'no-proc': {
    arguments: [{ found: ['--dir', '/tmp'], instead: ['--proc', '/proc', '--dir', '/tmp'] }],
  },
  'empty-environment': { host: 'environment' },
  'unprivileged-user': {
    host: 'devices',
    // The stand-ins lie on a mount that has this flag, which no remount can take away.
    patches: [
      {
        file: doors,
        found: 'flags | kernel.MS_NOSUID | kernel.MS_NOEXEC)',
        instead: 'flags | kernel.MS_NOSUID | kernel.MS_NOEXEC | kernel.MS_NODEV)',
      },
    ],
  },
  'not-dumpable': {
    patches: [
      passed('jail/zygote.py', 'kernel.prctl(kernel.PR_SET_DUMPABLE, 0)'),
      passed('jail/main.py', 'kernel.prctl(kernel.PR_SET_DUMPABLE, 0)'),
    ],
  },
  'own-session': { patches: [passed(doors, 'os.setsid()')] },
  'run-pid-namespace': { patches: [without(doors, ' | kernel.CLONE_NEWPID')] },
  'run-mount-namespace': {
    // With one mount namespace for all there is one /tmp for all.
    arguments: [{ found: ['--dir', '/tmp'], instead: ['--tmpfs', '/tmp'] }],
    patches: [
      without(doors, 'kernel.CLONE_NEWNS | '),
      passed(doors, 'kernel.mount("tmpfs", "/tmp", "tmpfs", _PRIVATE, options)'),
    ],
  },
  'run-ipc-namespace': { patches: [without(doors, ' | kernel.CLONE_NEWIPC')] },
  // The container's own name is not the run's to set; it has the same one.
  'run-uts-namespace': {
    patches: [
      without(doors, ' | kernel.CLONE_NEWUTS'),
      passed(doors, 'kernel.set_host_name(HOST_NAME)'),
    ],
  },
  // Not endless: the host's memory is behind it.
  'tmpfs-size': {
    patches: [{ file: doors, found: 'size={limits.diskBytes}', instead: 'size=1g' }],
  },
  'tmpfs-inodes': {
    patches: [{ file: doors, found: 'nr_inodes={limits.files + 1}', instead: 'nr_inodes=200000' }],
  },
  'tmpfs-flags': {
    patches: [
      {
        file: doors,
        found: '_PRIVATE = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC',
        instead: '_PRIVATE = 0',
      },
    ],
  },
  'read-only-devices': {
    patches: [
      {
        file: doors,
        found: 'kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY',
        instead: 'kernel.MS_REMOUNT | kernel.MS_BIND',
      },
    ],
  },
  'closed-descriptors': {
    patches: [
      passed(doors, 'os.closerange(len(high) + 1, 1 << 20)'),
      passed('jail/child.py', 'os.closerange(doors.DATABASE, 1 << 20)'),
      passed(
        'jail/child.py',
        'os.closerange(doors.GO + 1 if inputs else doors.STATUS, doors.DATABASE + 1)',
      ),
    ],
  },
  'clean-environment': { patches: [passed(doors, 'os.environ.clear()')] },
  'fresh-streams': {
    patches: [
      passed(
        doors,
        'sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.FileIO(0, "rb", closefd=False))',
      ),
      passed(doors, 'sys.stdout = sys.__stdout__ = _stream(1, "strict")'),
      passed(doors, 'sys.stderr = sys.__stderr__ = _stream(2, "backslashreplace")'),
    ],
  },
  'limit-memory': limit('"RLIMIT_AS": limits.memoryBytes,'),
  'limit-cpu': limit('"RLIMIT_CPU": limits.cpu_seconds,'),
  'limit-file-size': limit('"RLIMIT_FSIZE": limits.diskBytes,'),
  'limit-open-files': limit('"RLIMIT_NOFILE": descriptors,'),
  'limit-threads': limit('"RLIMIT_NPROC": threads,'),
  'limit-stack': limit('"RLIMIT_STACK": _STACK_BYTES,'),
  'limit-core': limit('"RLIMIT_CORE": 0,'),
  'limit-locked-memory': limit('"RLIMIT_MEMLOCK": 0,'),
  'limit-queues': limit('"RLIMIT_MSGQUEUE": 0,'),
  'limit-pending-signals': limit('"RLIMIT_SIGPENDING": _MOST_PENDING_SIGNALS,'),
  'no-capabilities': { patches: [passed(doors, 'kernel.drop_capabilities()')] },
  // bubblewrap sets the same flag once more: alone this takes nothing away.
  'no-new-privileges': { patches: [passed(doors, 'kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)')] },
  landlock: { patches: [passed(doors, 'landlock.restrict(ports)')] },
  seccomp: { patches: [passed(doors, 'seccomp.install(kind)')] },
  'seccomp-arguments': {
    patches: [
      {
        file: seccomp,
        found: '_op(_JEQ, known[name], 0, len(body)), *body]',
        instead: '_op(_JEQ, known[name], 0, 1), _ret(_ALLOW)]',
      },
    ],
  },
  'foreign-architectures': {
    patches: [
      {
        file: seccomp,
        found: '_op(_JEQ, _ARCHES[machine], 1, 0), _ret(_KILL)',
        instead: '_op(_JEQ, _ARCHES[machine], 1, 0), _ret(_ALLOW)',
      },
      {
        file: seccomp,
        found: '_op(_JGE, _X32_BIT, 0, 1), _ret(_KILL)',
        instead: '_op(_JGE, _X32_BIT, 0, 1), _ret(_ALLOW)',
      },
    ],
  },
  'wall-clock': {
    patches: [
      {
        file: live,
        found: 'self.deadline = self.began + seconds',
        instead: 'self.deadline = self.began + 3600',
      },
    ],
  },
  'output-cap': {
    patches: [
      {
        file: live,
        found: 'self.stdout = Stream(limits.outputBytes)',
        instead: 'self.stdout = Stream(1 << 23)',
      },
      {
        file: live,
        found: 'self.stderr = Stream(limits.outputBytes)',
        instead: 'self.stderr = Stream(1 << 23)',
      },
    ],
  },
  'lenient-output': {
    patches: [
      {
        file: live,
        found: 'codecs.getincrementaldecoder("utf-8")("replace")',
        instead: 'codecs.getincrementaldecoder("utf-8")("strict")',
      },
    ],
  },
  ...reportLayers,
  ...labLayers,
  'database-copy': {
    // One file for all runs, bound to where each has its own.
    arguments: [{ found: ['--dir', '/tmp'], instead: ['--dir', '/tmp', '--tmpfs', '/shared'] }],
    patches: [
      noSpares,
      {
        file: doors,
        found: '    os.chdir("/tmp")\n',
        instead: [
          '    os.chdir("/tmp")',
          '    for file in ("/shared/db.sqlite3", "/tmp/db.sqlite3"):',
          '        os.close(os.open(file, os.O_CREAT))',
          '    kernel.mount("/shared/db.sqlite3", "/tmp/db.sqlite3", None, kernel.MS_BIND)',
          '',
        ].join('\n'),
      },
      {
        file: 'runtimes/django-5.2/assay_django/sqlite_file.py',
        found: '    descriptor = os.open(path',
        instead: [
          '    if os.path.ismount(path):',
          '        if path.stat().st_size == 0:',
          '            path.write_bytes(_template if database is None else database)',
          '        return',
          '    descriptor = os.open(path',
        ].join('\n'),
      },
    ],
  },
  'fork-per-run': {
    // The program is run in the zygote too, so that what it changes there is met by the next run.
    patches: [
      noSpares,
      {
        file: 'jail/zygote.py',
        found: '    try:\n        run = kernel.fork_apart',
        instead: [
          '    from contextlib import suppress',
          '    from jail import program',
          '    with suppress(BaseException):',
          '        source = json.loads(child._read_all(descriptors[5]))["program"]',
          '        program.load(source, "program.py", "program")',
          '    try:',
          '        run = kernel.fork_apart',
        ].join('\n'),
      },
    ],
  },
  'process-one-kill': {
    // A run that is not process 1 of anything, and so does not take with it what it started.
    patches: [without(doors, ' | kernel.CLONE_NEWPID')],
  },
} satisfies Record<string, Layer>;

export type LayerName = keyof typeof layers;
export const layerNames = Object.keys(layers) as [LayerName, ...LayerName[]];
