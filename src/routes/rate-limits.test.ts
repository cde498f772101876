import { describe, expect, it } from 'vitest';
import { RateKeeper, rates } from '#lib/server/auth/rate-keeper.ts';
import { answerTooOften, countRequest, kindOf } from './rate-limits.server.ts';

const lesson = '/learn/[track]/[unit]/[lesson]';

describe('the kind of a request', () => {
  it.each([
    ['GET', `${lesson}/try`, '', null],
    ['HEAD', `${lesson}/try`, '', null],
    ['POST', null, '', null],
    ['POST', `${lesson}/try`, '?/answer', 'write'],
    ['POST', `${lesson}/try`, '?/report', 'report'],
    ['DELETE', '/me', '', 'write'],
    ['POST', '/api/runs', '', 'run'],
    ['POST', '/api/lab-runs', '', 'lab run'],
    ['GET', '/api/lab-runs/[id]', '', null],
    ['GET', '/me/export', '', 'export'],
    ['POST', '/account/sign-in', '', 'sign-in'],
    ['GET', '/account/sign-in', '', null],
    ['GET', '/(account)/sign-in/with/[provider]', '', 'sign-in'],
  ])('%s %s%s is %s', (method, route, search, kind) => {
    expect(kindOf(method, route, new URLSearchParams(search))).toBe(kind);
  });
});

/** A request that came from an address. */
function requestTo(
  route: string,
  { keeper, address = '192.0.2.1', search = '' }: Asked & { keeper: RateKeeper },
) {
  const url = new URL(`http://localhost${route}${search}`);
  return {
    request: new Request(url, { method: 'POST' }),
    ...{ url, route: { id: route }, isSubRequest: false },
    locals: { app: { rates: keeper } } as App.Locals,
    getClientAddress: () => address ?? raise(),
  };
}

interface Asked {
  /** Null: nobody can tell it. */
  address?: string | null;
  search?: string;
}

function raise(): never {
  throw new Error('Address header was specified but is absent from request');
}

const fresh = () => new RateKeeper({ factor: 1, now: () => 0 });
const learnersOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`);

describe('counting requests', () => {
  it('takes made-up cookies of one address for new learners, of whom there may be only so many', () => {
    const keeper = fresh();
    const { burst } = rates['new learner by address'];
    const passed = learnersOf('made up', burst + 50).filter(
      (learner) => countRequest(requestTo('/api/runs', { keeper }), learner) === null,
    );
    // So many runs an address may ask for anyway.
    expect(passed).toHaveLength(Math.min(burst, rates['run by address'].burst));
    const writes = learnersOf('another', 10).map((learner) =>
      countRequest(requestTo('/me', { keeper }), learner),
    );
    expect(writes).not.toContain(null);
    // Who was there before may go on, and so may another address.
    expect(countRequest(requestTo('/me', { keeper }), 'made up 0')).toBeNull();
    expect(countRequest(requestTo('/me', { keeper, address: '192.0.2.2' }), 'x')).toBeNull();
  });

  it('takes all addresses that begin like one of IPv6 for one', () => {
    const keeper = fresh();
    const { burst } = rates['report by address'];
    const ask = (n: number) => {
      const address = `2001:db8:1:2::${n.toString(16)}`;
      return countRequest(requestTo('/me', { keeper, address, search: '?/report' }), `l ${n}`);
    };
    const waits = Array.from({ length: burst + 1 }, (_, n) => ask(n));
    expect(waits.slice(0, burst).every((wait) => wait === null)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(0);
  });

  it('counts what came past the proxy as from one address', () => {
    const keeper = fresh();
    const event = requestTo('/sign-in', { keeper, address: null });
    for (let n = 0; n < rates['sign-in by address'].burst; n += 1) countRequest(event, null);
    expect(countRequest(event, null)).toBeGreaterThan(0);
  });

  it("counts nothing that a page of the site's asks of the site itself", () => {
    const keeper = fresh();
    const event = { ...requestTo('/sign-in', { keeper }), isSubRequest: true };
    for (let n = 0; n < 500; n += 1) expect(countRequest(event, null)).toBeNull();
  });
});

describe('the answer to what came too often', () => {
  it('is a problem for who asks the API', async () => {
    const url = new URL('http://localhost/api/runs');
    const request = new Request(url, { method: 'POST' });
    const response = await answerTooOften({ request, url, fetch }, 7);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 429, title: 'You ask too often' });
  });
});
