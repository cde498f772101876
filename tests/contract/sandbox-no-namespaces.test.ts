import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '#lib/domain/run.ts';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { RunRequest, Sandbox } from '#lib/server/sandbox/port.ts';
import { jailProcesses, supervisorIn, temporaryFolder } from './jail-processes.ts';
import { locksByNumber, options, python, runtime } from './sandbox-under-test.ts';

const usual = process.env['TMPDIR'];
let temporary: string;
let weaker: Sandbox;
let full: Sandbox;

beforeAll(async () => {
  temporary = temporaryFolder();
  process.env['TMPDIR'] = temporary;
  weaker = createSandbox({ ...options, tier: 'no-namespaces' });
  full = createSandbox(options);
  expect(await weaker.state(runtime)).toMatchObject({ ready: true, tier: 'no-namespaces' });
  expect(await full.state(runtime)).toMatchObject({ ready: true, tier: 'full' });
});

afterAll(async () => {
  await Promise.all([weaker.close(), full.close()]);
  rmSync(temporary, { recursive: true });
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
});

const run = (program: string, more: Partial<RunRequest> = {}) =>
  weaker.run({ runtime, program, ...more });

const toldOf = ({ outcome, exit, stdout, stderr, error, observations }: RunResult) => ({
  ...{ outcome, exit, stdout, stderr, error },
  values: observations?.values ?? null,
});

describe('an honest program', () => {
  const asynchronous = python`
    import asyncio, threading
    from django.contrib.auth.models import User
    from django.db import connection

    async def main():
        await User.objects.acreate(username="ada")
        return [user.username async for user in User.objects.all()]

    def create(number):
        User.objects.create(username=f"user{number}")
        connection.close()

    print(asyncio.run(main()))
    threads = [threading.Thread(target=create, args=(n,)) for n in range(6)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(User.objects.count())
  `;
  const views = python`
    from django.contrib.auth.models import User
    from django.http import JsonResponse

    async def index(request):
        return JsonResponse({"users": await User.objects.acount()})
  `;
  const programs: [string, Partial<RunRequest>][] = [
    ['an asynchronous ORM', { program: asynchronous }],
    ['the number of its thread', { program: locksByNumber }],
    ['an exit code', { program: 'import sys\nprint("before")\nsys.exit(3)' }],
    ['an error in a library', { program: 'import asyncio\nasyncio.run(asyncio.sleep("x"))' }],
    ['an error of the framework', { program: 'from django.urls import reverse\nreverse("no")' }],
    ['a syntax error', { program: 'x = (' }],
    [
      'an error in a file of its own',
      { program: 'import shop\nshop.f()', files: { 'shop.py': 'def f():\n    1 / 0\n' } },
    ],
    ['a seed', { program: 'import random\nprint(random.random(), {"a", "b"})', seed: 7 }],
    [
      'a drive',
      {
        program: views,
        serve: { '/': 'index' },
        drive: 'observe("users", (await request("GET", "/")).json)',
        rows: 'from django.contrib.auth.models import User\nUser.objects.create(username="bob")',
      },
    ],
    [
      "a fixture's apps",
      {
        program: 'from library.models import Book\nprint(Book.objects.create(title="x").pk)',
        apps: {
          'library/models.py':
            'from django.db import models\nclass Book(models.Model):\n    title = models.TextField()\n',
        },
      },
    ],
    ['apps that raise', { program: '', apps: { 'library/models.py': 'x = 1\nx / 0\n' } }],
    ['inputs', { program: '', drive: 'observe("all", [i * 2 for i in inputs])', inputs: [1, 2] }],
    ['an endless loop', { program: 'while True: pass', limits: { cpuMs: 1_000, wallMs: 60_000 } }],
    ['an endless sleep', { program: 'import time\ntime.sleep(99)', limits: { wallMs: 700 } }],
    ['a flood', { program: 'while True: print("x" * 99)', limits: { outputBytes: 1_000 } }],
    ['a hoard', { program: 'a = []\nwhile True: a.append(bytearray(1 << 20))' }],
    [
      'a large file',
      { program: 'open("x", "wb").write(bytes(1 << 20))', limits: { diskBytes: 600_000 } },
    ],
    ['time zones', { program: 'import zoneinfo\nzoneinfo.ZoneInfo("Europe/Berlin")' }],
    ['types of files', { program: 'import mimetypes\nprint(mimetypes.guess_type("a.webp"))' }],
    [
      'more rows than SQLite sorts in memory',
      {
        program: python`
          import sqlite3
          own = sqlite3.connect("own.sqlite3")
          own.execute("PRAGMA cache_size = 10")
          own.execute("CREATE TEMP TABLE t (a)")
          own.executemany("INSERT INTO t VALUES (?)", (("x" * 500 + str(n),) for n in range(4000)))
          print(own.execute("SELECT a FROM t ORDER BY a DESC LIMIT 1").fetchone()[0][-3:])
        `,
      },
    ],
  ];

  it.each(programs)('with %s comes out as it does with namespaces', async (_, request) => {
    const asked = { runtime, program: '', ...request };
    const results = await Promise.all([weaker.run(asked), full.run(asked)]);
    const [here, there] = results.map(toldOf);
    // Whether it was taken by the limit of room or of a file's size.
    for (const one of [here, there]) one!.stderr = one!.stderr.replaceAll(/\[Errno \d+\] .*/g, '');
    if (here?.error?.type === 'OSError') here.error.message = there!.error!.message;
    expect(here).toEqual(there);
  });

  it('runs in a fork that was made before it was asked for', async () => {
    const program = 'import os\nprint(os.getpid())';
    const seen = new Set<number>();
    let pid = 0;
    for (let go = 0; go < 100 && !seen.has(pid); go++) {
      // Whatever else the machine is doing, at some time it has the time to make one.
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const each of jailProcesses(temporary)) seen.add(each.pid);
      pid = Number((await run(program)).stdout);
    }
    expect(seen).toContain(pid);
  });

  it('is judged, is heard while it runs, and may be given up', async () => {
    const { judgements } = await weaker.judge({
      runtime,
      observations: { version: 1, values: { a: 2 }, events: [] },
      expectations: [{ id: 'a', kind: 'holds', source: 'a == 2' }],
    });
    expect(judgements).toEqual([{ id: 'a', holds: true, error: null }]);
    const leaving = new AbortController();
    const heard: string[] = [];
    const result = await weaker.run(
      { runtime, program: 'import time\nprint("here", flush=True)\ntime.sleep(60)' },
      {
        signal: leaving.signal,
        onOutput: (_, text) => {
          heard.push(text);
          leaving.abort();
        },
      },
    );
    expect(heard).toEqual(['here\n']);
    expect(result).toMatchObject({ outcome: 'killed', stdout: 'here\n' });
  });
});

describe('a hostile program', () => {
  const refused: [string, string][] = [
    ['fork', 'os.fork()'],
    ['become a program', 'os.execv("/bin/sh", ["sh"])'],
    ['start a program', 'import subprocess; subprocess.run(["/bin/true"])'],
    ['open a socket', 'import socket; socket.socket()'],
    ['open a socket of the kernel', 'import socket; socket.socket(socket.AF_NETLINK, 3)'],
    ['read the list of users', 'open("/etc/passwd")'],
    ['read an environment', 'open("/proc/1/environ")'],
    ['read its own start', 'open("/proc/self/environ")'],
    ['write its own memory by a file', 'open("/proc/self/mem", "r+b")'],
    ['list processes', 'os.listdir("/proc")'],
    ['list the root', 'os.listdir("/")'],
    ['list the folder above its own', 'os.listdir("..")'],
    ['list it by a descriptor', 'os.fchdir(os.open("..", os.O_PATH)); os.listdir(".")'],
    ['write beside its folder', 'open("../x", "w")'],
    ['write to all temporary files', 'open("/tmp/x-of-a-run", "w")'],
    ['write to shared memory', 'open("/dev/shm/x", "w")'],
    ['move its folder', 'os.rename(os.getcwd(), os.getcwd() + "x")'],
    ['link a file of the host', 'os.link(os.__file__, "x")'],
    ['follow a link of its own', 'os.symlink("/etc/passwd", "x"); open("x")'],
    ['change modes', 'os.chmod(".", 0o777)'],
    ['read the harness', 'import sys; open(sys.orig_argv[5])'],
    [
      'mount',
      'import ctypes; call(ctypes.CDLL(None, use_errno=True).mount, b"", b".", b"tmpfs", 0, 0)',
    ],
    ['open a key ring', 'call(syscall, 250, 0, -3, 0)'],
    ['trace', 'call(syscall, 101, 16, os.getppid(), 0, 0)'],
    ['make shared memory', 'call(syscall, 29, 0, 4096, 0o1600)'],
    ['make a queue', 'call(syscall, 240, b"/x", 0o102, 0o600, 0)'],
    ['make a user namespace', 'call(syscall, 272, 0x10000000)'],
    ['run rings of system calls', 'call(syscall, 425, 1, 0)'],
  ];
  const preamble = python`
    import ctypes, os
    syscall = ctypes.CDLL(None, use_errno=True).syscall
    def call(what, *given):
        if what(*given) < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
  `;
  const numbered = (source: string) => source.includes('syscall,') && process.arch !== 'x64';

  it.each(refused.filter(([, source]) => !numbered(source)))('cannot %s', async (_, source) => {
    const result = await run(`${preamble}\nprint("there")\n${source}`);
    expect(result).toMatchObject({ outcome: 'error', stdout: 'there\n' });
    expect(result.error?.message).toMatch(
      /Operation not permitted|Permission denied|Invalid cross-device/,
    );
  });

  it.runIf(process.arch === 'x64')('cannot reach the kernel by the 32-bit gate', async () => {
    const result = await run(python`
      import ctypes, mmap
      memory = mmap.mmap(-1, 4096, prot=7)
      memory.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
      print("before")
      ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
    `);
    expect(result).toMatchObject({ outcome: 'killed', stdout: 'before\n' });
  });

  it('cannot read, signal or trace another run, nor those who keep it', async () => {
    const told = Promise.withResolvers<string>();
    const victim = weaker.run(
      {
        runtime,
        program: python`
          import os, time
          open("secret", "w").write("planted-4711")
          print(os.getpid(), os.getcwd(), flush=True)
          time.sleep(2.5)
          print("unharmed", sorted(os.listdir(".")))
        `,
      },
      { onOutput: (_, text) => told.resolve(text) },
    );
    const [pid, folder] = (await told.promise).trim().split(' ');
    const supervisor = supervisorIn(temporary);
    const keepers = jailProcesses(temporary).filter(({ parent }) => parent === supervisor);
    const others = [...new Set([Number(pid), supervisor, ...keepers.map((each) => each.pid)])];
    const result = await run(python`
      import ctypes, os, signal
      syscall = ctypes.CDLL(None, use_errno=True).syscall
      others, folder = [p for p in ${JSON.stringify(others)} if p != os.getpid()], ${JSON.stringify(folder)}
      def attempt(name, what):
          try: given = what()
          except OSError: return
          print("BREACH", name, given)
      def call(number, *given):
          if syscall(number, *given) < 0: raise OSError
      for pid in others:
          attempt("kill", lambda: os.kill(pid, signal.SIGKILL))
          attempt("group", lambda: os.killpg(pid, signal.SIGKILL))
          attempt("pidfd", lambda: os.pidfd_open(pid))
          for name in ("environ", "mem", "maps", "fd", "cmdline", "root/etc/passwd", "cwd/secret"):
              attempt(name, lambda: os.open(f"/proc/{pid}/{name}", os.O_RDONLY))
          for name in ("cwd", "exe", "root"):
              attempt(name, lambda: os.readlink(f"/proc/{pid}/{name}"))
          if os.uname().machine == "x86_64":
              for name, numbers in {"tkill": (200, pid, 9), "tgkill": (234, pid, pid, 9), "ptrace": (101, 16, pid, 0, 0),
                                    "limits": (302, pid, 7, ctypes.create_string_buffer(16), None),
                                    "queued": (129, pid, 9, ctypes.create_string_buffer(128))}.items():
                  attempt(name, lambda: call(*numbers))
      attempt("everyone", lambda: os.kill(-1, signal.SIGKILL))
      attempt("list", lambda: os.listdir(folder))
      for mode in ("r", "w", "a"):
          attempt(mode, lambda: open(f"{folder}/secret", mode))
      attempt("remove", lambda: os.unlink(f"{folder}/secret"))
      attempt("truncate", lambda: os.truncate(f"{folder}/secret", 0))
      os.symlink(folder, "link")
      attempt("link", lambda: open("link/secret"))
      attempt("hard link", lambda: os.link(f"{folder}/secret", "mine"))
      attempt("rename", lambda: os.rename(f"{folder}/secret", "mine"))
      print("tried", len(others) >= 3)
    `);
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'tried True\n' });
    const { outcome, stdout } = await victim;
    expect(outcome).toBe('finished');
    expect(stdout.split('\n')[1]).toBe("unharmed ['db.sqlite3', 'secret']");
    expect(supervisorIn(temporary)).toBe(supervisor);
  });

  it('that fills the disk with files is ended', async () => {
    const result = await run(python`
      import itertools
      for number in itertools.count():
          open(str(number), "w").write("x" * 5000)
    `);
    expect(result).toMatchObject({ outcome: 'killed', exit: null });
  });
});
