/** better-auth's plugin for any provider that speaks OpenID Connect. */
import { genericOAuth, type GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';

/**
 * As published it asks every provider for its addresses before the first request is answered, and waits without an end:
 * one that is silent would keep everybody out, also those who sign in another way. Here all are among those that could
 * not be asked at the start: the plugin asks them, for ten seconds, when somebody goes there or comes back.
 */
export function oidcPlugin(config: GenericOAuthConfig[]) {
  const unasked = new Map(config.map((provider) => [provider.providerId, provider]));
  return {
    ...genericOAuth({ config }),
    // A copy for each: whoever has been asked is taken out.
    init: () => ({ context: { genericOAuthPendingDiscovery: new Map(unasked) } }),
  };
}
