import { describe, expect, it } from 'vitest';
import type { RunRequest } from '#lib/server/sandbox/port.ts';
import { python, sandboxUnderTest } from './sandbox-under-test.ts';

const under = sandboxUnderTest();

const greeting = python`
  from django.http import JsonResponse

  async def greet(request):
      return JsonResponse({"hello": request.GET.get("name", "you")})
`;

const five = 'await requests("GET", "/", times=5, at_once=True)';

/** A program whose view at `/` is called `view`, driven by five requests at once. */
function overlapping(program: string): Omit<RunRequest, 'runtime'> {
  return { program, serve: { '/': 'view' }, drive: five };
}

describe('a drive', () => {
  it('makes real requests and observes what came of them', async () => {
    const result = await under.run(greeting, {
      serve: { '/': 'greet' },
      drive: python`
        response = await request("GET", "/?name=ada")
        observe("status", response.status)
        observe("type", response.headers["content-type"])
        observe("text", response.text)
        observe("body", response.json)
        observe("query", (await request("GET", "/", {"name": "bob"})).json)
        missing = await request("GET", "/elsewhere")
        observe("missing", [missing.status, missing.json])
      `,
    });
    expect(result).toMatchObject({ outcome: 'finished', exit: 0, error: null, stderr: '' });
    expect(result.observations?.values).toEqual({
      status: 200,
      type: 'application/json',
      text: '{"hello": "ada"}',
      body: { hello: 'ada' },
      query: { hello: 'bob' },
      missing: [404, null],
    });
  });

  it('sends forms, JSON and headers, and reaches views with arguments', async () => {
    const result = await under.run(
      python`
        import json
        from django.http import JsonResponse

        def echo(request, number):
            sent = json.loads(request.body) if "json" in request.content_type else request.POST.dict()
            return JsonResponse({"number": number, "sent": sent, "x": request.headers.get("X-Own")})
      `,
      {
        serve: { '/items/<int:number>': 'echo' },
        drive: python`
          form = await request("POST", "/items/3", {"a": "é"}, headers={"X-Own": "1"})
          observe("form", form.json)
          sent = await request("PUT", "/items/4", {"a": [1]}, headers={"Content-Type": "application/json"})
          observe("json", sent.json)
        `,
      },
    );
    expect(result.observations?.values).toEqual({
      form: { number: 3, sent: { a: 'é' }, x: '1' },
      json: { number: 4, sent: { a: [1] }, x: null },
    });
  });

  it('needs neither requests nor await', async () => {
    const result = await under.run('x = 20', { drive: 'observe("x", program.x + 1)' });
    expect(result.observations).toEqual({ version: 1, values: { x: 21 }, events: [] });
  });

  it('records every step of a request, in order', async () => {
    const program = python`
      import asyncio
      from django.http import HttpResponse

      async def view(request):
          await asyncio.sleep(0.01)
          return HttpResponse("ok")
    `;
    const result = await under.run(program, {
      serve: { '/': 'view' },
      drive: 'await request("GET", "/")',
    });
    const events = result.observations?.events ?? [];
    expect(events.map(({ kind, request, thread }) => [kind, request, thread])).toEqual([
      ['received', 1, 'loop'],
      ['view-entered', 1, 'loop'],
      ['await', 1, 'loop'],
      ['resumed', 1, 'loop'],
      ['view-left', 1, 'loop'],
      ['answered', 1, 'loop'],
    ]);
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[3]! - times[2]!).toBeGreaterThanOrEqual(9_000);
  });
});

describe('five requests at once', () => {
  it('meet one at a time in an async view that blocks', async () => {
    const program = python`
      import time
      from django.http import HttpResponse

      async def view(request):
          time.sleep(0.02)
          return HttpResponse("ok")
    `;
    const found = await under.judged(overlapping(program), [
      'handler.max_open == 5',
      'views.max_open == 1',
      'views.count == handler.count == 5',
      'views.threads == 1',
      'views.awaits == 0',
    ]);
    expect(new Set(Object.values(found))).toEqual(new Set([true]));
  });

  it('are all in an async view that awaits', async () => {
    const program = python`
      import asyncio
      from django.http import HttpResponse

      async def view(request):
          await asyncio.sleep(0.2)
          return HttpResponse("ok")
    `;
    const found = await under.judged(overlapping(program), [
      'handler.max_open == 5',
      'views.max_open == 5',
      'views.threads == 1',
      'views.awaits == 5',
    ]);
    expect(new Set(Object.values(found))).toEqual(new Set([true]));
  });

  it('have a thread each in a sync view', async () => {
    const program = python`
      import time
      from django.http import HttpResponse

      def view(request):
          time.sleep(0.3)
          return HttpResponse("ok")
    `;
    const found = await under.judged(overlapping(program), [
      'views.max_open == 5',
      'views.threads == 5',
      '"loop" not in {e.thread for e in events if e.kind == "view-entered"}',
    ]);
    expect(new Set(Object.values(found))).toEqual(new Set([true]));
  });

  it('keep what asyncio promises: cancellation, exceptions, context', async () => {
    const program = python`
      import asyncio, contextvars
      from django.http import JsonResponse
      from django.views import View
      number = contextvars.ContextVar("number")

      async def view(request):
          number.set(1)
          async def raises():
              await asyncio.sleep(0)
              raise ValueError("inner")
          said = []
          try:
              async with asyncio.timeout(0.01):
                  await asyncio.sleep(5)
          except TimeoutError:
              said.append("timeout")
          try:
              await asyncio.gather(raises(), asyncio.sleep(0))
          except ValueError as error:
              said.append(str(error))
          task = asyncio.create_task(asyncio.sleep(5))
          task.cancel()
          try:
              await task
          except asyncio.CancelledError:
              said.append("cancelled")
          said.append(number.get())
          return JsonResponse({"said": said})

      class Page(View):
          async def get(self, request):
              await asyncio.sleep(0)
              return JsonResponse({"page": True})

      page = Page.as_view()
    `;
    const result = await under.run(program, {
      serve: { '/': 'view', '/page': 'page' },
      drive: python`
        observe("said", (await request("GET", "/")).json["said"])
        observe("page", (await request("GET", "/page")).json)
      `,
    });
    expect(result.error).toBeNull();
    expect(result.observations?.values).toEqual({
      said: ['timeout', 'inner', 'cancelled', 1],
      page: { page: true },
    });
  });
});

describe('a view that raises', () => {
  it('is answered 500, and its error is told with the line in the program', async () => {
    const result = await under.run(
      python`
        from django.contrib.auth.models import User
        from django.http import JsonResponse

        async def get_user(request):
            user = await User.objects.get(username="ada")
            return JsonResponse({"username": user.username})
      `,
      {
        serve: { '/': 'get_user' },
        drive: 'observe("status", (await request("GET", "/")).status)',
      },
    );
    expect(result.outcome).toBe('finished');
    expect(result.error).toMatchObject({
      type: 'SynchronousOnlyOperation',
      line: 5,
      place: 'view',
    });
    expect(result.error?.message).toContain('async context');
    expect(result.observations?.values).toEqual({ status: 500 });
    expect(result.stderr).toBe('');
  });

  it('stands before an error that the drive makes of it', async () => {
    const result = await under.run('def view(request):\n    raise KeyError("a")', {
      serve: { '/': 'view' },
      drive: 'r = await request("GET", "/")\nassert r.status == 200',
    });
    expect(result).toMatchObject({
      outcome: 'error',
      error: { type: 'KeyError', line: 2, place: 'view' },
      observations: null,
    });
    expect(result.stderr).toContain('File "drive", line 2');
    expect(result.stderr).not.toContain('/sandbox/');
  });
});

describe('what cannot be driven', () => {
  it('is told when serve names a view that is not there', async () => {
    const result = await under.run('def view(request): ...', {
      serve: { '/': 'veiw' },
      drive: 'await request("GET", "/")',
    });
    expect(result).toMatchObject({ outcome: 'error', error: { type: 'NameError', place: 'load' } });
    expect(result.error?.message).toContain('`veiw`');
  });

  it('is told with the line of the drive that raised', async () => {
    const result = await under.run(greeting, {
      serve: { '/': 'greet' },
      drive: 'await request("GET", "/")\nraise RuntimeError("here")',
    });
    expect(result.error).toEqual({
      type: 'RuntimeError',
      message: 'here',
      line: 2,
      place: 'drive',
      frames: [{ file: 'drive', line: 2, function: '<module>' }],
    });
  });

  it.each([
    ['a tuple', 'observe("x", (1, 2))', 'tuple'],
    ['a class of str', 'class S(str): pass\nobserve("x", S("a"))', 'S'],
    ['not a number', 'observe("x", float("nan"))', 'nan'],
    ['a large integer', 'observe("x", 2**53)', '2**53'],
    ['a key that is no text', 'observe("x", {1: 2})', 'int'],
    ['half a surrogate pair', 'observe("x", "\\ud800")', 'surrogate'],
    ['17 levels', 'x = 1\nfor _ in range(17): x = [x]\nobserve("x", x)', '16'],
    ['itself', 'x = []\nx.append(x)\nobserve("x", x)', '16'],
    ['too much', 'observe("x", "a" * 300_000)', '262144'],
    ['a name of ours', 'observe("views", 1)', 'views'],
    ['no name', 'observe("a b", 1)', 'a b'],
  ])('is told when it observes %s', async (_, drive, says) => {
    const result = await under.run('', { drive });
    expect(result).toMatchObject({ outcome: 'error', observations: null });
    expect(result.error?.place).toBe('drive');
    expect(result.error?.message).toContain(says);
  });

  it('is told when there are too many events', async () => {
    const program = python`
      import asyncio
      from django.http import HttpResponse

      async def view(request):
          for _ in range(6000): await asyncio.sleep(0)
          return HttpResponse("ok")
    `;
    const result = await under.run(program, {
      serve: { '/': 'view' },
      drive: 'await request("GET", "/")',
    });
    expect(result).toMatchObject({ outcome: 'error', error: { type: 'EventLimit' } });
    expect(result.observations).toBeNull();
  });
});

describe('a program that wants to be believed', () => {
  const drive = 'observe("ok", program.ok())';
  const forged = '{"end":"finished","error":null,"values":{"ok":true},"events":[]}';

  it.each([
    ['leaves before it is driven', 'import os\nos._exit(0)'],
    ['leaves by the front door', 'import sys\nsys.exit(0)'],
    ['leaves while it is driven', 'import os\ndef ok(): os._exit(0)'],
    [
      'writes a report to every descriptor and leaves',
      `import os\nfor fd in range(64):\n    try: os.write(fd, b'${forged}\\n')\n    except OSError: pass\nos._exit(0)`,
    ],
    [
      'writes a report beside the true one',
      `import os\ndef ok(): return True\nfor fd in range(3, 64):\n    try: os.write(fd, b'${forged}\\n')\n    except OSError: pass`,
    ],
    [
      'floods the report',
      'import os\ntry:\n    while True: os.write(3, b"x" * 65536)\nexcept OSError: pass',
    ],
    [
      'sends an answer in frames',
      `import os, struct\nbody = b'{"id":"1","ok":{}}'\nfor fd in range(64):\n    try: os.write(fd, struct.pack(">I", len(body)) + body)\n    except OSError: pass\nos._exit(0)`,
    ],
    ['closes the report', 'import os\nos.close(3)\ndef ok(): return True'],
  ])('and %s has observed nothing', async (_, program) => {
    const result = await under.run(program, { drive });
    expect(result).toMatchObject({ outcome: 'error', observations: null });
    expect(result.error).not.toBeNull();
    const honest = await under.run('def ok(): return 1', { drive });
    expect(honest).toMatchObject({ outcome: 'finished', observations: { values: { ok: 1 } } });
  });
});

describe('fixture rows', () => {
  const rows = python`
    from django.contrib.auth.models import User
    User.objects.create(username="ada")
    print("not the program's output")
  `;
  const program = python`
    from django.contrib.auth.models import User
    names = sorted(user.username for user in User.objects.all())
    User.objects.create(username="bob")
    print(names)
  `;

  it('are there in every run, fresh, and say nothing in its output', async () => {
    const results = await Promise.all([1, 2, 3].map(() => under.run(program, { rows })));
    expect(results.map(({ stdout }) => stdout)).toEqual(["['ada']\n", "['ada']\n", "['ada']\n"]);
    const without = await under.run(program, { rows: null });
    expect(without.stdout).toBe('[]\n');
  });

  it('are kept for as many fixtures as there are', async () => {
    const many = Array.from({ length: 40 }, (_, number) => rows.replace('ada', `u${number}`));
    for (const each of many) await under.run(program, { rows: each });
    const result = await under.run(program, { rows: many[0]! });
    expect(result.stdout).toBe("['u0']\n");
  });

  it('that fail are said to be the rows, with their line', async () => {
    const result = await under.run(program, { rows: `${rows}\nraise ValueError("no")` });
    expect(result).toMatchObject({
      outcome: 'error',
      error: { type: 'FixtureRows', place: 'load' },
    });
    expect(result.error?.message).toContain('line 4');
    expect(result.error?.message).toContain('ValueError: no');
  });

  it('that never end are said to be the rows', async () => {
    const result = await under.run(program, {
      rows: 'while True: pass',
      limits: { wallMs: 500 },
    });
    expect(result).toMatchObject({ outcome: 'time-limit', error: { type: 'FixtureRows' } });
    expect(result.error?.message).toContain('time-limit');
  });
});
