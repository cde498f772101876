import { describe, expect, it } from 'vitest';
import { HOST_HEADER, PROTOCOL_HEADER, publicOrigin, setTrustedHeaders } from './public-origin.ts';

const none = { origin: null, protocolHeader: null, hostHeader: null };
const behindProxy = {
  origin: null,
  protocolHeader: 'x-forwarded-proto',
  hostHeader: 'x-forwarded-host',
};

describe('publicOrigin', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'assay.example'])(
    'is plain http at %s without any setting',
    (host) => {
      expect(publicOrigin(none, { host })).toEqual({ ok: true, protocol: 'http', host });
    },
  );

  it('is ORIGIN, whatever the request says', () => {
    const settings = { ...behindProxy, origin: 'https://assay.example' };
    const headers = { host: '127.0.0.1:3000', 'x-forwarded-host': 'evil.example' };
    expect(publicOrigin(settings, headers)).toEqual({
      ok: true,
      protocol: 'https',
      host: 'assay.example',
    });
  });

  it('believes a proxy only where its headers were named', () => {
    const headers = {
      host: 'inner:3000',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'assay.example',
    };
    expect(publicOrigin(behindProxy, headers)).toMatchObject({
      protocol: 'https',
      host: 'assay.example',
    });
    expect(publicOrigin(none, headers)).toMatchObject({ protocol: 'http', host: 'inner:3000' });
  });

  it.each([
    ['no host', {}],
    ['an empty host', { host: '' }],
    ['a host with a path', { host: 'localhost/learn' }],
    ['a host with a user', { host: 'ada@localhost' }],
    ['two hosts', { host: 'localhost, evil.example' }],
    ['a port that is none', { host: 'localhost:http' }],
  ])('is refused for %s', (_, headers) => {
    expect(publicOrigin(none, headers)).toEqual({ ok: false });
  });

  it('is refused for a protocol that is neither http nor https', () => {
    const headers = { host: 'a', 'x-forwarded-proto': 'javascript' };
    expect(publicOrigin(behindProxy, headers)).toEqual({ ok: false });
  });
});

describe('setTrustedHeaders', () => {
  it("drops a visitor's own headers of that name", () => {
    const headers = {
      host: 'localhost:3000',
      [PROTOCOL_HEADER]: 'https',
      [HOST_HEADER]: 'evil.example',
    };
    expect(setTrustedHeaders(none, headers)).toBe(true);
    expect(headers[PROTOCOL_HEADER]).toBe('http');
    expect(headers[HOST_HEADER]).toBe('localhost:3000');
  });

  it('drops them also from a request that is refused', () => {
    const headers = { host: 'a b', [PROTOCOL_HEADER]: 'https', [HOST_HEADER]: 'evil.example' };
    expect(setTrustedHeaders(none, headers)).toBe(false);
    expect(headers).toEqual({ host: 'a b' });
  });
});
