/** How often a learner, and an address, may send something, asked of a site that allows a twentieth of what is usual. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { startNginx, type Nginx } from '../proxy/nginx.ts';
import {
  makeDataDir,
  removeDataDir,
  startSite,
  tryPath,
  Visitor,
  type Site,
} from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';
import { servedSite } from './served-site.ts';

const few = { ASSAY_RATE_LIMIT_FACTOR: '0.05' };
/** A twentieth of the bursts that the keeper of rates allows. */
const allowed = { writes: 3, runsOfAddress: 10, newLearners: 10 };

const served = servedSite(few);
let nginx: Nginx | null = null;

/** A site of its own, which counts from nothing; what it would run does not matter. */
async function startAnother(env: Record<string, string> = {}): Promise<string> {
  const dataDir = await makeDataDir();
  const other: Site = await startSite(dataDir, { ...few, ASSAY_EXECUTION: 'off', ...env });
  onTestFinished(async () => {
    await nginx?.stop();
    nginx = null;
    await other.stop();
    await removeDataDir(dataDir);
  });
  return other.url;
}

const { uid, right } = await findBlanksExercise();
const answer = () => ({
  ...{ exercise: uid, round: '1', key: crypto.randomUUID(), 'blank-1': right },
  ...{ note: 'what was "typed" <here>' },
});

/** Asks for a run of nothing, whose body is wrong: it is counted, and costs nothing. */
const askForRun = (base: string, headers: Record<string, string> = {}) =>
  fetch(`${base}/api/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });

/** The statuses of so many requests, one after another. */
async function statusesOf(count: number, ask: (n: number) => Promise<Response>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await ask(n)).status);
  return statuses;
}

describe('a learner who sends forms too fast', () => {
  test('is shown when to try again, with all that was typed, and others are not held up', async () => {
    const fast = new Visitor(served.site.url);
    await fast.get(tryPath);
    const send = () => fast.post(`${tryPath}?/answer`, answer());
    expect(await statusesOf(allowed.writes, send)).not.toContain(429);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await refused.text();
    expect(page).toMatch(/again in \d+ seconds/);
    expect(page).toContain(`action="${tryPath}?/answer"`);
    expect(page).toContain('name="blank-1"');
    expect(page).toContain('value="what was &quot;typed&quot; &lt;here>"');
    const slow = new Visitor(served.site.url);
    await slow.get(tryPath);
    expect((await slow.post(`${tryPath}?/answer`, answer())).status).toBe(303);
    // Looking is not limited.
    expect((await fast.get(tryPath)).status).toBe(200);
  });

  test('is told so through the script of the page, as the failure of the form', async () => {
    const visitor = new Visitor(served.site.url);
    await visitor.get(tryPath);
    const send = () =>
      fetch(`${served.site.url}${tryPath}?/answer`, {
        method: 'POST',
        headers: {
          ...{ accept: 'application/json', 'x-sveltekit-action': 'true' },
          ...{ origin: served.site.url, cookie: visitor.cookie },
        },
        body: new URLSearchParams(answer()),
      });
    await statusesOf(allowed.writes, send);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ type: 'failure', status: 429 });
  });

  test('sees nothing of what was kept on an address that others could be led to', async () => {
    const visitor = new Visitor(served.site.url);
    const path = '/try-later?seconds=1&to=//elsewhere.example&method=POST';
    expect((await visitor.get(path)).status).toBe(404);
    const posted = await visitor.post(path, { note: 'mine' });
    expect(posted.status).toBe(404);
    expect(await posted.text()).not.toContain('elsewhere');
  });
});

test('made-up cookies of one address get no further than that address may', async () => {
  const url = await startAnother();
  const statuses = await statusesOf(allowed.newLearners + 3, () =>
    askForRun(url, { cookie: `assay_learner=${madeUp()}` }),
  );
  expect(statuses.slice(0, allowed.newLearners)).not.toContain(429);
  expect(statuses.slice(allowed.newLearners)).toEqual([429, 429, 429]);
});

const madeUp = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

describe('the address of a request', () => {
  const spoofed = (n: number) => ({
    ...{ 'x-forwarded-for': `198.51.100.${n}`, 'x-real-ip': `198.51.100.${n}` },
    ...{ 'cf-connecting-ip': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}` },
  });

  test('is not what a visitor says, where no header is named', async () => {
    const url = await startAnother();
    const statuses = await statusesOf(allowed.runsOfAddress + 1, (n) => askForRun(url, spoofed(n)));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  test('is not what a visitor says to the proxy whose header is named', async () => {
    const site = await startAnother({ ADDRESS_HEADER: 'x-forwarded-for' });
    nginx = await startNginx(
      Number(new URL(site).port),
      'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    );
    const { url } = nginx;
    const statuses = await statusesOf(allowed.runsOfAddress + 1, (n) => askForRun(url, spoofed(n)));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });

  test('is what the proxy says, and one is not held up by another', async () => {
    const url = await startAnother({ ADDRESS_HEADER: 'x-real-ip' });
    const statuses = await statusesOf(3 * allowed.runsOfAddress, (n) =>
      askForRun(url, { 'x-real-ip': `198.51.100.${n % 3}` }),
    );
    expect(statuses).not.toContain(429);
    expect((await askForRun(url, { 'x-real-ip': '198.51.100.1' })).status).toBe(429);
    // Past the proxy: no header, and no error of the site's either.
    expect((await askForRun(url)).status).toBe(400);
  });
});
