/** How lab runs end that do not finish, and who may have one. */
import { describe, expect, it } from 'vitest';
import { createLab } from '#lib/server/sandbox/bubblewrap-lab.ts';
import { descendants } from './container-processes.ts';
import { labUnderTest } from './lab-under-test.ts';
import { options, python, runtime } from './sandbox-under-test.ts';

const under = labUnderTest();
const good = python`
  from django.http import HttpResponse

  def view(request):
      return HttpResponse()
`;
const servers = ['asgi', 'wsgi'] as const;

describe.each(servers)('with %s, a program', (server) => {
  it('that raises when it is loaded is told with its line', async () => {
    const result = await under.load('x = 1\nraise ValueError("no")', { server });
    expect(result).toMatchObject({ outcome: 'error', client: { requests: [] } });
    expect(result.error).toMatchObject({ type: 'ValueError', line: 2, place: 'load' });
    expect(result.stderr).toContain('ValueError: no');
  });

  it('that asks the upstream while it is loaded, and then raises, is told with its line', async () => {
    const program = python`
      import os, urllib.request
      urllib.request.urlopen(os.environ["UPSTREAM"])
      raise ValueError("no")
    `;
    const result = await under.load(program, { server, waitMs: 10 });
    expect(result).toMatchObject({ outcome: 'error', upstream: { count: 1, calls: [] } });
    expect(result.error).toMatchObject({ type: 'ValueError', line: 3 });
  });

  it('that has no such view is told so', async () => {
    const result = await under.load('x = 1', { server });
    expect(result.outcome).toBe('error');
    expect(result.error).toMatchObject({ type: 'NameError' });
  });

  it('whose view raises is answered with 500, and the error is told', async () => {
    const program = 'def view(request):\n    raise LookupError("gone")';
    const result = await under.load(program, { server, requests: 2 });
    expect(result).toMatchObject({ outcome: 'finished', client: { answered: 0 } });
    expect(result.client.requests.map(({ status }) => status)).toEqual([500, 500]);
    expect(result.error).toMatchObject({ type: 'LookupError', line: 2, place: 'view' });
  });

  it('that ends its process ends the run, and no other worker is started', async () => {
    const program = 'import os\nprint("loaded")\ndef view(request): os._exit(0)';
    const result = await under.load(program, { server, requests: 3 });
    expect(result.outcome).toBe('error');
    expect(result.error).toMatchObject({ type: 'ProcessExit' });
    expect(result.stdout).toBe('loaded\n');
    expect(result.client.answered).toBe(0);
  });

  it('that computes for ever is out of processor time', async () => {
    const program = 'def view(request):\n    while True: pass';
    const result = await under.load(program, {
      ...{ server, requests: 1, limits: { cpuMs: 1_000, wallMs: 60_000 } },
    });
    expect(result.outcome).toBe('cpu-limit');
  });

  it('that never comes to serve is out of time', async () => {
    const program = 'import time\ntime.sleep(600)';
    const result = await under.load(program, { server, limits: { wallMs: 1_000 } });
    expect(result).toMatchObject({ outcome: 'time-limit', client: { requests: [] } });
  });

  it('that prints without end is stopped', async () => {
    const program = 'def view(request):\n    while True: print("x" * 1000)';
    const result = await under.load(program, { server, requests: 1 });
    expect(result.outcome).toBe('output-limit');
    expect(result.truncated.stdout).toBe(true);
  });
});

describe('a fixture', () => {
  it('whose rows raise is told, and nothing is served', async () => {
    const result = await under.load(good, { server: 'wsgi', rows: 'x = 1\n1 / 0' });
    expect(result).toMatchObject({ outcome: 'error', client: { requests: [] } });
    expect(result.error!.type).toBe('FixtureRows');
    expect(result.error!.message).toContain('rows, line 2, failed before the program started');
  });

  it('whose apps raise is told with their file', async () => {
    const apps = { 'shop/models.py': 'import nothing_of_the_kind' };
    const result = await under.load(good, { server: 'asgi', apps });
    expect(result.outcome).toBe('error');
    expect(result.error!.message).toContain('shop/models.py, line 1, failed');
  });
});

describe('the lab', () => {
  it('makes one run at a time', async () => {
    const found: unknown[] = [];
    const one = async (owner: string) => {
      const request = { runtime, program: good, serve: { '/': 'view' }, server: 'wsgi' as const };
      await under.lab.runLab(request, {
        owner,
        onStarted: () => found.push(...descendants().map(({ name }) => name), owner),
      });
    };
    await Promise.all([one('first'), one('second')]);
    expect(found).toEqual(['first', 'second']);
    expect(descendants()).toEqual([]);
  });

  it('ends a run that nobody waits for any more', async () => {
    const abort = new AbortController();
    const program = 'import time\nprint("here", flush=True)\ntime.sleep(600)';
    const request = { runtime, program, serve: { '/': 'view' }, server: 'asgi' as const };
    const running = under.lab.runLab(request, { signal: abort.signal });
    setTimeout(() => abort.abort(), 500);
    expect((await running).outcome).toBe('killed');
  });

  it.each([
    ['a number beyond its bounds', { requests: 1_000 }, /requests must be .* from 1 to 200/],
    [
      'memory that does not hold its workers',
      { workers: 4, limits: { memoryBytes: 2 ** 29 } },
      /memoryBytes/,
    ],
    ['a path with a line end', { path: '/\r\nx: y' }, /path/],
  ])('refuses %s', async (_, more, message) => {
    const result = await under.load(good, { server: 'asgi', ...more });
    expect(result.outcome).toBe('infrastructure');
    expect(result.error!.message).toMatch(message);
  });

  it('is not there without namespaces, nor where nothing is run', async () => {
    const request = { runtime, program: good, serve: { '/': 'view' }, server: 'asgi' as const };
    const weaker = createLab({ ...options, tier: 'no-namespaces' });
    expect((await weaker.runLab(request)).error!.message).toMatch(/network of its own/);
    expect(await weaker.state(runtime)).toMatchObject({ ready: false, tier: 'none' });
    const closed = createLab({ ...options, execution: false });
    expect((await closed.runLab(request)).error!.message).toMatch(/switched off/);
  });
});
