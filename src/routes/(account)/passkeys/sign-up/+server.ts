import { error, json } from '@sveltejs/kit';
import { keepCookies, visitOf } from '../../visit.server.ts';
import { readAnswer } from '../read-answer.server.ts';
import type { RequestHandler } from './$types';

const statuses = { refused: 400, 'no-address': 400, taken: 400, 'too-many': 429 } as const;

/** Asks for a challenge, with the address that the account is to have. */
export const POST: RequestHandler = async (event) => {
  const { email } = await readAnswer(event);
  const asked = await event.locals.app.accounts.askToSignUpByPasskey(
    visitOf(event),
    typeof email === 'string' ? email.trim() : '',
  );
  if (typeof asked === 'string') error(statuses[asked], asked);
  keepCookies(event, asked.cookies);
  return json(asked.options);
};

/** Brings the new passkey: with it, the account is made. */
export const PUT: RequestHandler = async (event) => {
  const { response, name } = await readAnswer(event);
  const answer = { response, name: typeof name === 'string' ? name.trim().slice(0, 80) : '' };
  const outcome = await event.locals.app.accounts.signUpByPasskey(visitOf(event), answer);
  if (!outcome.ok) error(statuses[outcome.problem], outcome.problem);
  keepCookies(event, outcome.cookies);
  return new Response(null, { status: 204 });
};
