import type { RequestEvent } from '@sveltejs/kit';
import { learnerCookie } from '#lib/server/app.ts';

/** Browsers keep a cookie for at most 400 days (RFC 6265bis, section 5.5). */
const learnerCookieSeconds = 400 * 24 * 60 * 60;

/** Gives the browser a token to keep: from now on it is that learner, whoever it was before. */
export function giveLearnerCookie(
  { cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>,
  token: string,
): void {
  cookies.set(learnerCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: learnerCookieSeconds,
  });
}
