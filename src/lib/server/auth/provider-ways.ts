/** Signing in with an account elsewhere: there, and back. */
import { isAPIError } from 'better-auth/api';
import { cookiesOf, type NewCookie } from './cookies.ts';
import { authPath } from './create-auth.ts';
import type { OAuthProviders } from './providers.ts';
import type { AuthFor, Visit } from './visit.ts';

/** There is no such provider, or it could not be asked for its addresses. */
export type ProviderProblem = 'unknown' | 'unreachable';

export type WayToProvider =
  { ok: true; url: string; cookies: NewCookie[] } | { ok: false; problem: ProviderProblem };

export interface ProviderWays {
  /** Where one may have an account to sign in with. */
  readonly providers: { id: string; name: string }[];
  /** @param to - The local page to go on at. */
  goToProvider(visit: Visit, id: string, to: string): Promise<WayToProvider>;
  /** What a provider answers through the browser. The answer leads on, or back to sign in with an `error`. */
  comeFromProvider(visit: Visit, request: Request): Promise<Response>;
}

export function createProviderWays(authFor: AuthFor, providers: OAuthProviders): ProviderWays {
  return {
    providers: providers.shown,

    async goToProvider({ origin, headers }, id, to) {
      if (!providers.shown.some((provider) => provider.id === id)) {
        return { ok: false, problem: 'unknown' };
      }
      const body = {
        provider: id,
        callbackURL: `${origin}${to}`,
        errorCallbackURL: signInPage(origin, { to }),
      };
      try {
        const asked = await authFor(origin).api.signInSocial({
          ...{ body, headers, returnHeaders: true as const },
        });
        const { url } = asked.response;
        if (url) return { ok: true, url, cookies: cookiesOf(asked.headers) };
      } catch (error) {
        // It is known to us: better-auth has it only once it has told its addresses.
        if (!isAPIError(error) || error.statusCode >= 500) throw error;
      }
      return { ok: false, problem: 'unreachable' };
    },

    async comeFromProvider({ origin }, request) {
      const asked = new URL(request.url);
      const id = asked.pathname.slice(`${authPath}/callback/`.length);
      const inward = new Request(`${origin}${authPath}/callback/${id}${asked.search}`, {
        headers: request.headers,
      });
      const answer = await authFor(origin).handler(inward);
      if (answer.status < 500) return answer;
      // better-auth has written it to the log; as a rule, the provider went silent in the midst of it.
      const location = signInPage(origin, { error: 'unreachable' });
      return new Response(null, { status: 302, headers: { location } });
    },
  };
}

function signInPage(origin: string, search: Record<string, string>): string {
  return `${origin}/sign-in?${new URLSearchParams(search).toString()}`;
}
