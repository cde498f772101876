import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#lib/domain/run.ts';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

/** Runs a driven program and gives what it observed. */
async function observed(
  program: string,
  serve: Record<string, string>,
  drive: string,
): Promise<Record<string, JsonValue>> {
  const result = await under.run(program, { serve, drive });
  expect(result.error).toBeNull();
  return result.observations!.values;
}

const waiting = python`
  import asyncio
  from django.http import HttpResponse

  async def view(request):
      await asyncio.sleep(0.1)
      return HttpResponse("ok")
`;

describe('a request through WSGI', () => {
  it('reaches the views, with its query, form, JSON, headers and path', async () => {
    const values = await observed(
      python`
        import json
        from django.http import JsonResponse

        def echo(request, name):
            sent = json.loads(request.body) if "json" in request.content_type else request.POST.dict()
            return JsonResponse(
                {
                    "server": type(request).__name__,
                    "name": name,
                    "query": request.GET.dict(),
                    "sent": sent,
                    "own": request.headers.get("X-Own"),
                },
                headers={"X-Two": "2"},
            )
      `,
      { '/items/<str:name>': 'echo' },
      python`
        got = await request("GET", "/items/%C3%A9?a=1", {"b": "ü"}, through="wsgi")
        observe("got", [got.status, got.headers["x-two"], got.json])
        form = await request("POST", "/items/x", {"a": "é"}, headers={"X-Own": "1"}, through="wsgi")
        observe("form", form.json)
        sent = await request(
            "PUT", "/items/x", {"a": [1]}, headers={"Content-Type": "application/json"}, through="wsgi"
        )
        observe("json", sent.json["sent"])
        observe("missing", (await request("GET", "/elsewhere", through="wsgi")).status)
      `,
    );
    const server = 'WSGIRequest';
    expect(values).toEqual({
      got: [200, '2', { server, name: 'é', query: { a: '1', b: 'ü' }, sent: {}, own: null }],
      form: { server, name: 'x', query: {}, sent: { a: 'é' }, own: '1' },
      json: { a: [1] },
      missing: 404,
    });
  });

  it('keeps a worker thread to itself, in an async view too', async () => {
    for (const threads of [1, 3]) {
      const drive = `await requests("GET", "/", times=4, at_once=True, through="wsgi", threads=${threads})`;
      const found = await under.judged({ program: waiting, serve: { '/': 'view' }, drive }, [
        `handler.max_open == ${threads}`,
        `views.max_open == ${threads}`,
        'handler.count == views.count == 4',
        'views.awaits == 4',
        'not any(e.thread == "loop" for e in events)',
      ]);
      expect(new Set(Object.values(found))).toEqual(new Set([true]));
    }
  });

  it('that raises in its view is answered 500, and its error is told', async () => {
    const result = await under.run('async def view(request):\n    raise KeyError("a")', {
      serve: { '/': 'view' },
      drive: 'observe("status", (await request("GET", "/", through="wsgi")).status)',
    });
    expect(result.error).toMatchObject({ type: 'KeyError', line: 2, place: 'view' });
    expect(result.observations?.values).toEqual({ status: 500 });
  });

  it.each([
    ['through="http"', 'through'],
    ['threads=2', 'only with through="wsgi"'],
    ['through="wsgi", threads=0', 'from 1 to'],
    ['through="wsgi", threads=1000', 'from 1 to'],
  ])('is told when it asks for %s', async (asked, says) => {
    const result = await under.run(waiting, {
      serve: { '/': 'view' },
      drive: `await requests("GET", "/", ${asked})`,
    });
    expect(result.error).toMatchObject({ type: 'ValueError', line: 1, place: 'drive' });
    expect(result.error?.message).toContain(says);
  });
});

describe('a watch', () => {
  it('counts no turn of the loop while a view holds it, and some while a view waits', async () => {
    const program = python`
      import asyncio, time
      from django.http import HttpResponse

      async def holds(request):
          time.sleep(0.1)
          return HttpResponse("ok")

      async def waits(request):
          await asyncio.sleep(0.1)
          return HttpResponse("ok")

      def in_a_thread(request):
          time.sleep(0.3)
          return HttpResponse("ok")
    `;
    const values = await observed(
      program,
      { '/holds': 'holds', '/waits': 'waits', '/thread': 'in_a_thread' },
      python`
        for path in ("/holds", "/waits", "/thread"):
            async with watch() as seen:
                await requests("GET", path, times=3, at_once=True)
            observe(path[1:], [seen.count, seen.max_open, seen.threads, seen.ticks > 0])
      `,
    );
    expect(values).toEqual({
      holds: [3, 1, 1, false],
      waits: [3, 3, 1, true],
      thread: [3, 3, 3, true],
    });
  });

  it('watches functions of the program by name, and lets them go again', async () => {
    const values = await observed(
      python`
        import asyncio

        def add(a, *, b):
            return sum(range(a)) * 0 + a + b

        async def later(value):
            await asyncio.sleep(0.05)
            return value

        async def all_of_it():
            here = add(200_000, b=1)
            there = await asyncio.gather(*(asyncio.to_thread(add, 1, b=2) for _ in range(3)))
            return here, there, await asyncio.gather(later(1), later(2))
      `,
      {},
      python`
        before = program.add
        async with watch("add") as sums, watch("later") as waits:
            here, there, late = await program.all_of_it()
        observe("results", [here, there, late])
        observe("sums", sums.count)
        observe("waits", [waits.count, waits.max_open, waits.threads, waits.ticks > 0])
        observe("restored", program.add is before)
        async with watch("add") as here_only:
            program.add(500_000, b=1)
        observe("here", [here_only.count, here_only.threads, here_only.ticks])
        program.add(1, b=1)
        observe("after", here_only.count)
      `,
    );
    expect(values).toEqual({
      results: [200_001, [3, 3, 3], [1, 2]],
      sums: 4,
      waits: [2, 2, 1, true],
      restored: true,
      here: [1, 1, 0],
      after: 1,
    });
  });

  it('sees the loop turn during work on a thread however short, unless the loop is held', async () => {
    const values = await observed(
      'def nothing(): ...',
      {},
      python`
        import asyncio, threading

        for _ in range(20):
            async with watch("nothing") as free:
                await asyncio.to_thread(program.nothing)
            assert free.ticks > 0
        async with watch("nothing") as held:
            thread = threading.Thread(target=program.nothing)
            thread.start()
            thread.join()
        observe("held", held.ticks)
      `,
    );
    expect(values).toEqual({ held: 0 });
  });

  it('counts calls that raise as over', async () => {
    const values = await observed(
      'def fails():\n    raise ValueError("no")',
      {},
      python`
        async with watch("fails") as seen:
            for _ in range(2):
                try:
                    program.fails()
                except ValueError:
                    pass
        observe("seen", [seen.count, seen.max_open])
      `,
    );
    expect(values).toEqual({ seen: [2, 1] });
  });

  it('of a function that is not there is told', async () => {
    const result = await under.run('def add(): ...', { drive: 'watch("ad")' });
    expect(result.error).toMatchObject({ type: 'ValueError', place: 'drive' });
    expect(result.error?.message).toContain("'ad'");
  });
});
