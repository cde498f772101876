/** What a request counts as, where how often it comes is limited; and what it is answered with when it came too often. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Counted } from '#lib/server/app.ts';
import { addressOf } from './api/caller.server.ts';
import { problemResponse } from './api/problem.server.ts';

type Kind = 'write' | 'run' | 'lab run' | 'report' | 'export' | 'sign-in';

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Reached by a link, since no form of ours may end elsewhere; what is to be known on the way back is written down. */
const toProvider = '/(account)/sign-in/with/[provider]';
const ofAccounts = /\/(sign-in|sign-up|reset|forgot|password|passkey|auth)\b/;

/** @param route - Its id; null: it leads nowhere. @returns Null: it may come as often as it likes. */
export function kindOf(method: string, route: string | null, search: URLSearchParams): Kind | null {
  if (route === null) return null;
  if (/\/export\b/.test(route) || search.has('/export')) return 'export';
  if (route === toProvider) return 'sign-in';
  if (readingMethods.has(method)) return null;
  if (route === '/api/runs') return 'run';
  if (route === '/api/lab-runs') return 'lab run';
  if (ofAccounts.test(route)) return 'sign-in';
  return search.has('/report') ? 'report' : 'write';
}

type Limited = Pick<RequestEvent, 'request' | 'url' | 'locals' | 'getClientAddress'> & {
  route: { id: string | null };
  isSubRequest: boolean;
};

/**
 * Counts a request.
 * @param learnerId - Null: it brought no cookie of a learner.
 * @returns Null: it may pass. Else after how many seconds to come again.
 */
export function countRequest(event: Limited, learnerId: string | null): number | null {
  const kind = kindOf(event.request.method, event.route.id, event.url.searchParams);
  if (kind === null || event.isSubRequest) return null;
  const { rates } = event.locals.app;
  const address = addressOf(event);
  const counted: Counted[] = [{ rate: `${kind} by address`, who: address }];
  if (kind === 'sign-in') return rates.take(counted);
  const isNew = learnerId === null || !rates.knows(learnerId);
  // Without a cookie, the API takes the address for the caller: no learner comes into being.
  const makesLearner = isNew && (learnerId !== null || kind === 'write' || kind === 'report');
  if (learnerId !== null) counted.push({ rate: `${kind} by learner`, who: learnerId });
  if (makesLearner) counted.push({ rate: 'new learner by address', who: address });
  const wait = rates.take(counted);
  if (wait === null && learnerId !== null) rates.remember(learnerId);
  return wait;
}

const inTime = (seconds: number) => `in ${seconds === 1 ? 'a second' : `${seconds} seconds`}`;

/** For a form whose page is still there. */
const sentence = (seconds: number) =>
  `That was too much in too short a time, from you or from where you are, so it was not taken. What you have here is kept: try again ${inTime(seconds)}.`;

/**
 * Says when to come again, in the way that whoever asked reads: the API's problem, what a page's script takes for the
 * failure of its form, or a page that has kept what was typed.
 */
export async function answerTooOften(
  event: Pick<RequestEvent, 'request' | 'url' | 'fetch'>,
  seconds: number,
): Promise<Response> {
  const response = await answerFor(event, seconds);
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(seconds));
  headers.set('cache-control', 'no-store');
  return new Response(response.body, { status: 429, headers });
}

async function answerFor(
  { request, url, fetch }: Pick<RequestEvent, 'request' | 'url' | 'fetch'>,
  seconds: number,
): Promise<Response> {
  if (url.pathname.startsWith('/api/')) {
    const detail = `Nothing was run: there were too many requests. Ask again ${inTime(seconds)}.`;
    return problemResponse({ type: 'too-often', detail, retryAfterSeconds: seconds });
  }
  if (request.headers.get('x-sveltekit-action') === 'true') {
    return Response.json(failureOfAction({ problem: sentence(seconds) }));
  }
  const to = `${url.pathname}${url.search}`;
  const asked = new URLSearchParams({ seconds: String(seconds), to, method: request.method });
  // A route of our own, within this process: it has the site's head and style.
  return fetch(`/try-later?${asked.toString()}`, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: await typedIn(request),
  });
}

/** As SvelteKit sends what an action gives back with `fail`; its data is in the form of devalue. */
function failureOfAction(data: Record<string, string>) {
  const names = Object.keys(data);
  const places = Object.fromEntries(names.map((name, index) => [name, index + 1]));
  const flat = JSON.stringify([places, ...Object.values(data)]);
  return { type: 'failure', status: 429, data: flat };
}

/** The text fields of a form, but for passwords, which no page shows again. */
async function typedIn(request: Request): Promise<URLSearchParams> {
  const typed = new URLSearchParams();
  if (request.method !== 'POST') return typed;
  const form = await request.formData().catch(() => new FormData());
  for (const [name, value] of form) {
    if (typeof value === 'string' && !/password/i.test(name)) typed.append(name, value);
  }
  return typed;
}
