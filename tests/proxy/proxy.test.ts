import { afterEach, describe, expect, it } from 'vitest';
import { findRoot, loadConfig, type Config } from '#config';
import { startSite, type Handler, type RunningSite } from '../../src/cli/serve.ts';
import { startNginx, type Nginx } from './nginx.ts';

const PUBLIC = 'https://assay.example';

/** Stands for the built site: it compares as SvelteKit does, a form's Origin with the request's address. */
const formHandler: Handler = (request, response) => {
  const { 'x-assay-protocol': protocol, 'x-assay-host': host } = request.headers;
  const own = new URL(`${protocol}://${host}`).origin;
  const isRefused = request.method === 'POST' && request.headers.origin !== own;
  response.statusCode = isRefused ? 403 : 200;
  response.end(own);
};

let site: RunningSite | undefined;
let nginx: Nginx | undefined;

afterEach(async () => {
  await nginx?.stop();
  await site?.close(0);
  nginx = undefined;
  site = undefined;
});

function settings(env: Record<string, string>): Config {
  const loaded = loadConfig({ PORT: '0', ...env }, findRoot());
  if (!loaded.ok) throw new Error('these settings are refused');
  return loaded.config;
}

/** Puts the site behind nginx and posts a form as a browser at `origin` does. */
async function postThroughNginx(
  env: Record<string, string>,
  directives: string,
  { origin = PUBLIC, headers = {} }: { origin?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; own: string }> {
  site = await startSite(settings(env), formHandler);
  nginx = await startNginx(site.port, directives);
  const response = await fetch(nginx.url, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'answer=aget',
  });
  return { status: response.status, own: await response.text() };
}

// What a proxy that ends TLS says of the visitor's request.
const forwarded = `proxy_set_header X-Forwarded-Proto https;
      proxy_set_header X-Forwarded-Host assay.example;`;
const named = { PROTOCOL_HEADER: 'x-forwarded-proto', HOST_HEADER: 'x-forwarded-host' };

describe('a form behind nginx', () => {
  it('gets through when ORIGIN is the public address', async () => {
    expect(await postThroughNginx({ ORIGIN: PUBLIC }, '')).toEqual({ status: 200, own: PUBLIC });
  });

  it("gets through when the proxy's headers are named", async () => {
    expect(await postThroughNginx(named, forwarded)).toEqual({ status: 200, own: PUBLIC });
  });

  it("is refused when neither ORIGIN nor the proxy's headers are set", async () => {
    expect((await postThroughNginx({}, forwarded)).status).toBe(403);
  });

  it('is refused when it comes from another site', async () => {
    const evil = { origin: 'https://evil.example' };
    expect((await postThroughNginx({ ORIGIN: PUBLIC }, '', evil)).status).toBe(403);
  });

  it.each([
    ['are overwritten by the proxy', named, forwarded],
    ['are not named in the settings', {}, ''],
  ])(
    "is refused when the visitor sends a proxy's headers, and they %s",
    async (_, env, directives) => {
      const headers = {
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        'x-assay-protocol': 'https',
        'x-assay-host': 'evil.example',
      };
      const evil = { origin: 'https://evil.example', headers };
      expect((await postThroughNginx(env, directives, evil)).status).toBe(403);
    },
  );
});

describe('a form without a proxy', () => {
  it.each(['localhost', '127.0.0.1'])('gets through at http://%s', async (host) => {
    site = await startSite(settings({}), formHandler);
    const url = `http://${host}:${site.port}`;
    const response = await fetch(url, { method: 'POST', headers: { origin: url }, body: 'a=b' });
    expect(response.status).toBe(200);
  });
});
