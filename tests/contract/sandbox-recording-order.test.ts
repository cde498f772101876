/** What no note in a source can see: who waits, goes on, rests, hops, asks. Checked by hand, step by step. */
import { describe, expect, it } from 'vitest';
import type { RecordedStep, Recording, StepKind } from '#lib/domain/recording.ts';
import type { RunRequest } from '#lib/server/sandbox/port.ts';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

async function recorded(program: string, more: Partial<RunRequest> = {}): Promise<Recording> {
  const { outcome, error, recording } = await under.run(program, { record: 5000, ...more });
  expect({ outcome, error }).toEqual({ outcome: 'finished', error: null });
  expect(recording?.cut).toBeNull();
  return recording!;
}

/** Lines are compared with the oracle. */
const isTold = ({ kind }: RecordedStep) => kind !== 'line';

/** The steps of one thread, each as a line: task, function, kind, and what belongs to the kind. */
function toldOf({ threads, tasks, frames, steps }: Recording, thread: string): string[] {
  return steps
    .filter((step) => threads[step.thread] === thread && isTold(step))
    .map(({ task, frame, kind, tasks: waited, text, hop, request }) =>
      [
        task === undefined ? '-' : `${task}:${tasks[task]!.name}`,
        frame === undefined ? '-' : frames[frame]!.function,
        kind,
        ...(waited ? [`for ${waited.join(' and ')}`] : []),
        ...(hop === undefined ? [] : [`#${hop}`]),
        ...(kind === 'view-entered' || kind === 'view-left' ? [`request ${request}`] : []),
        ...(text === undefined ? [] : [text]),
      ].join(' '),
    );
}

const positions = ({ steps }: Recording, kind: StepKind, where: Partial<RecordedStep> = {}) =>
  steps.flatMap((step, index) =>
    step.kind === kind &&
    Object.entries(where).every(([name, value]) => step[name as keyof RecordedStep] === value)
      ? [index]
      : [],
  );

describe('the event loop', () => {
  it('rests while all wait, and goes on with whoever is due first', async () => {
    const recording = await recorded(python`
      import asyncio
      async def fetch(name, seconds):
          await asyncio.sleep(seconds)
          return name
      async def main():
          return await asyncio.gather(fetch("slow", 0.9), fetch("quick", 0.3))
      asyncio.run(main())
    `);
    expect(toldOf(recording, 'main')).toEqual([
      '- <module> call',
      '0:main main call',
      '0:main main await for 1 and 2',
      '1:fetch fetch call',
      '1:fetch fetch await',
      '2:fetch fetch call',
      '2:fetch fetch await',
      '- - idle',
      '2:fetch fetch resume',
      "2:fetch fetch return 'quick'",
      '- - idle',
      '1:fetch fetch resume',
      "1:fetch fetch return 'slow'",
      '0:main main resume',
      "0:main main return ['slow', 'quick']",
      '- <module> return None',
    ]);
    const [first, second] = recording.steps.filter(({ kind }) => kind === 'idle');
    expect(first!.until).toBeGreaterThan(first!.at);
    expect(second!.at).toBeGreaterThanOrEqual(first!.until!);
  });

  it('waits for a task, which is named and cancelled, through all that await it', async () => {
    const recording = await recorded(python`
      import asyncio
      async def nap():
          await asyncio.sleep(60)
      async def deep():
          await nap()
      async def main():
          task = asyncio.create_task(deep())
          await asyncio.sleep(0)
          task.cancel()
          try:
              await task
          except asyncio.CancelledError:
              pass
      asyncio.run(main())
    `);
    expect(toldOf(recording, 'main')).toEqual([
      '- <module> call',
      '0:main main call',
      '0:main main await',
      '1:deep deep call',
      '1:deep nap call',
      '1:deep nap await',
      '1:deep deep await',
      '0:main main resume',
      '0:main main await for 1',
      '1:deep nap resume',
      '1:deep nap raise CancelledError()',
      '1:deep deep resume',
      '1:deep deep raise CancelledError()',
      '0:main main resume',
      '0:main main raise CancelledError()',
      '0:main main return None',
      '- <module> return None',
    ]);
    const [main, deep, nap] = recording.frames.slice(1);
    expect([main!.parent, deep!.parent, recording.frames[nap!.parent!]]).toEqual([
      null,
      null,
      deep,
    ]);
  });

  it('serves the one view while the other one waits, and nobody while one blocks', async () => {
    const program = (wait: string) => python`
      import asyncio, time
      from django.http import HttpResponse
      async def slow(request):
          ${wait}
          return HttpResponse()
      async def quick(request):
          return HttpResponse()
    `;
    const more = {
      serve: { '/slow': 'slow', '/quick': 'quick' },
      drive: python`
        import asyncio
        await asyncio.gather(request("GET", "/slow"), request("GET", "/quick"))
      `,
    };
    const events = (recording: Recording) =>
      toldOf(recording, 'loop').filter((line) =>
        / (slow|quick|-) (view|await|resume|idle)/.test(line),
      );
    const order = (lines: string[]) =>
      lines
        .filter((line) => !line.includes('idle'))
        .map((line) => line.replace(/^(\d+:)?\S+ /, '').replace(/^- /, ''));
    const waiting = await recorded(program('await asyncio.sleep(1)'), more);
    expect(order(events(waiting))).toEqual([
      ...['view-entered request 1', 'slow await', 'view-entered request 2', 'view-left request 2'],
      ...['slow resume', 'view-left request 1'],
    ]);
    // The loop rests between the two, which is when it is free.
    const left = positions(waiting, 'view-left', { request: 2 })[0]!;
    const resumed = positions(waiting, 'resume')[0]!;
    expect(positions(waiting, 'idle').some((at) => left < at && at < resumed)).toBe(true);
    const blocking = await recorded(program('time.sleep(0.3)'), more);
    expect(order(events(blocking))).toEqual([
      ...['view-entered request 1', 'view-left request 1'],
      ...['view-entered request 2', 'view-left request 2'],
    ]);
    const [entered] = positions(blocking, 'view-entered', { request: 1 });
    const [over] = positions(blocking, 'view-left', { request: 1 });
    expect(blocking.steps.slice(entered, over).filter(({ kind }) => kind === 'idle')).toEqual([]);
    expect(blocking.steps[over!]!.at - blocking.steps[entered!]!.at).toBeGreaterThan(290_000);
    // A task is named by the view, and has the number of the request that it works for.
    const named = (name: string) => blocking.tasks.find((task) => task.name === name);
    expect([named('slow')?.request, named('quick')?.request]).toEqual([1, 2]);
  });
});

describe('a hop', () => {
  it('goes from the loop to a thread and back, once for each way of making one', async () => {
    const recording = await recorded(python`
      import asyncio, functools, time
      from asgiref.sync import sync_to_async
      def work(number):
          time.sleep(0.2)
          return number
      async def main():
          await sync_to_async(work)(1)
          await asyncio.to_thread(work, 2)
          loop = asyncio.get_running_loop()
          await loop.run_in_executor(None, functools.partial(work, number=3))
      asyncio.run(main())
    `);
    const loop = toldOf(recording, 'main').filter((line) => !line.endsWith('idle'));
    expect(loop.slice(1, -2)).toEqual([
      '0:main main call',
      ...[0, 1, 2].flatMap((hop) => [
        `0:main main hand-over #${hop} work`,
        '0:main main await',
        '0:main main resume',
      ]),
    ]);
    const ofHop = (hop: number, result: number) => [
      ...[`- - hop-begin #${hop}`, '- work call', `- work return ${result}`, `- - hop-end #${hop}`],
    ];
    expect(toldOf(recording, 'worker-1')).toEqual(ofHop(0, 1));
    const others = recording.threads.slice(2).flatMap((thread) => toldOf(recording, thread));
    expect(others).toEqual([...ofHop(1, 2), ...ofHop(2, 3)]);
    for (const hop of [0, 1, 2]) {
      const kinds = ['hand-over', 'hop-begin', 'hop-end'] as const;
      const [handed, begun, ended] = kinds.map((kind) => positions(recording, kind, { hop })[0]!);
      const resumed = positions(recording, 'resume')[hop]!;
      expect([handed, begun, ended, resumed]).toEqual(
        [handed!, begun!, ended!, resumed].toSorted((a, b) => a - b),
      );
      // While the thread works, the loop rests.
      const idle = positions(recording, 'idle').find((at) => handed! < at && at < resumed)!;
      const { until } = recording.steps[idle]!;
      expect(until).toBeGreaterThanOrEqual(recording.steps[ended!]!.at);
    }
  });
});

describe('the database', () => {
  it('is asked from the line of a sync view, and on a thread for an async one', async () => {
    const recording = await recorded(
      python`
        from django.contrib.auth.models import User
        from django.http import JsonResponse
        async def later(request):
            count = await User.objects.acount()
            return JsonResponse({"count": count})
        def here(request):
            count = User.objects.count()
            return JsonResponse({"count": count})
      `,
      {
        serve: { '/later': 'later', '/here': 'here' },
        drive: 'await request("GET", "/later")\nawait request("GET", "/here", through="wsgi")',
      },
    );
    const queries = recording.steps.filter(({ kind }) => kind === 'query');
    const statement = 'SELECT COUNT(*) AS "__count" FROM "auth_user"';
    expect(queries).toEqual([
      expect.objectContaining({ text: statement, request: 1 }),
      expect.objectContaining({ text: statement, request: 2, line: 7 }),
    ]);
    expect(queries[0]).not.toHaveProperty('frame');
    expect(recording.frames[queries[1]!.frame!]!.function).toBe('here');
    for (const { at, until, thread } of queries) {
      expect(until).toBeGreaterThanOrEqual(at);
      expect(recording.threads[thread]).toMatch(/^worker-\d$/);
    }
    const handed = recording.steps.find(({ text }) => text === 'QuerySet.count');
    expect(handed).toMatchObject({ kind: 'hand-over', line: 4 });
  });
});

describe('what is printed', () => {
  it('is told line by line, cut, with the place that it comes from', async () => {
    const recording = await recorded(python`
      import sys
      def greet(name):
          print("hello", name)
      greet("ada")
      sys.stdout.write("no end")
      print(" of line")
      print("x" * 500)
    `);
    const prints = recording.steps.filter(({ kind }) => kind === 'print');
    expect(
      prints.map(({ frame, line, text }) => [recording.frames[frame!]!.function, line, text]),
    ).toEqual([
      ['greet', 3, 'hello ada'],
      ['<module>', 5, 'no end'],
      ['<module>', 6, ' of line'],
      ['<module>', 7, `${'x'.repeat(197)}...`],
    ]);
  });
});

describe('several files', () => {
  it('are all the program’s, by the paths that it knows them by', async () => {
    const recording = await recorded('from shop.prices import total\ntotal(2)\n', {
      fileName: 'main.py',
      files: { 'shop/prices.py': 'def total(n):\n    return n * 3\n', 'notes.txt': 'nothing' },
    });
    expect(recording.files).toEqual(['main.py', 'shop/prices.py', 'notes.txt']);
    expect(
      recording.frames.map(({ function: name, file, parent }) => [name, file, parent]),
    ).toEqual([
      ['<module>', 0, null],
      ['<module>', 1, 0],
      ['total', 1, 0],
    ]);
  });
});
