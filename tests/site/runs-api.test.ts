import { describe, expect, it } from 'vitest';
import { allOf, newLearner, RunCaller, type Answer, type HeardEvent } from './run-caller.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();
const asLearner = (cookie?: string | null) => new RunCaller(served.site.url, cookie);
const id = () => crypto.randomUUID();

/** Prints a line, waits, prints another. */
const withPause = 'import time\nprint("first", flush=True)\ntime.sleep(1)\nprint("second")\n';
const endless = 'import time\nprint("on", flush=True)\nwhile True: time.sleep(0.01)\n';

const pathsOf = ({ body }: Answer) => (body['problems'] as { path: string }[]).map((p) => p.path);

/** Goes away from a run as soon as it has written something. */
async function leaveWhenHeard(caller: RunCaller, request: object): Promise<void> {
  const gone = new AbortController();
  const heard = (async () => {
    for await (const { kind } of caller.stream(request, gone.signal)) {
      if (kind === 'output') gone.abort();
    }
  })();
  await expect(heard).rejects.toThrow(/abort/i);
}

/** The result of a run that has ended; who finds it going on goes away again at once. */
async function resultOnceKept(caller: RunCaller, request: object): Promise<HeardEvent['data']> {
  for (;;) {
    const gone = new AbortController();
    const stream = caller.stream(request, gone.signal);
    const first = await stream.next();
    gone.abort();
    await stream.return(undefined).catch(() => undefined);
    if (!first.done && first.value.kind === 'result') return first.value.data;
  }
}

describe('a program', () => {
  it('is run, and its output and end are told', async () => {
    const answer = await asLearner().run({ program: 'print("hello")\nraise ValueError("no")' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      ...{ outcome: 'error', exit: 1, stdout: 'hello\n' },
      error: { type: 'ValueError', message: 'no', line: 2 },
    });
    expect(answer.body).not.toHaveProperty('observations');
  });

  it('can import and open its other files', async () => {
    const answer = await asLearner().run({
      program: 'from shop.prices import total\nprint(total(), open("names.txt").read())',
      files: { 'shop/prices.py': 'def total():\n    return 7\n', 'names.txt': 'Ada, Zoë' },
    });
    expect(answer.body).toMatchObject({ outcome: 'finished', stdout: '7 Ada, Zoë\n' });
  });

  it('is told the file and line of each step of an error', async () => {
    const answer = await asLearner().run({
      ...{ program: 'import shop\nshop.sell()', fileName: 'main.py' },
      files: { 'shop.py': 'def sell():\n    1 / 0\n' },
    });
    const steps = [
      { file: 'main.py', line: 2, function: '<module>' },
      { file: 'shop.py', line: 2, function: 'sell' },
    ];
    expect(answer.body).toMatchObject({ error: { type: 'ZeroDivisionError', frames: steps } });
  });

  it('gets the seed and the lower limits that were asked for', async () => {
    const program = 'import random\nprint(random.random())\nwhile True: pass';
    const limits = { wallMs: 4_000, cpuMs: 1_000 };
    const [one, other] = [
      await asLearner().run({ program, seed: 5, limits }),
      await asLearner().run({ program, seed: 5, limits }),
    ];
    expect(one.body).toMatchObject({ outcome: 'cpu-limit', limits });
    expect(one.body['stdout']).toBe(other.body['stdout']);
  });

  it('can write markup and terminal codes, which arrive as data', async () => {
    const text =
      '<script>alert(1)</script>\u001b[31mred\u2028\n\ndata: forged\n\nevent: result\n\n';
    const caller = asLearner();
    const program = `print(${JSON.stringify(text)}, end="")`;
    const answer = await caller.run({ program });
    expect(answer.body['stdout']).toBe(text);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const events = await allOf(caller.stream({ program }));
    expect(events.map(({ kind }) => kind)).toEqual(['started', 'output', 'result']);
    expect(events[1]?.data['text']).toBe(text);
  });
});

describe('a stream', () => {
  it('tells output while the program goes on, and then the result', async () => {
    const caller = asLearner();
    const program = withPause;
    const runId = id();
    const kinds: string[] = [];
    for await (const { kind, data } of caller.stream({ id: runId, program })) {
      kinds.push(kind === 'output' ? String(data['text']) : kind);
      // Who attaches now hears `started` first, as only of a run that goes on.
      if (data['text'] === 'first\n') {
        const attached = await allOf(caller.stream({ id: runId, program }));
        expect(attached.map((event) => event.data['text'] ?? event.kind)).toEqual([
          ...['started', 'first\n', 'second\n', 'result'],
        ]);
      }
    }
    expect(kinds).toEqual(['started', 'first\n', 'second\n', 'result']);
  });

  it('ends with what is also answered without a stream', async () => {
    const caller = asLearner();
    const request = { id: id(), program: 'print(1)' };
    const events = await allOf(caller.stream(request));
    expect(events.at(-1)?.data).toEqual((await caller.run(request)).body);
  });
});

describe('an id', () => {
  it('asked for twice is one run with one result', async () => {
    const caller = asLearner();
    const request = { id: id(), program: 'import os, time\nprint(time.time_ns(), os.urandom(8))' };
    const both = await Promise.all([caller.run(request), caller.run(request)]);
    const later = await caller.run(request);
    expect(new Set([...both, later].map(({ text }) => text)).size).toBe(1);
  });

  it('with another program, other files or other limits is refused', async () => {
    const caller = asLearner();
    const request = { id: id(), program: 'print(1)', files: { a: '1', b: '2' } };
    expect((await caller.run(request)).status).toBe(200);
    expect((await caller.run({ ...request, files: { b: '2', a: '1' } })).status).toBe(200);
    const others = [{ program: 'print(2)' }, { files: { a: '1' } }, { limits: { wallMs: 100 } }];
    for (const other of others) {
      const answer = await caller.run({ ...request, ...other });
      expect(answer.status).toBe(409);
      expect(pathsOf(answer)).toEqual(['/id']);
    }
  });

  it('gives nobody else the run: another learner, or a caller without a cookie', async () => {
    const runId = id();
    const secret = await asLearner().run({ id: runId, program: 'print("secret")' });
    expect(secret.body['stdout']).toBe('secret\n');
    for (const cookie of [newLearner(), null]) {
      const other = await asLearner(cookie).run({ id: runId, program: 'print("other")' });
      expect(other.body).toMatchObject({ id: runId, stdout: 'other\n' });
    }
  });

  it('of a run that everyone went away from finds it killed', async () => {
    const caller = asLearner();
    const request = { id: id(), program: endless };
    await leaveWhenHeard(caller, request);
    const { outcome, stdout, exit } = await resultOnceKept(caller, request);
    expect({ outcome, stdout, exit }).toEqual({ outcome: 'killed', stdout: 'on\n', exit: null });
  });

  it('is as killed when who went away waited for the one answer', async () => {
    const caller = asLearner();
    const request = { id: id(), program: endless };
    const gone = new AbortController();
    const waiting = caller.run(request, gone.signal);
    await leaveWhenHeard(caller, request);
    gone.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect((await resultOnceKept(caller, request))['outcome']).toBe('killed');
  });

  it('goes on while one of two callers stays', async () => {
    const caller = asLearner();
    const request = { id: id(), program: withPause };
    const staying = caller.run(request);
    await leaveWhenHeard(caller, request);
    expect((await staying).body).toMatchObject({ outcome: 'finished', stdout: 'first\nsecond\n' });
  });
});

describe('what cannot be run is refused', () => {
  it('with all that is wrong at once', async () => {
    const answer = await asLearner().run({ program: 3, drive: 'x', files: { '../a': '' } });
    expect(answer.status).toBe(400);
    expect(pathsOf(answer).toSorted()).toEqual(['/drive', '/files/..~1a', '/program']);
  });

  it.each([
    ['no JSON', '{"program": '],
    ['no object', '[]'],
    ['nothing', ''],
  ])('%s', async (_, body) => {
    const answer = await asLearner().send(body);
    expect(answer.status).toBe(400);
    expect(pathsOf(answer)).toEqual(['']);
  });

  it('bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"program": "'), Buffer.from([0xff, 0x22, 0x7d])]);
    expect((await asLearner().send(bytes)).status).toBe(400);
  });

  it('more than fits, announced or not', async () => {
    const body = JSON.stringify({ program: '#'.repeat(256 * 1024) });
    expect((await asLearner().send(body)).status).toBe(413);
    const pieces = new ReadableStream({
      start: (controller) => {
        for (const text of [body, body, body]) controller.enqueue(Buffer.from(text));
        controller.close();
      },
    });
    expect((await asLearner().send(pieces)).status).toBe(413);
  });

  it('what a page could send without asking the site first', async () => {
    const types = ['text/plain', 'application/json-patch+json', 'text/plain; application/json'];
    const { origin } = new URL(served.site.url);
    for (const type of types) {
      const answer = await asLearner().send('{"program":""}', { 'content-type': type, origin });
      expect(answer.status).toBe(415);
    }
    const form = { method: 'POST', body: new URLSearchParams({ program: '' }) };
    const { status, headers } = await fetch(`${served.site.url}/api/runs`, form);
    expect(status).toBe(403);
    const { paths } = await asLearner().description();
    expect(paths['/api/runs']?.['post']?.responses['403']?.content).toHaveProperty('text/plain');
    expect(headers.getSetCookie()).toEqual([]);
  });

  it("another site's page, and a page that hides which it is", async () => {
    for (const origin of ['https://elsewhere.example', 'null']) {
      const answer = await asLearner().send('{"program":""}', { origin });
      expect(answer.status).toBe(403);
    }
  });

  it('what a lesson does not show, or shows and is not answered with code', async () => {
    const lesson = 'django/async/when-async-helps';
    const cases: [object, string][] = [
      [{ lesson: 'django/async/none', exercise: 'ex_7f3k2m' }, '/of/lesson'],
      [{ lesson, exercise: 'ex_none' }, '/of/exercise'],
      [{ lesson, exercise: 'ex_7f3k2m' }, '/of/exercise'],
      [{ lesson, program: 'no-such-program' }, '/of/program'],
    ];
    for (const [of, path] of cases) {
      const answer = await asLearner().run({ of, program: 'print(1)' });
      expect(answer.status).toBe(400);
      expect(pathsOf(answer)).toEqual([path]);
    }
  });

  it('and says nothing of the host, and gives no cookie', async () => {
    const answer = await asLearner(null).run({ program: 1 });
    expect(answer.text).not.toMatch(/\/work|\/home|\/root|node_modules|\.ts\b/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

describe('the description', () => {
  it('fits its own examples, and names the versions programs run on', async () => {
    const caller = asLearner();
    const described = await caller.description();
    const text = JSON.stringify(described);
    const responses = described.paths['/api/runs']!['post']!.responses;
    const problem = responses['400']!.content['application/problem+json']!;
    const result = responses['200']!.content['application/json']!;
    expect((await caller.schema('Problem')).safeParse(problem.example).success).toBe(true);
    expect((await caller.schema('RunResult')).safeParse(result.example).success).toBe(true);
    expect(text).toMatch(/python 3\.\d+\.\d+, django 5\.2\.\d+/);
    const post = described.paths['/api/runs']!['post'] as unknown as {
      requestBody: { content: Record<string, { example: Record<string, unknown> }> };
    };
    const { example } = post.requestBody.content['application/json']!;
    expect((await caller.schema('RunRequest')).safeParse(example).success).toBe(true);
    expect((await caller.run(example)).body).toMatchObject({ outcome: 'finished', stdout: '7\n' });
  });

  it('fits what /health answers', async () => {
    const health: unknown = await (await fetch(`${served.site.url}/health`)).json();
    expect((await asLearner().schema('Health')).parse(health)).toMatchObject({
      sandbox: { tier: 'full' },
    });
  });
});
