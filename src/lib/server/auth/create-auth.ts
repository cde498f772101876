/** better-auth, set up for our tables, our cookies and our rules. */
import { randomUUID } from 'node:crypto';
import { passkey } from '@better-auth/passkey';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { APIError, createEmailVerificationToken } from 'better-auth/api';
import type { AccountRows, RowCondition } from '../store/port.ts';
import { accountAdapter } from './account-adapter.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { isAddress } from './address.ts';
import { logDetail } from './log-detail.ts';
import { oidcPlugin } from './oidc-plugin.ts';
import { passkeySignUp } from './passkey-sign-up.ts';
import { passwordLength } from './password-rule.ts';
import type { OAuthProviders } from './providers.ts';

const hour = 60 * 60;
const day = 24 * hour;

export const resetLinkSeconds = hour;
export const verifyLinkSeconds = day;

/** Whom a mail is for, and the token that its link holds. */
export interface TokenFor {
  email: string;
  name: string;
  token: string;
}

/** What is told by mail; none of them waits for the mail, so that nobody sees by the time whether one was sent. */
export interface AuthMails {
  sendReset(to: TokenFor): void;
  sendVerification(to: TokenFor): void;
  sendAlreadyThere(to: Omit<TokenFor, 'token'>): void;
}

export interface AuthParts {
  rows: AccountRows;
  secret: string;
  /** Under which browsers see the site: cookies, links and passkeys are for it alone. */
  origin: string;
  /** Null: no mail can be sent, so no address is confirmed. */
  mails: AuthMails | null;
  providers: OAuthProviders;
  /** Called before a session of this account begins, whichever way its owner came in. */
  onSignIn: (accountId: string, headers: Headers | null) => Promise<void>;
  log: (level: 'debug' | 'info' | 'success' | 'warn' | 'error', message: string) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/** A learner's id: of our own making, so that no cookie's digest can ever be it. */
export const newLearnerId = () => `account-${randomUUID()}`;

/** It has no web address of its own but for providers' answers: routes call its functions. */
export const authPath = '/auth';

export function createAuth(parts: AuthParts) {
  const { rows, secret, origin, mails, providers } = parts;
  const isSecure = origin.startsWith('https:');
  const refuseUnconfirmed = confirmedOnly(parts);
  return betterAuth({
    appName: 'Assay',
    baseURL: origin,
    basePath: authPath,
    trustedOrigins: [origin],
    secret,
    database: accountAdapter(rows),
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...details: unknown[]) =>
        parts.log(level, [message, ...details.map(logDetail)].join(' ')),
    },
    onAPIError: { errorURL: `${origin}/sign-in` },
    ...tables,
    user: {
      ...tables.user,
      additionalFields: {
        learnerId: {
          type: 'string',
          required: true,
          input: false,
          fieldName: 'learner_id',
          defaultValue: newLearnerId,
        },
        role: { type: 'string', required: true, input: false, defaultValue: 'learner' },
      },
    },
    session: { ...tables.session, expiresIn: 30 * day, updateAge: hour, freshAge: day },
    account: {
      ...tables.account,
      updateAccountOnSignIn: false,
      // An account of this address elsewhere counts as the same person only where both sides have confirmed it.
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    verification: { ...tables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      requireEmailVerification: mails !== null,
      resetPasswordTokenExpiresIn: resetLinkSeconds,
      revokeSessionsOnPasswordReset: true,
      ...(mails && {
        sendResetPassword: async ({ user, token }) => mails.sendReset({ ...user, token }),
        onExistingUserSignUp: async ({ user }) => mails.sendAlreadyThere(user),
      }),
      onPasswordReset: ({ user }) => confirmAddress(rows, user),
    },
    ...(mails && {
      emailVerification: {
        expiresIn: verifyLinkSeconds,
        sendOnSignIn: true,
        sendVerificationEmail: async ({ user, token }) =>
          mails.sendVerification({ ...user, token }),
      },
    }),
    socialProviders: providers.social,
    databaseHooks: {
      user: {
        create: {
          // A provider may leave the name out, and may tell more than is needed here.
          before: async (user) =>
            isAddress(user.email) && { data: { ...user, name: nameOf(user), image: null } },
        },
      },
      session: {
        create: {
          before: async (session, context) => {
            await parts.onSignIn(session.userId, context?.headers ?? null);
          },
        },
      },
      account: {
        // What a provider lets do in somebody's name is needed by nothing here.
        create: {
          before: async (account) => ({
            data: { ...account, ...noTokens },
          }),
        },
      },
    },
    advanced: {
      cookiePrefix: 'assay',
      useSecureCookies: isSecure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => randomUUID(), validateSchema: false },
    },
    plugins: [
      passkey({
        rpName: 'Assay',
        rpID: new URL(origin).hostname,
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
        advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
        authentication: { afterVerification: ({ clientData }) => refuseUnconfirmed(clientData.id) },
        schema: tables.passkey,
      }),
      passkeySignUp({
        ...{ rows, origin, mails, newLearnerId },
        verifyToken: (account) => verifyToken(secret, account),
      }),
      ...(providers.generic.length > 0 ? [oidcPlugin(providers.generic)] : []),
    ],
  });
}

/** For the link that confirms an address: of this account, not of a later one. */
function verifyToken(secret: string, { id, email }: { id: string; email: string }) {
  return createEmailVerificationToken(secret, email, undefined, verifyLinkSeconds, { userId: id });
}

/**
 * With mail, a passkey signs in to no account whose address is not confirmed; another mail is sent, as after a password.
 * It is refused like one that nobody knows: else whoever has just signed up would see whether there was an account.
 */
function confirmedOnly({ rows, secret, mails }: AuthParts) {
  const limit = new AttemptLimit({ times: 3, windowMs: hour * 1000 }, Date.now);
  const one = async (table: 'accounts' | 'passkeys', column: string, value: unknown) => {
    const where = [
      { column, operator: 'eq' as const, value: String(value), connector: 'AND' as const },
    ];
    return (await rows.select(table, { where, limit: 1 }))[0];
  };
  return async (credentialId: string): Promise<void> => {
    if (mails === null) return;
    const passkey = await one('passkeys', 'credential_id', credentialId);
    const account = passkey && (await one('accounts', 'id', passkey['account_id']));
    if (account?.['is_email_verified'] === 1) return;
    if (account && limit.take(String(account['id']))) {
      const { id, email, name } = account as { id: string; email: string; name: string };
      mails.sendVerification({ email, name, token: await verifyToken(secret, { id, email }) });
    }
    throw new APIError('FORBIDDEN', { code: 'EMAIL_NOT_VERIFIED', message: 'not confirmed' });
  };
}

/** An account's name; its owner changes it at will. */
function nameOf({ name, email }: { name: string; email: string }): string {
  return name.trim().slice(0, 80) || (email.split('@')[0] ?? email);
}

const noTokens = {
  ...{ accessToken: null, accessTokenExpiresAt: null },
  ...{ refreshToken: null, refreshTokenExpiresAt: null },
  idToken: null,
};

/**
 * A link that reached its owner confirms the address; of whoever made the account before, nothing stays: neither
 * passkeys nor a provider's account that had only claimed to be of this address.
 */
async function confirmAddress(
  rows: AccountRows,
  user: { id: string; emailVerified: boolean },
): Promise<void> {
  if (user.emailVerified) return;
  const is = (column: string, value: string, operator: 'eq' | 'ne' = 'eq'): RowCondition => ({
    ...{ column, operator, value, connector: 'AND' },
  });
  const ofAccount = is('account_id', user.id);
  await rows.delete('passkeys', [ofAccount]);
  await rows.delete('account_credentials', [ofAccount, is('provider', 'credential', 'ne')]);
  await rows.update('accounts', [is('id', user.id)], { is_email_verified: 1 });
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** Our names of what better-auth keeps. */
const tables = {
  user: { modelName: 'accounts', fields: { emailVerified: 'is_email_verified', ...times } },
  session: {
    modelName: 'account_sessions',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...times,
    },
  },
  account: {
    modelName: 'account_credentials',
    fields: {
      userId: 'account_id',
      providerId: 'provider',
      accountId: 'provider_account_id',
      password: 'password_hash',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...times,
    },
  },
  verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...times } },
  passkey: {
    passkey: {
      modelName: 'passkeys',
      fields: {
        userId: 'account_id',
        publicKey: 'public_key',
        credentialID: 'credential_id',
        deviceType: 'device_type',
        backedUp: 'is_backed_up',
        createdAt: 'created_at',
      },
    },
  },
} satisfies Pick<BetterAuthOptions, 'user' | 'session' | 'account' | 'verification'> & {
  passkey: unknown;
};
