/** What the lab shows of views under load, in counts that do not depend on how fast the machine is. */
import { describe, expect, it } from 'vitest';
import { mostOpen, type LabResult } from '#lib/domain/lab.ts';
import { labUnderTest } from './lab-under-test.ts';
import { python } from './sandbox-under-test.ts';

const under = labUnderTest();

const awaiting = python`
  import os, httpx
  from django.http import HttpResponse
  client = httpx.AsyncClient(timeout=60)

  async def view(request):
      answer = await client.get(os.environ["UPSTREAM"])
      return HttpResponse(answer.text)
`;
const waiting = python`
  import os, httpx
  from django.http import HttpResponse
  client = httpx.Client(timeout=60)

  def view(request):
      return HttpResponse(client.get(os.environ["UPSTREAM"]).text)
`;
/** Holds the processor for \`CPU_MS\` of its own time. */
const computing = python`
  import os, time
  from django.http import HttpResponse

  def compute():
      until = time.thread_time() + int(os.environ["CPU_MS"]) / 1000
      while time.thread_time() < until:
          pass
`;

/** A wait that is long beside what it costs to send twenty requests on a busy machine. */
const twenty = { requests: 20, atOnce: 20, waitMs: 3_000 } as const;

function mustBeAnswered(result: LabResult): LabResult {
  const { outcome, error, stderr, client } = result;
  expect({ outcome, error, stderr, answered: client.answered }).toEqual({
    ...{ outcome: 'finished', error: null, stderr: '', answered: client.requests.length },
  });
  return result;
}

describe('twenty requests that wait for an upstream', () => {
  it('are all open at once in async views under uvicorn, whose loop goes on turning', async () => {
    const result = mustBeAnswered(await under.load(awaiting, { server: 'asgi', ...twenty }));
    expect(result.upstream).toMatchObject({ count: 20, maxOpen: 20 });
    expect(mostOpen(result.spans)).toBe(20);
    expect(new Set(result.spans.map(({ thread }) => thread))).toEqual(new Set(['loop']));
    expect(result.spans.every(({ ticks, waits }) => ticks > 0 && waits.length > 0)).toBe(true);
  });

  it('are open four at a time in sync views under gunicorn with four threads', async () => {
    const result = mustBeAnswered(
      await under.load(waiting, { server: 'wsgi', threads: 4, ...twenty, waitMs: 1_000 }),
    );
    expect(result.upstream).toMatchObject({ count: 20, maxOpen: 4 });
    expect(mostOpen(result.spans)).toBe(4);
    expect(new Set(result.spans.map(({ thread }) => thread)).size).toBe(4);
    expect(result.loop).toBeNull();
  });

  it('are open one at a time in an async view that asks with a blocking client', async () => {
    const program = waiting.replace('def view', 'async def view');
    const load = { server: 'asgi', requests: 5, waitMs: 100 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.upstream).toMatchObject({ count: 5, maxOpen: 1 });
    expect(result.spans.every(({ ticks }) => ticks === 0)).toBe(true);
  });

  it('are open four at a time in async views under gunicorn, each with a loop of its own', async () => {
    const program = python`
      import asyncio, os, httpx
      from django.http import HttpResponse
      seen = set()

      async def view(request):
          loop = asyncio.get_running_loop()
          print("known loop" if loop in seen else "new loop")
          seen.add(loop)
          async with httpx.AsyncClient(timeout=60) as client:
              return HttpResponse((await client.get(os.environ["UPSTREAM"])).text)
    `;
    const load = { server: 'wsgi', threads: 4, requests: 8, waitMs: 2_000 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.upstream).toMatchObject({ count: 8, maxOpen: 4 });
    expect(result.stdout).toBe('new loop\n'.repeat(8));
  });
});

describe('an async view that blocks', () => {
  it('is alone: one request is in a view at a time, and the loop does not turn meanwhile', async () => {
    const program = python`
      import time
      from django.http import HttpResponse

      async def view(request):
          time.sleep(0.05)
          return HttpResponse()
    `;
    const result = mustBeAnswered(await under.load(program, { server: 'asgi', requests: 20 }));
    expect(mostOpen(result.spans)).toBe(1);
    expect(result.spans.map(({ ticks }) => ticks)).toEqual(Array(20).fill(0));
    expect(result.loop!.longestGapMs).toBeGreaterThanOrEqual(50);
  });

  it('holds the loop as well when it computes', async () => {
    const program = `${computing}\nasync def view(request):\n    compute()\n    return HttpResponse()\n`;
    const load = { server: 'asgi', requests: 5, cpuMs: 50 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(mostOpen(result.spans)).toBe(1);
    expect(result.spans.map(({ ticks }) => ticks)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('work on threads under uvicorn', () => {
  it('leaves the loop turning while sync views compute', async () => {
    const program = `${computing}\ndef view(request):\n    compute()\n    return HttpResponse()\n`;
    const load = { server: 'asgi', requests: 4, cpuMs: 200 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.spans.every(({ thread }) => thread !== 'loop')).toBe(true);
    expect(result.spans.every(({ ticks }) => ticks > 0)).toBe(true);
  });

  it('lets requests that block in sync_to_async be open at once', async () => {
    const program = python`
      import time
      from asgiref.sync import sync_to_async
      from django.http import HttpResponse

      async def view(request):
          await sync_to_async(time.sleep)(1)
          return HttpResponse()
    `;
    const result = mustBeAnswered(await under.load(program, { server: 'asgi', requests: 5 }));
    expect(mostOpen(result.spans)).toBe(5);
    expect(result.spans.every(({ thread, ticks }) => thread === 'loop' && ticks > 0)).toBe(true);
  });

  it('keeps a thread for each request that is behind one sync middleware, though the view is async', async () => {
    const program = `${python`
      import threading
      from django.conf import settings

      def middleware(get_response):
          def pass_on(request):
              print("thread", threading.get_ident())
              return get_response(request)
          return pass_on

      settings.MIDDLEWARE = ["program.middleware"]
    `}\n${awaiting}`;
    const load = { server: 'asgi', requests: 5, waitMs: 1_000 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.upstream).toMatchObject({ count: 5, maxOpen: 5 });
    expect(new Set(result.stdout.trim().split('\n')).size).toBe(5);
  });
});

describe('three calls of the upstream in one request', () => {
  const asking = (line: string) => python`
    import asyncio, os, httpx
    from django.http import HttpResponse
    client = httpx.AsyncClient(timeout=60)

    def ask():
        return client.get(os.environ["UPSTREAM"])

    async def view(request):
        ${line}
        return HttpResponse()
  `;

  it.each([
    ['are open at once with gather', 'await asyncio.gather(ask(), ask(), ask())', 3],
    ['are open one at a time one after the other', 'await ask(); await ask(); await ask()', 1],
  ])('%s', async (_, line, maxOpen) => {
    const load = { server: 'asgi', requests: 1, waitMs: 1_000 } as const;
    const result = mustBeAnswered(await under.load(asking(line), load));
    expect(result.upstream).toMatchObject({ count: 3, maxOpen });
  });
});

describe('the database', () => {
  const rows = python`
    from django.contrib.auth.models import User
    User.objects.bulk_create(User(username=f"user{n}") for n in range(7))
  `;

  it('has the rows of the fixture, for async ORM under uvicorn, in every worker', async () => {
    const program = python`
      from django.contrib.auth.models import User
      from django.http import HttpResponse

      async def view(request):
          print(await User.objects.acount())
          return HttpResponse()
    `;
    const load = { server: 'asgi', workers: 2, requests: 10, rows } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.stdout).toBe('7\n'.repeat(10));
    expect(result.spans.every(({ waits }) => waits.length > 0)).toBe(true);
  });

  it('is one for the workers of gunicorn: what they write adds up', async () => {
    const program = python`
      from django.contrib.auth.models import User
      from django.http import HttpResponse

      def view(request):
          User.objects.create(username=request.headers["x-lab-request"])
          print(User.objects.count())
          return HttpResponse()
    `;
    const load = { server: 'wsgi', workers: 2, requests: 12, rows } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.stdout.trim().split('\n')).toContain('19');
    expect(new Set(result.spans.map(({ process }) => process)).size).toBeLessThanOrEqual(2);
  });

  it('has the models of the fixture', async () => {
    const apps = {
      'shop/models.py': python`
        from django.db import models

        class Tea(models.Model):
            name = models.CharField(max_length=20)
      `,
    };
    const program = python`
      from django.http import HttpResponse
      from shop.models import Tea

      def view(request):
          return HttpResponse(print(*Tea.objects.values_list("name", flat=True)))
    `;
    const fixture = {
      ...{ apps, rows: 'from shop.models import Tea\nTea.objects.create(name="assam")' },
    };
    const result = mustBeAnswered(
      await under.load(program, { server: 'wsgi', requests: 1, ...fixture }),
    );
    expect(result.stdout).toBe('assam\n');
  });
});

describe('the record', () => {
  it('has one clock: what is sent is entered after that, and answered after it is left', async () => {
    const load = { server: 'asgi', requests: 12, atOnce: 3, waitMs: 20 } as const;
    const result = mustBeAnswered(await under.load(awaiting, load));
    expect(result.client.requests.map(({ request }) => request)).toEqual(
      result.spans.map(({ request }) => request).sort((a, b) => a - b),
    );
    for (const span of result.spans) {
      const { sent, connected, answered } = result.client.requests[span.request - 1]!;
      const moments = [sent, connected, span.entered, ...span.waits.flat(), span.left, answered];
      expect(moments).toEqual([...(moments as number[])].sort((a, b) => a - b));
    }
    const atClient = result.client.requests.map(({ sent, answered }) => ({
      ...{ entered: sent, left: answered },
    }));
    expect(mostOpen(atClient)).toBe(3);
    expect(result.upstream.maxOpen).toBe(3);
  });

  it('is there of a run that never ends, with what was not answered', async () => {
    const program = python`
      import threading
      from django.http import HttpResponse

      def view(request):
          if request.headers["x-lab-request"] == "2":
              threading.Event().wait()
          return HttpResponse()
    `;
    const load = { server: 'wsgi', requests: 2, limits: { wallMs: 3_000 } } as const;
    const result = await under.load(program, load);
    expect(result.outcome).toBe('time-limit');
    const [first, second] = result.client.requests;
    expect([first!.status, second!.answered, second!.error]).toEqual([200, null, null]);
    expect(result.spans.find(({ request }) => request === 2)!.left).toBeNull();
  });

  it('counts what the workers use of time and memory', async () => {
    const program = `${computing}\ndef view(request):\n    held = b"x" * (100 << 20)\n    compute()\n    return HttpResponse()\n`;
    const load = { server: 'wsgi', workers: 2, requests: 4, cpuMs: 300 } as const;
    const result = mustBeAnswered(await under.load(program, load));
    expect(result.usage.cpuMs).toBeGreaterThanOrEqual(1_200);
    expect(result.usage.peakBytes).toBeGreaterThan(100 * 1024 * 1024);
  });

  it('tells the versions of all that was measured', async () => {
    const { runtime } = await under.load(awaiting, { server: 'asgi', requests: 1, waitMs: 0 });
    const parts = ['asgiref', 'django', 'gunicorn', 'httpx', 'python', 'sqlparse', 'uvicorn'];
    expect(Object.keys(runtime.versions).sort()).toEqual(parts);
  });
});
