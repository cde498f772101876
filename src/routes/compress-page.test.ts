import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressPage, takesGzip } from './compress-page.ts';

const text = '<p>Over and over. </p>'.repeat(500);

function page(headers: Record<string, string> = {}, body: string | null = text): Response {
  const length = { 'content-length': String(body?.length ?? 0) };
  return new Response(body, { headers: { 'content-type': 'text/html', ...length, ...headers } });
}

function asked(accepted?: string, method = 'GET'): Request {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  return new Request('http://localhost/', { method, headers });
}

test('a page goes out compressed, and is the same when it is opened', async () => {
  const response = compressPage(asked('gzip, deflate, br'), page({ etag: '"a"' }));
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('content-length')).toBeNull();
  expect(response.headers.get('vary')).toBe('accept-encoding');
  expect(response.headers.get('etag')).toBe('W/"a"');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBeLessThan(text.length / 10);
  expect(gunzipSync(bytes).toString()).toBe(text);
});

test('every cookie is still set', () => {
  const plain = page();
  plain.headers.append('set-cookie', 'a=1');
  plain.headers.append('set-cookie', 'b=2');
  const response = compressPage(asked('gzip'), plain);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('who does not take it gets it as it is', async () => {
  const response = compressPage(asked(), page());
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('vary')).toBe('accept-encoding');
  expect(await response.text()).toBe(text);
});

test.each([
  ['what is compressed already', page({ 'content-encoding': 'br' }), 'GET'],
  ['events', page({ 'content-type': 'text/event-stream' }), 'GET'],
  ['what is small', page({}, 'small'), 'GET'],
  ['what has no body', page({}, null), 'GET'],
  ['an answer to HEAD', page(), 'HEAD'],
])('%s is left alone', (_, response, method) => {
  expect(compressPage(asked('gzip', method), response)).toBe(response);
});

test.each([
  ['gzip', true],
  ['br, GZIP;q=0.5', true],
  ['*', true],
  ['gzip;q=0', false],
  ['gzip;q=0, *', false],
  ['br', false],
  ['', false],
  [null, false],
])('of "%s" gzip is taken: %s', (accepted, taken) => {
  expect(takesGzip(accepted)).toBe(taken);
});
