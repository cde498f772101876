import { error, redirect } from '@sveltejs/kit';
import { keepCookies, localPath, visitOf } from '../../../visit.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { accounts } = event.locals.app;
  const to = localPath(event.url.searchParams.get('to'), event.url.origin);
  if (event.locals.account) redirect(303, to);
  const way = await accounts.goToProvider(visitOf(event), event.params.provider, to);
  if (!way.ok) {
    if (way.problem === 'unknown') error(404, 'There is no such way to sign in here.');
    redirect(303, `/sign-in?${new URLSearchParams({ to, error: way.problem }).toString()}`);
  }
  keepCookies(event, way.cookies);
  redirect(302, way.url, { external: true });
};
