import { error, redirect } from '@sveltejs/kit';
import { keepCookies, visitOf } from '../visit.server.ts';
import type { RequestHandler } from './$types';

/** From here on, this browser is a new learner. */
export const POST: RequestHandler = async (event) => {
  // SvelteKit looks at forms only; nobody is signed out by what another page sends as anything else.
  if (event.request.headers.get('origin') !== event.url.origin) {
    error(403, 'This came from another site.');
  }
  keepCookies(event, await event.locals.app.accounts.signOut(visitOf(event)));
  redirect(303, '/');
};
