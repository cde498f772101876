/**
 * Every web request enters here: it gets the app and the learner, then goes to its route.
 * Errors leave here: told to the learner in a sentence, written whole to the log.
 */
import { dev } from '$app/env';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { isZone, zoneOfAnybody } from '#lib/domain/day.ts';
import { learnerCookie, openApp, type App, type SignedIn } from '#lib/server/app.ts';
import { keepCookies, visitOf } from './routes/(account)/visit.server.ts';
import { compressPage } from './routes/compress-page.ts';
import { zoneCookie } from './routes/keep-zone.ts';
import { giveLearnerCookie } from './routes/learner-cookie.server.ts';
import { answerTooOften, countRequest } from './routes/rate-limits.server.ts';
import { setSecurityHeaders } from './routes/security-headers.ts';

/** Asked by machines, which are no learners and get no cookie. */
const isForMachines = (route: string) =>
  route === '/health' || route === '/authoring/events' || route.startsWith('/api/');

let app: App;

/** While the sources are being worked at, this file is loaded anew: what it had opened is closed first. */
const reopened = globalThis as { assay?: App };

export const init: ServerInit = async () => {
  if (dev) await reopened.assay?.close();
  app = await openApp({ authoring: dev });
  if (dev) reopened.assay = app;
  process.once('sveltekit:shutdown' as never, () => void app.close());
};

/** Whoever is signed in is the learner of the account, whatever this browser's cookie says. */
function takeAccount(event: RequestEvent, signedIn: SignedIn): void {
  event.locals.account = signedIn.account;
  event.locals.sessionId = signedIn.sessionId;
  event.locals.learnerId = signedIn.learnerId;
  event.locals.isNewLearner = false;
  keepCookies(event, signedIn.cookies);
  // What was done under it has been brought along: after signing out this browser is a new learner.
  if (event.cookies.get(learnerCookie)) event.cookies.delete(learnerCookie, { path: '/' });
}

function takeLearner(event: RequestEvent, isPage: boolean): void {
  const learner = app.recogniseLearner(event.cookies.get(learnerCookie));
  event.locals.account = null;
  event.locals.sessionId = null;
  event.locals.learnerId = learner.id;
  event.locals.isNewLearner = learner.newToken !== null;
  if (learner.newToken !== null && isPage) giveLearnerCookie(event, learner.newToken);
}

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.app = app;
  event.locals.zone = zoneOf(event.cookies.get(zoneCookie));
  const route: string | null = event.route.id;
  const isPage = route !== null && !isForMachines(route);
  const signedIn = await app.accounts.recognise(visitOf(event));
  if (signedIn) takeAccount(event, signedIn);
  else takeLearner(event, isPage);
  const { isNewLearner, learnerId } = event.locals;
  const wait = countRequest(event, isNewLearner ? null : learnerId);
  const response = wait === null ? await resolve(event) : await answerTooOften(event, wait);
  setSecurityHeaders(response.headers, event.url.protocol === 'https:');
  return compressPage(event.request, response);
};

/** Where the reader is, as their browser has said. */
function zoneOf(cookie: string | undefined): string {
  return cookie !== undefined && isZone(cookie) ? cookie : zoneOfAnybody;
}

export const handleError: HandleServerError = ({ error, event, kind }) => {
  if (kind !== 'unknown') return;
  const id = crypto.randomUUID();
  app.log.error({ err: error, id, path: event.url.pathname }, 'a request failed');
  return { message: 'Something went wrong on our side. What you had sent before is kept.', id };
};
