/**
 * Signing up with a passkey alone, as functions of better-auth. The plugin for passkeys has a way for it, which is not ours: it
 * would let whoever has an old session add a passkey, and write the account before its passkey, not with it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { expireCookie, setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { AccountRows } from '../store/port.ts';
import type { AuthMails } from './create-auth.ts';

export interface PasskeySignUpParts {
  rows: AccountRows;
  origin: string;
  /** Null: addresses are not confirmed, so it may be told which of them are taken. */
  mails: AuthMails | null;
  /** For the link that confirms an address. */
  verifyToken: (account: { id: string; email: string }) => Promise<string>;
  newLearnerId: () => string;
}

/** As long as the plugin gives for a challenge. */
const challengeSeconds = 5 * 60;

const identifierOf = (token: string) => `passkey-sign-up:${token}`;

export function passkeySignUp(parts: PasskeySignUpParts) {
  const { rows, mails, origin } = parts;
  const site = { rpName: 'Assay', rpID: new URL(origin).hostname };

  const askToSignUpByPasskey = createAuthEndpoint.serverOnly(
    { method: 'POST', body: z.object({ email: z.string() }) },
    async (ctx) => {
      const email = ctx.body.email.toLowerCase();
      if (mails === null && (await isTaken(rows, email))) throw refusal('TAKEN');
      // Nothing in it depends on whether the address has an account.
      const options = await generateRegistrationOptions({
        ...site,
        userName: email,
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      });
      const token = randomBytes(24).toString('base64url');
      const cookie = ctx.context.createAuthCookie('passkey_sign_up');
      await ctx.setSignedCookie(cookie.name, token, ctx.context.secret, {
        ...cookie.attributes,
        maxAge: challengeSeconds,
      });
      await ctx.context.internalAdapter.createVerificationValue({
        identifier: identifierOf(token),
        value: JSON.stringify({ email, challenge: options.challenge }),
        expiresAt: new Date(Date.now() + challengeSeconds * 1000),
      });
      return ctx.json(options);
    },
  );

  const signUpByPasskey = createAuthEndpoint.serverOnly(
    { method: 'POST', body: z.object({ response: z.unknown(), name: z.string() }) },
    async (ctx) => {
      const { internalAdapter, secret } = ctx.context;
      const cookie = ctx.context.createAuthCookie('passkey_sign_up');
      const token = await ctx.getSignedCookie(cookie.name, secret);
      const kept = token
        ? await internalAdapter.consumeVerificationValue(identifierOf(token))
        : null;
      if (!kept) throw refusal('REFUSED');
      expireCookie(ctx, cookie);
      const { email, challenge } = JSON.parse(kept.value) as { email: string; challenge: string };
      const credential = await verifiedBy({
        ...{ response: ctx.body.response, challenge, origin, rpID: site.rpID },
      });
      const { account, passkey } = rowsOf(email, credential, ctx.body, parts.newLearnerId());
      const made = await rows.insertWithPasskey(account, passkey);
      if (made === 'known-passkey') throw refusal('REFUSED');
      if (mails) {
        if (made === 'taken') mails.sendAlreadyThere(account);
        else mails.sendVerification({ ...account, token: await parts.verifyToken(account) });
        return ctx.json({ isSignedIn: false });
      }
      if (made === 'taken') throw refusal('TAKEN');
      const session = await internalAdapter.createSession(account.id);
      const user = await internalAdapter.findUserById(account.id);
      if (!session || !user) throw new Error(`The account ${account.id} was made, and is gone.`);
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ isSignedIn: true });
    },
  );

  return { id: 'passkey-sign-up', endpoints: { askToSignUpByPasskey, signUpByPasskey } };
}

const refusal = (code: 'TAKEN' | 'REFUSED') => new APIError('BAD_REQUEST', { code, message: code });

async function isTaken(rows: AccountRows, email: string): Promise<boolean> {
  const where = [
    { column: 'email', operator: 'eq' as const, value: email, connector: 'AND' as const },
  ];
  return (await rows.count('accounts', where)) > 0;
}

type Credential = NonNullable<VerifiedRegistrationResponse['registrationInfo']>;

/** @throws APIError when a browser's answer is not right, or cannot be read at all. */
async function verifiedBy(asked: {
  response: unknown;
  challenge: string;
  origin: string;
  rpID: string;
}): Promise<Credential> {
  const { registrationInfo } = await verifyRegistrationResponse({
    response: asked.response as never,
    expectedChallenge: asked.challenge,
    expectedOrigin: asked.origin,
    expectedRPID: asked.rpID,
    // As when signing in: a device may have nothing to know its owner by.
    requireUserVerification: false,
  }).catch(() => {
    throw refusal('REFUSED');
  });
  if (!registrationInfo) throw refusal('REFUSED');
  return registrationInfo;
}

/** Of the plugin's and of better-auth's own form: from here on, the two read and change them. */
function rowsOf(
  email: string,
  { aaguid, credential, credentialDeviceType, credentialBackedUp }: Credential,
  { name, response }: { name: string; response?: unknown },
  learnerId: string,
) {
  const id = randomUUID();
  const at = new Date().toISOString();
  return {
    account: {
      ...{ id, email, learner_id: learnerId, name: email.split('@')[0] ?? email, image: null },
      ...{ is_email_verified: 0, role: 'learner' as const, created_at: at, updated_at: at },
    },
    passkey: {
      ...{ id: randomUUID(), account_id: id, name, aaguid, created_at: at },
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64'),
      counter: credential.counter,
      device_type: credentialDeviceType,
      is_backed_up: credentialBackedUp ? 1 : 0,
      transports: transportsOf(response),
    },
  };
}

/** How a browser reaches the device; only what has the form of such a word is kept. */
function transportsOf(response: unknown): string {
  const { transports } = (response as { response: { transports?: unknown } }).response;
  if (!Array.isArray(transports)) return '';
  return transports
    .filter((way) => typeof way === 'string' && /^[a-z-]{1,20}$/.test(way))
    .slice(0, 8)
    .join(',');
}
