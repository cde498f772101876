/**
 * What pages of other sites may have a browser send, what browsers are told of every answer, and cookies. Routes are
 * found in the sources, so that one that comes later is held to the same.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import {
  makeDataDir,
  removeDataDir,
  root,
  startSite,
  tryPath,
  Visitor,
  type Site,
} from './built-site.ts';
import { servedSite } from './served-site.ts';

const served = servedSite({ ASSAY_EXECUTION: 'off' });
const foreign = 'https://elsewhere.example';

const parameters: Record<string, string> = {
  ...{ track: 'django', unit: 'async', lesson: 'when-async-helps', 'mode=reading': 'learn' },
  ...{ step: 'let-the-loop-go', part: '0', '...path': 'views.py' },
};

const routes = join(root, 'src/routes');
const sources = (await readdir(routes, { recursive: true })).filter((path) =>
  /(^|\/)\+(page\.)?server\.ts$/.test(path),
);

/** Addresses at which something can be sent. */
async function takers(): Promise<{ path: string; action: string | null }[]> {
  const found = await Promise.all(
    sources.map(async (source) => {
      const text = await readFile(join(routes, source), 'utf8');
      // A folder in brackets puts pages together, and is not in their address.
      const path = `/${source.replace(/\/?\+[^/]+$/, '')}`
        .replaceAll(/\/\([^)]+\)/g, '')
        .replaceAll(/\[([^\]]+)\]/g, (_, name: string) => parameters[name] ?? 'x');
      const methods = /export const (POST|PUT|PATCH|DELETE)\b/.test(text);
      const actions = /export const actions\b/.test(text);
      return methods || actions ? [{ path, action: actions ? '?/answer' : null }] : [];
    }),
  );
  return found.flat();
}
const all = await takers();

const send = (path: string, headers: Record<string, string>, body = 'a=b') =>
  fetch(`${served.site.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' });

/** What a page can have a browser send to another site without asking it first (Fetch, section 2.2.2). */
const simpleTypes = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
];

it('knows of the forms and of the API', () => {
  expect(all.map(({ path }) => path)).toEqual(
    expect.arrayContaining([tryPath, '/api/runs', '/api/lab-runs']),
  );
});

describe.each(all)('$path', ({ path, action }) => {
  it.each(simpleTypes)('refuses what another site sends as %s', async (type) => {
    for (const origin of [foreign, 'null', served.site.url.replace('http:', 'https:')]) {
      const { status } = await send(`${path}${action ?? ''}`, { origin, 'content-type': type });
      expect(status).toBe(403);
    }
    // Browsers always say where a form comes from.
    expect((await send(path, { 'content-type': type })).status).toBe(403);
  });

  it('refuses JSON of another site, and forms in JSON of any', async () => {
    const json = { 'content-type': 'application/json' };
    const { status } = await send(`${path}${action ?? ''}`, { origin: foreign, ...json }, '{}');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    if (action === null) expect(status).toBe(403);
    const own = await send(`${path}${action ?? ''}`, { origin: served.site.url, ...json }, '{}');
    if (action !== null) expect([404, 415]).toContain(own.status);
  });

  it('lets no other site read an answer', async () => {
    const response = await send(
      path,
      { origin: foreign, 'content-type': 'application/json' },
      '{}',
    );
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const asked = await fetch(`${served.site.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin: foreign, 'access-control-request-method': 'POST' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('a form that was cut off is refused as such, and is no error of the site', async () => {
  const own = { origin: served.site.url, accept: 'text/html' };
  for (const [type, body] of [
    ['multipart/form-data', 'nothing that is one'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
  ] as const) {
    const { status } = await send(`${tryPath}?/answer`, { ...own, 'content-type': type }, body);
    expect(status).toBe(400);
  }
});

describe('what browsers are told', () => {
  const asked: [string, () => Promise<Response>, number][] = [
    ['a page', () => get('/'), 200],
    ['a page that is not there', () => get('/nowhere'), 404],
    ['a form of another site', () => send(`${tryPath}?/answer`, { origin: foreign }), 403],
    ['what is too large', () => sendLarge(), 413],
    ['the API', () => get('/api/openapi.json'), 200],
    ['a problem of the API', () => send('/api/runs', { 'content-type': 'application/json' }), 400],
    ['the state of the site', () => get('/health'), 200],
    ['a file of the site', () => get('/favicon.svg'), 200],
    ['a built file', async () => get(await builtFile()), 200],
    ['a built file that is not there', () => get('/_app/immutable/nothing.js'), 404],
    ['an address that cannot be', () => get('/%E0%A4%A'), 400],
  ];

  const get = (path: string) => fetch(`${served.site.url}${path}`, { redirect: 'manual' });
  const sendLarge = () =>
    send(
      '/api/runs',
      { 'content-type': 'application/json' },
      JSON.stringify({ program: 'x'.repeat(300_000) }),
    );
  async function builtFile(): Promise<string> {
    const page = await (await get('/')).text();
    return /\/_app\/immutable\/[^"]+\.js/.exec(page)?.[0] ?? '';
  }

  it.each(asked)('of %s is that it is what it says, and for this site', async (_, ask, status) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.get('x-powered-by')).toBeNull();
  });

  it('of a method that no request can have is that it is not taken', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(`${served.site.url}/`.replace('localhost', '127.0.0.1'), { method: 'TRACE' })
        .once('response', (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(405);
  });
});

describe('the cookie of a learner', () => {
  let secure: Site;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await makeDataDir();
    secure = await startSite(dataDir, { ASSAY_EXECUTION: 'off', ORIGIN: 'https://assay.example' });
  });
  afterAll(async () => {
    await secure.stop();
    await removeDataDir(dataDir);
  });

  const cookieOf = async ({ url }: Site) => {
    const response = await fetch(`${url}/`);
    return { response, cookie: response.headers.getSetCookie().join('\n') };
  };

  it('is out of reach of scripts, and of what other sites send', async () => {
    const { cookie } = await cookieOf(served.site);
    expect(cookie).toMatch(/^assay_learner=[\w-]{43};/);
    for (const flag of [/; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i]) {
      expect(cookie).toMatch(flag);
    }
    expect(cookie).not.toMatch(/; Secure/i);
  });

  it('goes over https alone where the site is reached so, and the browser is told to keep to that', async () => {
    const { response, cookie } = await cookieOf(secure);
    expect(cookie).toMatch(/; Secure/i);
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  });

  it('is given to no machine', async () => {
    for (const path of ['/health', '/api/openapi.json']) {
      expect((await fetch(`${served.site.url}${path}`)).headers.getSetCookie()).toEqual([]);
    }
    const visitor = new Visitor(served.site.url);
    await visitor.get('/');
    expect(visitor.cookie).not.toBe('');
  });
});
