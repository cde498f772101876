/** Signing in with an account elsewhere: there, and back. */
import { cookiesOf, type NewCookie } from './cookies.ts';
import { authPath } from './create-auth.ts';
import type { OAuthProviders } from './providers.ts';
import type { AuthFor, Visit } from './visit.ts';

export interface ProviderWays {
  /** Where one may have an account to sign in with. */
  readonly providers: { id: string; name: string }[];
  /** Null: there is no such provider, or it cannot be reached. */
  goToProvider(
    visit: Visit,
    id: string,
    to: string,
  ): Promise<{ url: string; cookies: NewCookie[] } | null>;
  /** What a provider answers through the browser. The answer leads on, or back to sign in with an `error`. */
  comeFromProvider(visit: Visit, request: Request): Promise<Response>;
}

export function createProviderWays(authFor: AuthFor, providers: OAuthProviders): ProviderWays {
  return {
    providers: providers.shown,

    async goToProvider({ origin, headers }, id, to) {
      if (!providers.shown.some((provider) => provider.id === id)) return null;
      const asked = await authFor(origin).api.signInSocial({
        body: {
          provider: id,
          callbackURL: `${origin}${to}`,
          errorCallbackURL: `${origin}/sign-in`,
        },
        ...{ headers, returnHeaders: true as const },
      });
      const { url } = asked.response;
      return url ? { url, cookies: cookiesOf(asked.headers) } : null;
    },

    comeFromProvider: ({ origin }, request) => {
      const asked = new URL(request.url);
      const id = asked.pathname.slice(`${authPath}/callback/`.length);
      const inward = new Request(`${origin}${authPath}/callback/${id}${asked.search}`, {
        headers: request.headers,
      });
      return authFor(origin).handler(inward);
    },
  };
}
