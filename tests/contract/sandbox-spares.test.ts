import { afterEach, describe, expect, it } from 'vitest';
import { createSandbox } from '#lib/server/sandbox/bubblewrap-sandbox.ts';
import type { Sandbox } from '#lib/server/sandbox/port.ts';
import { containers, forks, sparesReady } from './container-processes.ts';
import { options, python, runtime } from './sandbox-under-test.ts';

const opened: Sandbox[] = [];

function open(spares: number): Sandbox {
  const sandbox = createSandbox({ ...options, spares });
  opened.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  for (const sandbox of opened.splice(0)) await sandbox.close();
});

/** Everything that a program could tell a spare by: names, numbers, caches, what lies about. */
const surroundings = python`
  import asyncio, atexit, gc, linecache, os, resource, signal, sys, threading, time, warnings
  from concurrent.futures import ThreadPoolExecutor
  from asgiref.sync import SyncToAsync, sync_to_async
  from django.contrib.auth.models import User
  from django.contrib.contenttypes.models import ContentType
  from django.core.signals import got_request_exception, request_started, request_finished
  from django.db import connections

  print("modules", sorted(sys.modules))
  print("environment", sorted(os.environ.items()), sys.argv, sys.path, os.getcwd(), os.getpid())
  print("files", sorted(os.listdir("/tmp")), os.path.getsize("/tmp/db.sqlite3"), oct(os.umask(0o77)))
  print("limits", [resource.getrlimit(n) for n in range(16)])
  print("signals", [str(signal.getsignal(n)) for n in (2, 13, 15, 17, 24, 25)])
  print("threads", threading.active_count(), [t.name for t in threading.enumerate()])
  print("exits", atexit._ncallbacks(), len(threading._threading_atexits))
  print("sources", sorted(linecache.cache))
  print("receivers", [len(s.receivers) for s in (got_request_exception, request_started, request_finished)])
  print("caches", ContentType.objects._cache)
  print("connections", [c.alias for c in connections.all(initialized_only=True)])
  print("collector", gc.get_threshold(), gc.isenabled(), len(gc.garbage))
  print("executor", SyncToAsync.single_thread_executor._thread_name_prefix)
  print("policy", asyncio.events._event_loop_policy)

  async def main():
      print("task", asyncio.current_task().get_name())
      other = asyncio.create_task(asyncio.sleep(0))
      print("task", other.get_name())
      await other
      print("thread", await sync_to_async(lambda: threading.current_thread().name)())
      print("thread", await asyncio.to_thread(lambda: threading.current_thread().name))
      user = await User.objects.acreate(username="first")
      print("row", user.pk, await User.objects.acount())

  asyncio.run(main())
  started = threading.Thread(target=lambda: print("thread", threading.current_thread().name))
  started.start(); started.join()
  with ThreadPoolExecutor() as pool:
      print("pool", pool.submit(lambda: threading.current_thread().name).result())
  with warnings.catch_warnings(record=True) as caught:
      warnings.simplefilter("always")
      try:
          asyncio.get_event_loop_policy().get_event_loop().close()
      except RuntimeError as error:
          print("loop", error)
      print("warned", [str(w.message) for w in caught])
`;

describe('a spare', () => {
  it('is what a program runs in when it was there in time, and is used once', async () => {
    const sandbox = open(2);
    await sandbox.state(runtime);
    const before = await sparesReady(2);
    const result = await sandbox.run({ runtime, program: 'print("here")' });
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'here\n' });
    const after = await sparesReady(2);
    expect(after.filter((pid) => before.includes(pid))).toHaveLength(1);
  });

  it('cannot be told from a fork made for the run', async () => {
    const [with2, without] = [open(2), open(0)];
    await without.state(runtime);
    const plain = await without.run({ runtime, program: surroundings });
    await without.close();
    await with2.state(runtime);
    await sparesReady(2);
    const spare = await with2.run({ runtime, program: surroundings });
    expect(plain.error).toBeNull();
    expect(spare.stdout.split('\n')).toEqual(plain.stdout.split('\n'));
    expect(plain.stdout).toContain('task Task-1\n');
    expect(plain.stdout).toContain('thread ThreadPoolExecutor-0_0\n');
  });

  it('drives and judges as any other fork does', async () => {
    const sandbox = open(2);
    await sandbox.state(runtime);
    const program = python`
      from django.http import JsonResponse
      async def view(request):
          return JsonResponse({"path": request.path})
    `;
    const drive = 'observe("body", (await request("GET", "/a")).json)';
    const request = { runtime, program, serve: { '/a': 'view' }, drive };
    const seen = [];
    for (let go = 0; go < 3; go++) {
      await sparesReady(2);
      const { observations } = await sandbox.run(request);
      await sparesReady(2);
      const { judgements, counts } = await sandbox.judge({
        runtime,
        observations: observations!,
        expectations: [{ id: 'a', kind: 'holds', source: 'body == {"path": "/a"}' }],
      });
      const events = observations!.events.map(({ at: _, ...event }) => event);
      seen.push(JSON.stringify([judgements, counts, events]));
    }
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toContain('"holds":true');
  });

  it('has the rows that were asked for last, and no others', async () => {
    const sandbox = open(1);
    const rows = (name: string) =>
      `from django.contrib.auth.models import User\nUser.objects.create(username="${name}")`;
    const program =
      'from django.contrib.auth.models import User\nprint([u.username for u in User.objects.all()])';
    for (const name of ['ada', 'ada', 'bob', 'bob', null, null]) {
      const request = { runtime, program, rows: name === null ? null : rows(name) };
      const { stdout } = await sandbox.run(request);
      expect(stdout).toBe(name === null ? '[]\n' : `['${name}']\n`);
      await sparesReady(1);
    }
  });

  it('is not taken for a run with other limits', async () => {
    const sandbox = open(1);
    await sandbox.state(runtime);
    const [spare] = await sparesReady(1);
    const program = 'import resource\nprint(resource.getrlimit(resource.RLIMIT_AS)[0] >> 20)';
    const limits = { memoryBytes: 300 * 1024 * 1024 };
    expect((await sandbox.run({ runtime, program, limits })).stdout).toBe('300\n');
    const [next] = await sparesReady(1);
    expect(next).not.toBe(spare);
    expect((await sandbox.run({ runtime, program, limits })).stdout).toBe('300\n');
  });

  it('that was killed is replaced, and nobody who asks meanwhile loses anything', async () => {
    const sandbox = open(2);
    await sandbox.state(runtime);
    const before = containers();
    for (let go = 0; go < 5; go++) {
      const spares = await sparesReady(2);
      for (const pid of spares) process.kill(pid, 'SIGKILL');
      const { outcome, stdout } = await sandbox.run({ runtime, program: 'print(1)' });
      expect([outcome, stdout]).toEqual(['finished', '1\n']);
    }
    await sparesReady(2);
    expect(containers()).toEqual(before);
  });

  it('waits past any limit of time, which counts from the moment there is work', async () => {
    const sandbox = open(1);
    const limits = { wallMs: 700 };
    const ask = () =>
      sandbox.run({ runtime, program: 'import time\ntime.sleep(0.3)\nprint("done")', limits });
    await ask();
    await sparesReady(1);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const result = await ask();
    expect(result).toMatchObject({ outcome: 'finished', stdout: 'done\n' });
    expect(result.usage.wallMs).toBeLessThan(700);
  });

  it('is not made while there is work', async () => {
    const sandbox = open(2);
    await sandbox.state(runtime);
    await sparesReady(2);
    const running = sandbox.run({ runtime, program: 'import time\ntime.sleep(1)' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The run itself, and the other spare.
    expect(forks()).toHaveLength(2);
    await running;
    await sparesReady(2);
  });
});
