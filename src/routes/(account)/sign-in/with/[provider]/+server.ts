import { error, redirect } from '@sveltejs/kit';
import { keepCookies, localPath, visitOf } from '../../../visit.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { accounts } = event.locals.app;
  const to = localPath(event.url.searchParams.get('to'), event.url.origin);
  const asked = await accounts.goToProvider(visitOf(event), event.params.provider, to);
  if (!asked) error(404, 'There is no such way to sign in here.');
  keepCookies(event, asked.cookies);
  redirect(302, asked.url);
};
