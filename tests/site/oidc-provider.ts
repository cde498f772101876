/** A small OpenID provider: it asks nobody anything, and says of whoever comes what it is told to. */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What it says of who is signed in there. */
export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean | undefined;
  name?: string;
  picture?: string;
}

/** What goes wrong: at the consent, with the token, or with the whole of it. */
export type Fault =
  | 'access denied'
  | 'unknown client'
  | 'signed by another'
  | 'another nonce'
  | 'another client'
  | 'another issuer'
  | 'no user info'
  | 'hangs up'
  | 'silent';

export interface OidcProvider {
  readonly issuer: string;
  readonly client: { id: string; secret: string };
  person: Person;
  fault: Fault | null;
  /** Whether the id token says who it is, or only the user info does. */
  isTokenPlain: boolean;
  /** All codes and tokens that were handed out. */
  readonly handedOut: string[];
  stop(): Promise<void>;
}

interface Grant {
  person: Person;
  redirectUri: string;
  nonce: string | null;
  challenge: string | null;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const random = () => randomBytes(24).toString('base64url');
const coded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function startOidcProvider(): Promise<OidcProvider> {
  const [own, foreign] = [newKey(), newKey()];
  const grants = new Map<string, Grant>();
  const people = new Map<string, Person>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      send(response, 500, { error: String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = {
    issuer,
    client: { id: 'assay-at-the-provider', secret: `secret-${random()}` },
    person: { sub: 'nobody' },
    fault: null,
    isTokenPlain: true,
    handedOut: [],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const handOut = (value: string) => {
    provider.handedOut.push(value);
    return value;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (provider.fault === 'silent') return;
    if (provider.fault === 'hangs up') return void request.destroy();
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return send(response, 200, configuration(issuer));
      case '/jwks':
        return send(response, 200, { keys: [publicJwk(own.publicKey)] });
      case '/authorize':
        return authorize(url.searchParams, response);
      case '/token':
        return exchange(request, new URLSearchParams(await text(request)), response);
      case '/userinfo':
        return tellUser(request, response);
      default:
        return send(response, 404, {});
    }
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri') ?? '';
    const isKnown = asked.get('client_id') === provider.client.id;
    if (!isKnown || asked.get('response_type') !== 'code') return send(response, 400, {});
    const back = new URL(redirectUri);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (provider.fault === 'access denied') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'They said no');
    } else {
      if (asked.get('code_challenge_method') !== 'S256') return send(response, 400, {});
      const code = handOut(random());
      grants.set(code, {
        ...{ person: provider.person, redirectUri },
        nonce: asked.get('nonce'),
        challenge: asked.get('code_challenge'),
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  function exchange(request: IncomingMessage, form: URLSearchParams, response: ServerResponse) {
    if (!isOurClient(request, form)) return send(response, 401, { error: 'invalid_client' });
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    // A code is good for one try, right or wrong.
    grants.delete(code);
    const verified = createHash('sha256').update(form.get('code_verifier') ?? '');
    const isGood =
      grant !== undefined &&
      form.get('grant_type') === 'authorization_code' &&
      grant.redirectUri === form.get('redirect_uri') &&
      grant.challenge === verified.digest('base64url');
    if (!isGood) return send(response, 400, { error: 'invalid_grant' });
    const accessToken = handOut(random());
    people.set(accessToken, grant.person);
    return send(response, 200, {
      access_token: accessToken,
      refresh_token: handOut(random()),
      id_token: handOut(idToken(grant)),
      ...{ token_type: 'Bearer', expires_in: 3600, scope: 'openid email profile' },
    });
  }

  function isOurClient(request: IncomingMessage, form: URLSearchParams): boolean {
    if (provider.fault === 'unknown client') return false;
    const { id, secret } = provider.client;
    const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    if (request.headers.authorization !== undefined) return request.headers.authorization === basic;
    return form.get('client_id') === id && form.get('client_secret') === secret;
  }

  function idToken({ person, nonce }: Grant): string {
    const { fault } = provider;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: fault === 'another issuer' ? 'http://127.0.0.1:1' : issuer,
      aud: fault === 'another client' ? 'somebody-else' : provider.client.id,
      nonce: fault === 'another nonce' ? random() : nonce,
      ...{ iat: now, exp: now + 600 },
      ...(provider.isTokenPlain ? person : { sub: person.sub }),
    };
    const signed = `${coded({ alg: 'RS256', kid: 'own' })}.${coded(claims)}`;
    const key = fault === 'signed by another' ? foreign.privateKey : own.privateKey;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }

  function tellUser(request: IncomingMessage, response: ServerResponse): void {
    if (provider.fault === 'no user info') return void request.destroy();
    const person = people.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    send(response, person ? 200 : 401, person ?? {});
  }

  return provider;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function publicJwk(key: KeyObject) {
  return { ...key.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' };
}

function configuration(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}
