import { error, json } from '@sveltejs/kit';
import { keepCookies, visitOf } from '../../visit.server.ts';
import { readAnswer } from '../read-answer.server.ts';
import type { RequestHandler } from './$types';

const statuses = { refused: 400, 'old-session': 403 } as const;

/** Asks for a challenge. */
export const POST: RequestHandler = async (event) => {
  await readAnswer(event);
  const asked = await event.locals.app.accounts.askToAddPasskey(visitOf(event));
  if (typeof asked === 'string') error(statuses[asked], asked);
  keepCookies(event, asked.cookies);
  return json(asked.options);
};

/** Brings the new passkey. */
export const PUT: RequestHandler = async (event) => {
  const { response, name } = await readAnswer(event);
  const asked = { response, name: typeof name === 'string' ? name.trim().slice(0, 80) : '' };
  const outcome = await event.locals.app.accounts.addPasskey(visitOf(event), asked);
  if (!outcome.ok) error(statuses[outcome.problem], outcome.problem);
  keepCookies(event, outcome.cookies);
  return new Response(null, { status: 204 });
};
