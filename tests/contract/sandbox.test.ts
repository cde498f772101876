import { describe, expect, it } from 'vitest';
import { titledVersions } from '#lib/domain/installed-runtime.ts';
import { defaultLimits } from '#lib/server/sandbox/limits.ts';
import type { Limits } from '#lib/domain/run.ts';
import { containers, descendants, sparesReady } from './container-processes.ts';
import { canStepDown, locksByNumber, python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();
const quick: Partial<Limits> = { wallMs: 1_500 };

/** A run that has nothing to do with the one before it, and must come out as if that had never been. */
async function expectHonestRun(): Promise<void> {
  const result = await under.run(python`
    import os
    from django.contrib.auth.models import User
    User.objects.create(username="ada")
    print(User.objects.count(), os.listdir("/tmp"))
  `);
  expect(result).toMatchObject({ outcome: 'finished', exit: 0, stderr: '', error: null });
  expect(result.stdout).toBe("1 ['db.sqlite3']\n");
}

describe('an honest program', () => {
  it('runs on the real framework, and says which', async () => {
    const result = await under.run(
      'import django, sys\nprint(__name__, sys.argv, django.__version__)',
      { fileName: 'hello.py' },
    );
    const { versions } = result.runtime;
    expect(result.stdout).toBe(`__main__ ['hello.py'] ${versions['django']}\n`);
    expect(versions['python']).toMatch(/^3\.\d+\.\d+$/);
    expect(titledVersions(versions)).toEqual([
      `Django ${versions['django']}`,
      `CPython ${versions['python']}`,
    ]);
    expect(result).toMatchObject({ outcome: 'finished', exit: 0, observations: null });
    expect(result.usage.peakBytes).toBeGreaterThan(0);
  });

  it('uses the ORM from async code and from threads', async () => {
    const result = await under.run(python`
      import asyncio, threading
      from django.contrib.auth.models import User
      from django.db import connection

      async def main():
          await User.objects.acreate(username="ada")
          return [user.username async for user in User.objects.all()]

      print(asyncio.run(main()))

      def create(number):
          User.objects.create(username=f"user{number}")
          connection.close()

      threads = [threading.Thread(target=create, args=(n,)) for n in range(6)]
      for thread in threads: thread.start()
      for thread in threads: thread.join()
      print(User.objects.count())
    `);
    expect(result).toMatchObject({ outcome: 'finished', stdout: "['ada']\n7\n", stderr: '' });
  });

  it('never meets the rows of another run, also when they run at the same time', async () => {
    const program = python`
      import time
      from django.contrib.auth.models import User
      for number in range(20):
          User.objects.create(username=f"user{number}")
          time.sleep(0.005)
      print(User.objects.count())
    `;
    const results = await Promise.all([1, 2, 3, 4].map(() => under.run(program)));
    expect(results.map(({ stdout }) => stdout)).toEqual(['20\n', '20\n', '20\n', '20\n']);
  });

  it('is known to the C library by the thread number that the kernel gave it', async () => {
    const result = await under.run(locksByNumber);
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'True\n', stderr: '' });
  });

  it('has the exit code that it asked for, and its output until then', async () => {
    const result = await under.run('import sys\nprint("before")\nsys.exit(3)');
    expect(result).toMatchObject({ outcome: 'finished', exit: 3, stdout: 'before\n', error: null });
  });

  it('repeats what chance gave it when it is given a seed', async () => {
    const program = 'import random\nprint(random.random(), {"b", "a", "c"})';
    const [one, two, other] = await Promise.all(
      [7, 7, 8].map((seed) => under.run(program, { seed })),
    );
    expect(one?.stdout).toBe(two?.stdout);
    expect(one?.stdout).not.toBe(other?.stdout);
  });
});

describe('an error', () => {
  it('is told with its line, in a traceback of the program alone', async () => {
    const result = await under.run('def f():\n    return 1 / 0\n\nf()\n', { fileName: 'a.py' });
    expect(result).toMatchObject({
      outcome: 'error',
      exit: 1,
      error: { type: 'ZeroDivisionError', message: 'division by zero', line: 2, place: 'load' },
    });
    expect(result.stderr).toContain('File "a.py", line 2, in f\n    return 1 / 0\n');
    expect(result.stderr).not.toMatch(/sandbox|exec\(/);
  });

  it('of syntax is one of the run, not of the sandbox', async () => {
    const result = await under.run('x = 1\nif x\n    pass\n');
    expect(result.error).toEqual({
      type: 'SyntaxError',
      message: "expected ':'",
      line: 2,
      place: 'load',
      frames: [],
    });
    expect(result.stderr).toContain('    if x\n');
  });

  it.each([
    ['brackets', `print(${'('.repeat(100_000)}`],
    ['signs', `x = ${'-'.repeat(200_000)}1`],
    ['a null byte', 'print(1)\0'],
    ['a lone surrogate', 'print("\ud800")'],
  ])('in a source of %s ends the run and nothing else', async (_, program) => {
    const { outcome } = await under.run(program);
    expect(['error', 'killed', 'memory-limit']).toContain(outcome);
    await expectHonestRun();
  });
});

describe('a limit', () => {
  it('of processor time stops a loop', async () => {
    const result = await under.run('print("on", end="")\nwhile True: pass', {
      limits: { cpuMs: 1_000, wallMs: 60_000 },
    });
    expect(result).toMatchObject({ outcome: 'cpu-limit', exit: null });
    await expectHonestRun();
  });

  it('of processor time stops a loop that wants no signals', async () => {
    const result = await under.run(
      'import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass',
      { limits: { cpuMs: 1_000, wallMs: 60_000 } },
    );
    expect(result.outcome).toBe('cpu-limit');
  });

  it.each([
    ['sleeps', 'import time\nprint("zzz")\ntime.sleep(999)'],
    ['waits for a signal', 'import signal\nprint("zzz")\nsignal.pause()'],
    [
      'deadlocks',
      'import threading\nprint("zzz")\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()',
    ],
    [
      'awaits for ever',
      'import asyncio\nprint("zzz")\nasync def main(): await asyncio.Event().wait()\nasyncio.run(main())',
    ],
    [
      'closes all it has and sleeps',
      'import os, time\nprint("zzz", flush=True)\nos.closerange(0, 100)\ntime.sleep(999)',
    ],
    [
      'leaves a thread behind',
      'import threading, time\nprint("zzz")\nthreading.Thread(target=time.sleep, args=(999,)).start()',
    ],
  ])('of time stops a program that %s', async (_, program) => {
    const result = await under.run(program, { limits: quick });
    expect(result).toMatchObject({ outcome: 'time-limit', exit: null, stdout: 'zzz\n' });
    await expectHonestRun();
  });

  it('is no trouble of the host when it leaves hardly any time', async () => {
    const outcomes = new Set<string>();
    for (let more = 0; more < 12; more += 1) {
      // Limits of their own: no fork was made beforehand for these.
      const limits = { wallMs: 1, memoryBytes: defaultLimits.memoryBytes - more * 4096 };
      outcomes.add((await under.run('print(1)', { limits })).outcome);
    }
    expect(['finished', 'time-limit']).toEqual(expect.arrayContaining([...outcomes]));
  });

  it.each(['stdout', 'stderr'] as const)('of output stops a flood of %s', async (stream) => {
    const result = await under.run(
      `import sys\nwhile True: print("é" * 5001, file=sys.${stream})`,
      { limits: { outputBytes: 10_001 } },
    );
    expect(result.outcome).toBe('output-limit');
    // The cap falls into the middle of a character, which is left out.
    expect(result[stream]).toBe('é'.repeat(5000));
    expect(result.truncated[stream]).toBe(true);
    await expectHonestRun();
  });

  it('of output counts also what a finished program wrote', async () => {
    const result = await under.run('print("x" * 101)', { limits: { outputBytes: 100 } });
    expect(result).toMatchObject({ outcome: 'output-limit', stdout: 'x'.repeat(100) });
  });

  it.each([
    ['objects', 'a = []\nwhile True: a.append(bytearray(1 << 20))'],
    ['small objects', 'a = []\nwhile True: a.append([a])'],
    ['one large string', 'a = "x" * (1 << 40)'],
  ])('of memory stops a program that allocates %s', async (_, program) => {
    const result = await under.run(program, { limits: { wallMs: 30_000, cpuMs: 30_000 } });
    expect(result.outcome).toBe('memory-limit');
    expect(result.error?.type).toBe('MemoryError');
    await expectHonestRun();
  });

  it('of room on disk is an error that the program can see', async () => {
    const result = await under.run(python`
      import errno
      try:
          with open("/tmp/large", "wb") as file:
              while True: file.write(bytes(1 << 20))
      except OSError as error:
          print(errno.errorcode[error.errno])
      try:
          for number in range(5000):
              open(f"/tmp/{number}", "w").close()
      except OSError as error:
          print(errno.errorcode[error.errno], number < 256)
    `);
    expect(result.stdout).toMatch(/^(ENOSPC|EFBIG)\nENOSPC True\n$/);
    await expectHonestRun();
  });

  it('of open files holds', async () => {
    const result = await under.run('import os\nfor _ in range(500): os.dup(1)');
    expect(result.error).toMatchObject({ type: 'OSError', line: 2 });
    expect(result.error?.message).toContain('Too many open files');
  });

  it('of memory bounds the number of threads', async () => {
    const result = await under.run(python`
      import threading
      threading.stack_size(32768)
      stop = threading.Event()
      started = 0
      try:
          for _ in range(20000):
              threading.Thread(target=stop.wait, daemon=True).start()
              started += 1
      except RuntimeError:
          print(started < 2000)
      stop.set()
    `);
    expect(result.stdout).toBe('True\n');
    await expectHonestRun();
  });
});

describe('what a run cannot do', () => {
  it.each([
    ['fork', 'import os\nos.fork()'],
    ['start a program', 'import subprocess\nsubprocess.run(["/python/bin/python3", "-c", "1"])'],
    ['become a program', 'import os\nos.execv("/python/bin/python3", ["python3"])'],
    ['start workers', 'import multiprocessing\nmultiprocessing.Process(target=print).start()'],
    ['open a socket', 'import socket\nsocket.socket()'],
    [
      'fetch an address',
      'import http.client\nhttp.client.HTTPConnection("1.1.1.1").request("GET", "/")',
    ],
    ['write to the root', 'open("/python/x", "w")'],
    ['write over a library', 'open("/python/lib/python3.11/os.py", "w")'],
    ['read the harness', 'open("/sandbox/jail/main.py")'],
  ])('%s', async (_, program) => {
    const result = await under.run(program);
    expect(result.outcome).toBe('error');
    expect(result.error?.type).toMatch(/^(PermissionError|OSError)$/);
    await expectHonestRun();
  });

  it.runIf(process.arch === 'x64')('reach the kernel by its number either', async () => {
    const result = await under.run(python`
      import ctypes, os
      libc = ctypes.CDLL(None, use_errno=True)
      calls = {"clone3": 435, "unshare": 272, "ptrace": 101, "keyctl": 250, "bpf": 321, "io_uring": 425}
      for name, number in calls.items():
          result = libc.syscall(number, 0, 0, 0, 0)
          print(name, result, os.strerror(ctypes.get_errno()))
      print("clone", libc.syscall(56, 17, 0, 0, 0, 0), os.strerror(ctypes.get_errno()))
    `);
    const refused = 'Operation not permitted';
    expect(result.stdout.split('\n')).toEqual([
      'clone3 -1 Function not implemented',
      ...['unshare', 'ptrace', 'keyctl', 'bpf', 'io_uring'].map((name) => `${name} -1 ${refused}`),
      `clone -1 ${refused}`,
      '',
    ]);
  });

  it.runIf(process.arch === 'x64').each([
    ['the 32-bit gate', String.raw`b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"`],
    ['the x32 numbers', String.raw`b"\xb8\x27\x00\x00\x40\x0f\x05\xc3"`],
  ])('reach the kernel by %s', async (_, code) => {
    const result = await under.run(python`
      import ctypes, mmap
      memory = mmap.mmap(-1, 4096, prot=7)
      memory.write(${code})
      print("before")
      call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))
      print("after", call())
    `);
    expect(result).toMatchObject({ outcome: 'killed', stdout: 'before\n' });
    await expectHonestRun();
  });

  it('see the host: neither files, nor names, nor processes', async () => {
    const result = await under.run(python`
      import os, socket
      paths = ["/etc/passwd", "/proc/1/environ", "/proc/self/maps", "/sys", "/root", "/home", "/work",
               "/var", "/dev/shm", "/dev/tty", "/run", "/usr"]
      print([path for path in paths if os.path.exists(path)])
      print(os.getpid(), os.getppid(), os.uname().nodename, os.getcwd())
      for pid in range(2, 400):
          try: os.kill(pid, 0)
          except OSError: pass
          else: print("sees", pid)
    `);
    expect(result.stdout).toBe('[]\n1 0 sandbox /tmp\n');
  });

  it('read in the bytecode of libraries where they lie on the host', async () => {
    const result = await under.run(python`
      import pathlib
      files = [*pathlib.Path("/python/site-packages").rglob("*.pyc")]
      print(len(files) > 500, [str(file) for file in files if b".venv" in file.read_bytes()][:3])
    `);
    expect(result.stdout).toBe('True []\n');
  });

  it('see the environment of whoever serves', async () => {
    process.env['ASSAY_PLANTED_SECRET'] = 'planted-4711';
    const result = await under.run(python`
      import ctypes, os
      print(sorted(os.environ))
      libc = ctypes.CDLL(None)
      libc.getenv.restype = ctypes.c_char_p
      print(libc.getenv(b"ASSAY_PLANTED_SECRET"))
    `);
    delete process.env['ASSAY_PLANTED_SECRET'];
    expect(result.stdout).toBe(
      "['DJANGO_SETTINGS_MODULE', 'HOME', 'LANG', 'TMPDIR', 'TZ']\nNone\n",
    );
  });

  it('find in its memory what another run was given or said', async () => {
    const marker = 'marker-of-another-run';
    await under.run(`print("${marker}" * 1000)`);
    await under.sandbox.judge({
      runtime: 'django-5.2',
      observations: { version: 1, values: { a: marker }, events: [] },
      expectations: [{ id: 'a', kind: 'holds', source: `a == "${marker}"` }],
    });
    const result = await under.run(python`
      import gc
      halves = ["marker-of-", "another-run"]
      wanted = "".join(halves)
      def strings(thing):
          if isinstance(thing, str): yield thing
          elif isinstance(thing, (dict, list, tuple, set)):
              for item in (thing.items() if isinstance(thing, dict) else thing):
                  if isinstance(item, (str, tuple)): yield from strings(item)
      found = [text for thing in gc.get_objects() for text in strings(thing) if wanted in text]
      print(len(found) - found.count(wanted))
    `);
    expect(result.stdout).toBe('0\n');
  });

  it('change the devices of the host', async () => {
    const result = await under.run(python`
      import os
      for device in ("null", "zero", "random", "urandom"):
          try: os.chmod(f"/dev/{device}", 0)
          except OSError as error: print(error.strerror)
      print(open("/dev/null", "w").write("x"))
    `);
    expect(result.stdout).toMatch(/^(Read-only file system\n|Operation not permitted\n){4}1\n$/);
  });

  it('leave anything behind for the next run', async () => {
    await under.run(python`
      import os, sys
      from django.conf import settings
      from django.contrib.auth.models import User
      from django.db.models import QuerySet
      open("/tmp/marker", "w").write("x")
      settings.DEBUG = True
      QuerySet.count = lambda self: 99
      sys.modules["json"] = None
      User.objects.create(username="left")
    `);
    const result = await under.run(python`
      import json, os
      from django.conf import settings
      from django.contrib.auth.models import User
      print(os.listdir("/tmp"), settings.DEBUG, User.objects.count(), json.dumps(1))
    `);
    expect(result.stdout).toBe("['db.sqlite3'] False 0 1\n");
  });

  it('kill anything but itself', async () => {
    const killers = [
      'import os\nos.kill(os.getpid(), 11)\nimport time; time.sleep(9)',
      'import os\nos.abort()',
      'import ctypes\nctypes.string_at(0)',
      'import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()',
    ];
    for (const program of killers) {
      const { outcome } = await under.run(program, { limits: quick });
      expect(['killed', 'memory-limit', 'error', 'time-limit']).toContain(outcome);
    }
    const refused = await under.run('import os\nos.kill(-1, 9)');
    expect(refused.error?.type).toBe('PermissionError');
    await expectHonestRun();
  });

  it('see any descriptor but those that are declared', async () => {
    const result = await under.run(python`
      import os
      def is_open(number):
          try: os.fstat(number)
          except OSError: return False
          return True
      print([number for number in range(4096) if is_open(number)])
    `);
    expect(result.stdout).toBe('[0, 1, 2, 3]\n');
  });

  it.runIf(canStepDown)('be root outside, where the kernel would spare it limits', async () => {
    const running = under.run('import time\nprint("on")\ntime.sleep(1)');
    await new Promise((resolve) => setTimeout(resolve, 400));
    const ids = descendants().map(({ uid }) => uid);
    await running;
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(ids).not.toContain(0);
  });
});

describe('after all of it', () => {
  it('no process of a run is left, only those of the container', async () => {
    await Promise.all(
      [1, 2, 3].map(() => under.run('import time\ntime.sleep(99)', { limits: { wallMs: 300 } })),
    );
    // Beside the two spares that each keeps for the next run.
    const spares = await sparesReady(2 * containers().length);
    const rest = descendants().filter(({ pid }) => !spares.includes(pid));
    const own = containers().flatMap(() => ['bwrap', 'bwrap', 'python3', 'python3']);
    expect(rest.map(({ name }) => name).sort()).toEqual(own.sort());
  });
});
