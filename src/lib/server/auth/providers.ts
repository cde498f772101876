/** Ways to sign in with an account elsewhere, as the settings name them. */
import type { BetterAuthOptions } from 'better-auth';
import type { GenericOAuthConfig } from 'better-auth/plugins/generic-oauth';

const socialNames = { github: 'GitHub', google: 'Google', gitlab: 'GitLab' } as const;

export type SocialName = keyof typeof socialNames;

export interface ProviderClient {
  id: string;
  secret: string;
}

/** As the settings tell them; null: not set. */
export interface ProviderSettings {
  social: Record<SocialName, ProviderClient | null>;
  /** Any provider that speaks OpenID Connect. */
  oidc: (ProviderClient & { url: string; name: string }) | null;
}

export interface OAuthProviders {
  social: NonNullable<BetterAuthOptions['socialProviders']>;
  generic: GenericOAuthConfig[];
  /** What a page offers. */
  shown: { id: string; name: string }[];
}

/**
 * @param settings
 * @param hasMail - Where mails are sent, an address that the provider has not confirmed is confirmed by mail before
 *   anybody is signed in, as that of any account.
 */
export function oauthProviders(settings: ProviderSettings, hasMail: boolean): OAuthProviders {
  const { oidc } = settings;
  const social = (Object.keys(socialNames) as SocialName[]).flatMap((id) => {
    const client = settings.social[id];
    return client ? [{ id, client }] : [];
  });
  return {
    social: Object.fromEntries(
      social.map(({ id, client }) => [
        id,
        { clientId: client.id, clientSecret: client.secret, requireEmailVerification: hasMail },
      ]),
    ),
    generic: oidc
      ? [
          {
            providerId: 'oidc',
            clientId: oidc.id,
            clientSecret: oidc.secret,
            discoveryUrl: `${oidc.url.replace(/\/$/, '')}/.well-known/openid-configuration`,
            scopes: ['openid', 'email', 'profile'],
            pkce: true,
            requireEmailVerification: hasMail,
          },
        ]
      : [],
    shown: [
      ...social.map(({ id }) => ({ id, name: socialNames[id] })),
      ...(oidc ? [{ id: 'oidc', name: oidc.name }] : []),
    ],
  };
}
