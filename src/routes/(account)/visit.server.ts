/** Between a request and accounts: who asks, which cookies are kept, and where one goes on. */
import type { RequestEvent } from '@sveltejs/kit';
import type { NewCookie, Visit } from '#lib/server/app.ts';
import { network } from '../api/caller.server.ts';

export function visitOf(event: Pick<RequestEvent, 'url' | 'request' | 'getClientAddress'>): Visit {
  return {
    origin: event.url.origin,
    headers: event.request.headers,
    get address() {
      return network(event.getClientAddress());
    },
  };
}

export function keepCookies({ cookies }: Pick<RequestEvent, 'cookies'>, kept: NewCookie[]): void {
  for (const { name, value, options } of kept) cookies.set(name, value, options);
}

/** Where to go on: only ever a page of this site, whatever was asked for. */
export function localPath(asked: unknown, origin: string): string {
  if (typeof asked !== 'string' || !asked.startsWith('/')) return '/';
  const url = URL.parse(asked, origin);
  if (url === null || url.origin !== origin) return '/';
  // `//elsewhere` would be another site's again.
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}

/** One field of a form, as text; an empty one when it is not there, or is a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
