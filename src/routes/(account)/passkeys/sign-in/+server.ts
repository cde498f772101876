import { error, json } from '@sveltejs/kit';
import { keepCookies, visitOf } from '../../visit.server.ts';
import { readAnswer } from '../read-answer.server.ts';
import type { RequestHandler } from './$types';

/** Asks for a challenge. */
export const POST: RequestHandler = async (event) => {
  await readAnswer(event);
  const { options, cookies } = await event.locals.app.accounts.askForPasskey(visitOf(event));
  keepCookies(event, cookies);
  return json(options);
};

/** Brings the answer. */
export const PUT: RequestHandler = async (event) => {
  const { response } = await readAnswer(event);
  const outcome = await event.locals.app.accounts.signInByPasskey(visitOf(event), response);
  if (!outcome.ok) error(400, 'This passkey does not sign in here.');
  keepCookies(event, outcome.cookies);
  return new Response(null, { status: 204 });
};
