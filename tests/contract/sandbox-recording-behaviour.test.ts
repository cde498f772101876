/** A recorded run does what it does unrecorded, and the recording has an end. */
import { describe, expect, it } from 'vitest';
import type { RunRequest } from '#lib/server/sandbox/port.ts';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

/** Both runs, without what differs from run to run. */
async function both(program: string, more: Partial<RunRequest> = {}) {
  const runs = [
    await under.run(program, more),
    await under.run(program, { record: 5000, ...more }),
  ];
  return runs.map(({ usage: _, recording: __, observations, ...rest }) => ({
    ...rest,
    observations: observations && {
      ...observations,
      events: observations.events.map(({ kind, request, thread }) => ({ kind, request, thread })),
    },
  }));
}

describe('a recorded run', () => {
  it.each([
    [
      'goes as deep as an unrecorded one',
      python`
        def deep(n):
            try:
                return deep(n + 1)
            except RecursionError:
                return n
        print(deep(0))
      `,
    ],
    [
      'lets objects die when they die',
      python`
        import weakref
        class Thing:
            def __del__(self):
                print("gone", self.name)
        def make(name):
            thing = Thing()
            thing.name = name
            return weakref.ref(thing)
        print(make("one")() is None)
        two = Thing()
        two.name = "two"
        del two
        print("after two")
        def waiting():
            three = Thing()
            three.name = "three"
            try:
                yield 1
            finally:
                print("closed")
        steps = waiting()
        next(steps)
        steps = None
        print("after three")
      `,
    ],
    [
      'shows the same tracebacks',
      python`
        import asyncio, traceback
        from asgiref.sync import sync_to_async
        from django.db import connection
        def broken():
            with connection.cursor() as cursor:
                cursor.execute("SELECT nonsense")
        async def main():
            try:
                await sync_to_async(broken)()
            except Exception:
                print(traceback.format_exc())
            await asyncio.to_thread(broken)
        asyncio.run(main())
      `,
    ],
    [
      'is interrupted where it would be',
      python`
        import signal
        class Alarm(Exception):
            pass
        def ring(number, frame):
            raise Alarm
        signal.signal(signal.SIGALRM, ring)
        rung = 0
        for _ in range(5):
            try:
                signal.setitimer(signal.ITIMER_REAL, 0.004)
                while True:
                    busy = 1
            except Alarm:
                rung += 1
        print(rung)
      `,
    ],
    [
      'says the same of a task that nobody waits for',
      python`
        import asyncio
        async def fail():
            raise ValueError("unseen")
        async def main():
            asyncio.create_task(fail())
            await asyncio.sleep(0.01)
            print("end")
        asyncio.run(main())
      `,
    ],
    ['ends with the same error', 'def fail(n):\n    print(n)\n    raise KeyError(n)\nfail(2)\n'],
    ['leaves with the same code', 'import sys\nprint("out")\nsys.exit(3)\n'],
    ['does not compile what does not', 'def broken(:\n'],
  ])('%s', async (_, program) => {
    const [plain, recorded] = await both(program);
    expect(recorded).toEqual(plain);
    expect(plain!.stdout + plain!.error?.type).not.toBe('');
  });

  it('observes the same, event by event', async () => {
    const [plain, recorded] = await both(
      python`
        import asyncio
        from django.contrib.auth.models import User
        from django.http import JsonResponse
        async def later(request):
            await asyncio.sleep(0.01)
            return JsonResponse({"users": await User.objects.acount()})
        def broken(request):
            raise ValueError("no")
      `,
      {
        serve: { '/later': 'later', '/broken': 'broken' },
        drive: python`
          answers = await requests("GET", "/later", times=3)
          observe("answers", [answer.json for answer in answers])
          observe("status", (await request("GET", "/broken")).status)
        `,
      },
    );
    expect(recorded).toEqual(plain);
    expect(plain!.outcome).toBe('finished');
    expect(plain!.observations!.values).toMatchObject({ status: 500 });
  });

  it('never undoes what another thread has done to shared variables', async () => {
    const { stdout, recording } = await under.run(
      python`
        import sys, threading
        sys.setswitchinterval(1e-6)
        def main():
            count = 0
            lock = threading.Lock()
            def add():
                nonlocal count
                for _ in range(60):
                    with lock:
                        count += 1
            threads = [threading.Thread(target=add) for _ in range(8)]
            for thread in threads:
                thread.start()
            turns = 0
            while any(thread.is_alive() for thread in threads):
                turns += 1
            return count
        print([main() for _ in range(2)])
      `,
      { record: 5000 },
    );
    expect(stdout).toBe('[480, 480]\n');
    expect(recording!.steps.length).toBeGreaterThan(1000);
  });
});

describe('a recording', () => {
  it('ends in a thread in which the program traces by itself, and there alone', async () => {
    const { outcome, recording } = await under.run(
      python`
        import sys, threading
        def before():
            return 1
        def after():
            return 2
        def elsewhere():
            return 3
        before()
        thread = threading.Thread(target=elsewhere)
        sys.settrace(lambda *event: None)
        after()
        thread.start()
        thread.join()
      `,
      { record: 5000 },
    );
    expect(outcome).toBe('finished');
    expect(recording!.cut).toBe('tracing');
    expect(recording!.frames.map((frame) => frame.function)).toEqual([
      ...['<module>', 'before', 'elsewhere'],
    ]);
  });

  it('says so when the stack was too full for it to go on', async () => {
    const { stdout, recording } = await under.run(
      python`
        def deep(n):
            return deep(n + 1)
        try:
            deep(0)
        except RecursionError:
            print("end")
      `,
      { record: 5000 },
    );
    expect(stdout).toBe('end\n');
    expect(recording).toMatchObject({ cut: 'tracing' });
    expect(recording!.frames.length).toBeGreaterThan(900);
  });

  it('has no more steps than were asked for, and the program goes on', async () => {
    const { stdout, recording } = await under.run('for i in range(99):\n    print(i)\n', {
      record: 7,
    });
    expect(stdout.split('\n')).toHaveLength(100);
    expect(recording).toMatchObject({ cut: 'steps', steps: { length: 7 } });
    const whole = await under.run('a = 1\nb = 2\n', { record: 4 });
    expect(whole.recording).toMatchObject({ cut: null, steps: { length: 4 } });
  });

  it('has no more than a mebibyte, however much changes', async () => {
    const { stdout, recording } = await under.run(
      python`
        import asyncio
        for turn in range(300):
            globals().update({f"name{n}": chr(0x1F600 + turn) * 200 + str(turn) for n in range(99)})
        async def nothing():
            pass
        async def main():
            await asyncio.gather(*(nothing() for _ in range(3000)))
        asyncio.run(main())
        print("end")
      `,
      { record: 5000 },
    );
    expect(stdout).toBe('end\n');
    expect(recording!.cut).toBe('bytes');
    expect(JSON.stringify(recording).length).toBeLessThan(1 << 20);
  });

  it('names a few of many tasks that are waited for', async () => {
    const { recording } = await under.run(
      python`
        import asyncio
        async def main():
            await asyncio.gather(*map(asyncio.sleep, [0] * 3000))
        asyncio.run(main())
      `,
      { record: 5000 },
    );
    const waits = recording!.steps.find(({ kind }) => kind === 'await');
    expect(waits!.tasks).toHaveLength(50);
    expect(recording!.tasks.length).toBeLessThan(60);
  });

  it('is none of a run that did not live to report, and none that nobody asked for', async () => {
    const asked = { record: 5000, limits: { wallMs: 500 } };
    const { outcome, recording } = await under.run('import time\ntime.sleep(60)\n', asked);
    expect({ outcome, recording }).toEqual({ outcome: 'time-limit', recording: null });
    expect(await under.run('print(1)')).not.toHaveProperty('recording');
  });

  it.each([0, -1, 1.5, 5001, NaN])('of %s steps is not possible', async (record) => {
    const { outcome, error } = await under.run('print(1)', { record });
    expect(outcome).toBe('infrastructure');
    expect(error?.message).toBe(`From 1 to 5000 steps can be recorded, not ${record}.`);
  });

  it('has its values short, and says how long they are', async () => {
    const { recording } = await under.run(
      python`
        text = "x" * 500
        few = [1, [2, [3]], {"a": (4, {5})}]
        many = list(range(100))
        large = 10 ** 200
        mixed = {"c", "a", "b"}
        empty = [(), [], {}, set()]
        one = (1,)
        error = ValueError("no", 1)
        nothing = None
        end = 1
      `,
      { record: 5000 },
    );
    const changes = recording!.steps.flatMap(({ changed = [] }) => changed);
    expect(Object.fromEntries(changes)).toEqual({
      text: `'${'x'.repeat(60)}'... (500 long)`,
      few: "[1, [2, [...]], {'a': (...)}]",
      many: '[0, 1, 2, 3, 4, 5, 6, 7, ... 100 in all]',
      large: '<int of 665 bits>',
      mixed: "{'a', 'b', 'c'}",
      empty: '[(), [], {}, set()]',
      one: '(1,)',
      error: "ValueError('no', 1)",
      nothing: 'None',
      end: '1',
    });
  });
});
