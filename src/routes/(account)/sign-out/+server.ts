import { redirect } from '@sveltejs/kit';
import { keepCookies, visitOf } from '../visit.server.ts';
import type { RequestHandler } from './$types';

/** From here on, this browser is a new learner. */
export const POST: RequestHandler = async (event) => {
  keepCookies(event, await event.locals.app.accounts.signOut(visitOf(event)));
  redirect(303, '/');
};
