/** The page of measured scenarios as a browser without JavaScript has it, and the runs that it is made of. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LabResult } from '#lib/domain/lab.ts';
import type { ShownPerformance } from '#lib/server/use-cases/show-performance.ts';
import { clearDisk } from '../proof/lesson-on-disk.ts';
import { runAssay, startSite, Visitor } from './built-site.ts';
import { labContent, labLesson } from './lab-content.ts';
import { RunCaller } from './run-caller.ts';
import { servedSite } from './served-site.ts';

const content = await labContent();
const served = servedSite({ ASSAY_CONTENT: content });
afterAll(() => clearDisk());
const lesson = `/learn/${labLesson}`;
const page = `${lesson}/performance`;

const visit = () => new Visitor(served.site.url);
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const textOf = async (visitor: Visitor, path: string) =>
  plain(await (await visitor.get(path)).text());

/** What the page's data holds: SvelteKit sends a list of values that name each other by number. */
async function dataOf(
  query: string,
  visitor = visit(),
): Promise<ShownPerformance & { canRun: boolean }> {
  const response = await visitor.get(`${page}/__data.json${query}`);
  const { nodes } = (await response.json()) as { nodes: ({ data?: unknown[] } | null)[] };
  const [root] = nodes.flatMap((node) => {
    const data = node?.data;
    return Array.isArray(data) && (data[0] as object | null) && 'performance' in (data[0] as object)
      ? [data]
      : [];
  });
  return unflattened(root!, 0) as ShownPerformance & { canRun: boolean };
}

function unflattened(values: unknown[], index: number): unknown {
  const value = values[index];
  if (Array.isArray(value)) return value.map((each) => unflattened(values, each as number));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, unflattened(values, each as number)]),
  );
}

let measured: NonNullable<ShownPerformance['performance']['measured']>;
/** What the pages may not hold before a guess: names of runs, claims, and the numbers of all results. */
let secrets: string[];
beforeAll(async () => {
  measured = (await dataOf('?guess=none')).performance.measured!;
  const { chosen, against, claims } = measured;
  const ofRuns = [chosen, against].flatMap(({ run, result: { client } }) => [
    run,
    ...[client.wallMs, client.perSecond, client.medianMs, client.p95Ms].map(String),
    ...client.requests.map(({ answered }) => String(answered)),
  ]);
  secrets = [...ofRuns, ...claims.map(({ holds }) => holds)].filter((text) => text.length >= 6);
});

/** Whether it stands there as a word, or a number, of its own: digits of it may be part of a digest. */
function stands(secret: string, text: string): boolean {
  return new RegExp(`(?<![\\w.])${RegExp.escape(secret)}(?![\\w.])`).test(text);
}

describe('the page of measured scenarios', () => {
  test('holds nothing of what was measured before a guess, in words or in data', async () => {
    expect(secrets.length).toBeGreaterThan(10);
    const queries = [
      '',
      '?scenario=sync-waits',
      '?open=0&ms=300',
      '?open=x',
      '?open=&ms=',
      '?guess=1',
    ];
    for (const query of queries) {
      for (const path of [`${page}${query}`, `${page}/__data.json${query}`]) {
        const response = await visit().get(path);
        expect(response.status).toBe(200);
        const text = await response.text();
        expect(
          secrets.filter((secret) => stands(secret, text)),
          path,
        ).toEqual([]);
      }
      expect((await dataOf(query)).performance).toMatchObject({ measured: null, guess: null });
    }
    const { performance, problem, canRun } = await dataOf('');
    expect(performance.scenarios.map(({ id }) => id)).toEqual(['async-waits', 'sync-waits']);
    expect({ chosen: performance.chosen, problem, canRun }).toEqual({
      ...{ chosen: 'async-waits', problem: null, canRun: true },
    });
    expect(performance.hallmark.ran).toContain('2 scenarios run');
  });

  test('has a run of the scenario and one of the other beside the guess', async () => {
    const { performance } = await dataOf('?scenario=sync-waits&open=2&ms=900');
    expect(performance.guess).toEqual({ open: 2, ms: 900 });
    const { chosen, against, claims, machine, rounds } = performance.measured!;
    expect([chosen.scenario, against.scenario]).toEqual(['sync-waits', 'async-waits']);
    expect(chosen.result).toMatchObject({
      outcome: 'finished',
      upstream: { count: 4, maxOpen: 1 },
    });
    expect(against.result.client.answered).toBe(4);
    expect(chosen.measured['wall-ms']!.median).toBeGreaterThan(0);
    // The first claim is about the other scenario alone.
    expect(claims.map(({ holds }) => holds)).toEqual([
      'sync-waits.upstream-open == 1',
      'async-waits.wall-ms <= 0.8 * sync-waits.wall-ms',
    ]);
    expect(claims[1]).toMatchObject({ verdict: 'holds', measure: { unit: 'ms' } });
    expect(machine.cores).toBeGreaterThan(0);
    expect(rounds).toBeGreaterThanOrEqual(3);
  });

  test('takes a guess of one number, and is told that none is wanted', async () => {
    const half = await dataOf('?scenario=async-waits&open=4');
    expect(half.performance).toMatchObject({ guess: { open: 4, ms: null }, measured: {} });
    const none = await dataOf('?guess=none');
    expect(none.performance).toMatchObject({ guess: null, measured: {} });
  });

  test('says what is wrong with a number that is out of bounds', async () => {
    const { problem } = await dataOf('?open=201&ms=2500');
    expect(problem).toContain('from 1 to 200');
    expect(await textOf(visit(), `${page}?open=201&ms=2500`)).toContain('from 1 to 200');
  });

  test('shows the first scenario where the address names none that is there', async () => {
    expect((await dataOf('?scenario=x&guess=none')).performance.chosen).toBe('async-waits');
    expect((await dataOf('?scenario=__proto__')).performance.chosen).toBe('async-waits');
  });

  test('is done when its reader says so, and leads back to what they saw', async () => {
    const visitor = visit();
    expect(await textOf(visitor, lesson)).not.toMatch(/Performance .{0,160}done/);
    const own = await visitor.post(`${page}?/done&scenario=sync-waits&open=2`, {});
    expect(own.status).toBe(303);
    expect(own.headers.get('location')).toBe(`${page}?scenario=sync-waits&open=2#done`);
    expect(await textOf(visitor, lesson)).toMatch(/Performance .{0,160}done/);
    const other = visit();
    await other.get('/');
    const shared = await other.post(`${lesson}?/done`, { mode: 'performance' });
    expect(shared.headers.get('location')).toBe(`${page}#done`);
    expect(await textOf(other, lesson)).toMatch(/Performance .{0,160}done/);
  });

  test('is not there in a lesson that has none', async () => {
    expect((await visit().get('/learn/a/b/c/performance')).status).toBe(404);
    expect((await visit().post('/learn/a/b/c/performance?/done', {})).status).toBe(404);
  });
});

describe('a kept run', () => {
  test('is sent by its name, as the page shows it and as it is described', async () => {
    const response = await fetch(`${served.site.url}/api/lab-runs/${measured.chosen.run}`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const result = (await response.json()) as LabResult;
    expect(result).toEqual(measured.chosen.result);
    (await new RunCaller(served.site.url).schema('LabResult')).parse(result);
  });

  test.each(['0'.repeat(32), '..%2F..%2Fproofs', 'x'])(
    'of no such name is a problem: %s',
    async (id) => {
      const response = await fetch(`${served.site.url}/api/lab-runs/${id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ type: '/api/openapi.json#no-lab-run' });
      expect(response.headers.get('cache-control')).not.toContain('immutable');
    },
  );
});

test('the lab is told of by health and doctor', async () => {
  const health: unknown = await (await fetch(`${served.site.url}/health`)).json();
  const caller = new RunCaller(served.site.url);
  expect((await caller.schema('Health')).parse(health)).toMatchObject({
    lab: { available: true, reason: '' },
  });
  const { stdout } = await runAssay(['doctor', '--json'], served.dataDir);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string }[] };
  expect(checks.find(({ name }) => name === 'lab')).toMatchObject({
    ...{ state: 'ok', found: expect.stringMatching(/^(\d+) of \1 canaries held$/) as string },
  });
});

test('where nothing can be run any more, what was measured is shown; elsewhere the mode is not offered', async () => {
  const off = { ASSAY_EXECUTION: 'off', ASSAY_CONTENT: content };
  const startOn = async (dataDir: string) => {
    await served.site.stop();
    served.site = await startSite(dataDir, off);
  };
  try {
    await startOn(served.dataDir);
    const { performance, canRun } = await dataOf('?guess=none');
    expect(performance.measured).toEqual(measured);
    expect(canRun).toBe(false);
    expect(await textOf(visit(), lesson)).toContain('Performance');
    const { url } = served.site;
    const run = { lesson: labLesson, scenario: 'async-waits' };
    const refused = await new RunCaller(url, undefined, '/api/lab-runs').run(run);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.body['detail']).toContain('switched off');
    const health: unknown = await (await fetch(`${url}/health`)).json();
    expect(health).toMatchObject({ lab: { available: false } });

    await startOn(`${served.dataDir}/elsewhere`);
    expect((await visit().get(page)).status).toBe(404);
    expect(await textOf(visit(), page)).toContain('Nothing has been put under load on this site');
    expect(await textOf(visit(), lesson)).not.toContain('Performance');
  } finally {
    await served.restart();
  }
});
