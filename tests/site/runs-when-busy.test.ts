import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, removeDataDir, startSite, type Site } from './built-site.ts';
import { allOf, RunCaller, type Answer } from './run-caller.ts';

let dataDir: string;
let site: Site;

async function start(env: Record<string, string> = {}): Promise<void> {
  site = await startSite(dataDir, env);
}

beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(async () => {
  await site.stop();
  await removeDataDir(dataDir);
});

const nap = 'import time\ntime.sleep(0.05)';
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

function expectWhenToAskAgain(refused: Answer[]): void {
  for (const { headers, body } of refused) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(body['detail']).toMatch(/Try again/);
  }
}

describe('when many runs are asked for', () => {
  beforeEach(() => start());

  it("a flood of one learner's is turned away, and another learner's run finishes", async () => {
    const [flooding, other] = [new RunCaller(site.url), new RunCaller(site.url)];
    const flood = times(300, () => flooding.run({ program: nap }));
    const { body } = await other.run({ program: 'print("done")' });
    expect(body).toMatchObject({ outcome: 'finished', stdout: 'done\n' });
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(300);
    expect(refused.length).toBeGreaterThan(100);
    expectWhenToAskAgain(refused);
    expect((await flooding.run({ program: nap })).status).toBe(200);
  });

  it("more than can wait, of many learners, is turned away as the site's own trouble", async () => {
    const callers = times(12, () => new RunCaller(site.url));
    const asked = callers.flatMap((caller) => times(30, () => caller.run({ program: nap })));
    const answers = await Promise.all(asked);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expectWhenToAskAgain(refused);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(360);
  });

  it('a stream that waits tells its place', async () => {
    const caller = new RunCaller(site.url);
    const running = times(10, () => caller.run({ program: 'import time\ntime.sleep(0.5)' }));
    await Promise.race(running);
    const heard = (await allOf(caller.stream({ program: 'print(1)' }))).map(({ kind }) => kind);
    expect(heard[0]).toBe('queued');
    expect(heard.filter((kind) => kind !== 'queued')).toEqual(['started', 'output', 'result']);
    await Promise.all(running);
  });

  it('a stream that cannot begin has the status of that', async () => {
    const caller = new RunCaller(site.url);
    const ended = new AbortController();
    const long = { program: 'import time\ntime.sleep(4)' };
    const flood: Promise<Answer>[] = [];
    const askTooMuch = async () => {
      const more = times(100, () => caller.run(long, ended.signal));
      flood.push(...more);
      // The first that is turned away says that the others fill all there is.
      expect((await Promise.race(more)).status).toBe(429);
      return allOf(caller.stream({ program: nap })).then(() => 'heard', String);
    };
    // On a busy host some of them may be over by the time the stream is asked for.
    await expect.poll(askTooMuch, { timeout: 60_000 }).toContain('no stream but 429');
    ended.abort();
    await Promise.allSettled(flood);
  });
});

describe('when the site is stopped', () => {
  it('a stream is told to its end, and no process of the sandbox is left', async () => {
    await start();
    const caller = new RunCaller(site.url);
    const processes = descendants(site.process.pid!);
    expect(processes.length).toBeGreaterThan(0);
    const program = 'import time\nprint(1, flush=True)\ntime.sleep(1)\nprint(2)';
    const heard: unknown[] = [];
    let stopped: Promise<void> | null = null;
    for await (const { kind, data } of caller.stream({ program })) {
      heard.push(data['text'] ?? kind);
      if (kind === 'output') stopped ??= site.stop();
    }
    expect(heard).toEqual(['started', '1\n', '2\n', 'result']);
    await stopped;
    await expect.poll(() => processes.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });
});

describe('where nothing can be run', () => {
  it('a run is refused with why, and not with when to ask again', async () => {
    await start({ ASSAY_EXECUTION: 'off' });
    const answer = await new RunCaller(site.url).run({ program: 'print(1)' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(answer.body['detail']).toContain('switched off');
    const health: unknown = await (await fetch(`${site.url}/health`)).json();
    expect(health).toMatchObject({ sandbox: { tier: 'none', canaries: { held: 0, tried: 0 } } });
  });
});

/** Process ids below one process. */
function descendants(parent: number): number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const children = pids.map(Number).filter((pid) => field(pid, 'PPid') === String(parent));
  return children.flatMap((pid) => [pid, ...descendants(pid)]);
}

/** Ended ones that nobody has looked at yet count as ended. */
function isAlive(pid: number): boolean {
  const state = field(pid, 'State');
  return state !== null && state !== 'Z';
}

function field(pid: number, name: string): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? null;
  } catch {
    return null;
  }
}
