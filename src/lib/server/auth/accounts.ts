/**
 * Accounts, as the site uses them: who a request is from, and the ways in and out. What comes back says which cookies
 * the browser is to keep; a page sets them.
 */
import { isAPIError } from 'better-auth/api';
import type { AccountView } from '#lib/domain/account-view.ts';

import { isAddress } from './address.ts';
import { AttemptLimit } from './attempt-limit.ts';
import { cookiesOf, type NewCookie } from './cookies.ts';
import { createAuth, type Auth, type AuthParts } from './create-auth.ts';
import { createLinkWays, type LinkWays } from './link-ways.ts';
import { createOwnAccount, type OwnAccount } from './own-account.ts';
import { createPasskeyWays, type PasskeyWays } from './passkey-ways.ts';
import { createProviderWays, type ProviderWays } from './provider-ways.ts';
import type { Outcome, Visit } from './visit.ts';
import { passwordProblem, type PasswordProblem } from './password-rule.ts';

export interface SignedIn {
  account: AccountView;
  /** Whose work the account holds. */
  learnerId: string;
  /** Where this browser's session stands among the account's. */
  sessionId: string;
  /** To be set: the session was made longer. */
  cookies: NewCookie[];
}

export type SignInProblem = 'wrong' | 'unconfirmed' | 'too-many';
export type SignUpProblem = PasswordProblem | 'no-address' | 'taken' | 'too-many';

export interface Accounts extends LinkWays, OwnAccount, PasskeyWays, ProviderWays {
  /** Whether addresses are confirmed and lost passwords replaced by mail. */
  readonly hasMail: boolean;
  /** @returns Null: nobody is signed in; `cookies` of a session that is over are to be removed. */
  recognise(visit: Visit): Promise<SignedIn | null>;
  /** With mail, it is the same whether there was such an account before, and nobody is signed in yet. */
  signUp(
    visit: Visit,
    asked: { email: string; name: string; password: string },
  ): Promise<Outcome<SignUpProblem>>;
  signIn(visit: Visit, asked: { email: string; password: string }): Promise<Outcome<SignInProblem>>;
  /** @returns The cookies to remove. */
  signOut(visit: Visit): Promise<NewCookie[]>;
}

export interface AccountsParts extends Omit<AuthParts, 'origin' | 'mails'> {
  /** Null: no mail can be sent. */
  mails: ((origin: string) => NonNullable<AuthParts['mails']>) | null;
  now: () => number;
}

const minute = 60_000;
const hour = 60 * minute;
/** Without ORIGIN, requests say under which address the site is: more than these few are a mistake or an attack. */
const maxOrigins = 8;

export function createAccounts(parts: AccountsParts): Accounts {
  const { now } = parts;
  const limits = {
    signInFrom: new AttemptLimit({ times: 30, windowMs: 10 * minute }, now),
    signInTo: new AttemptLimit({ times: 10, windowMs: 10 * minute }, now),
    signUpFrom: new AttemptLimit({ times: 30, windowMs: hour }, now),
    signUpTo: new AttemptLimit({ times: 10, windowMs: hour }, now),
  };
  const authFor = authByOrigin(parts);

  return {
    ...createLinkWays(authFor, now),
    ...createOwnAccount(authFor, parts),
    ...createPasskeyWays(authFor, limits),
    ...createProviderWays(authFor, parts.providers),
    hasMail: parts.mails !== null,

    async recognise({ origin, headers }) {
      if (!headers.get('cookie')?.includes('assay.session_token=')) return null;
      const found = await authFor(origin)
        .api.getSession({ headers, returnHeaders: true })
        .catch((error: unknown) => {
          // Somebody ended the session this very moment.
          if (isAPIError(error) && error.statusCode === 401) return null;
          throw error;
        });
      if (!found?.response) return null;
      const { user, session } = found.response;
      return {
        account: viewOf(user as unknown as UserFields),
        learnerId: (user as unknown as UserFields).learnerId,
        sessionId: session.id,
        cookies: cookiesOf(found.headers),
      };
    },

    async signUp({ origin, headers, address }, { email, name, password }) {
      if (!isAddress(email)) return { ok: false, problem: 'no-address' };
      const problem = passwordProblem(password, email);
      if (problem) return { ok: false, problem };
      if (!limits.signUpFrom.take(address)) return { ok: false, problem: 'too-many' };
      const body = { email, name: name || (email.split('@')[0] ?? email), password };
      try {
        const made = await authFor(origin).api.signUpEmail({ body, headers, returnHeaders: true });
        return { ok: true, cookies: cookiesOf(made.headers) };
      } catch (error) {
        if (isAPIError(error) && error.statusCode === 422) return { ok: false, problem: 'taken' };
        throw error;
      }
    },

    async signIn({ origin, headers, address }, { email, password }) {
      const isAllowed = [
        limits.signInFrom.take(address),
        limits.signInTo.take(email.toLowerCase()),
      ].every(Boolean);
      if (!isAllowed) return { ok: false, problem: 'too-many' };
      // What can be no account's takes the same work as what is not.
      const body = {
        email: isAddress(email) ? email : 'nobody@assay.invalid',
        password: password.slice(0, 128),
      };
      try {
        const done = await authFor(origin).api.signInEmail({ body, headers, returnHeaders: true });
        return { ok: true, cookies: cookiesOf(done.headers) };
      } catch (error) {
        if (!isAPIError(error)) throw error;
        if (error.statusCode === 403) return { ok: false, problem: 'unconfirmed' };
        if (error.statusCode >= 500) throw error;
        return { ok: false, problem: 'wrong' };
      }
    },

    async signOut({ origin, headers }) {
      const done = await authFor(origin).api.signOut({ headers, returnHeaders: true });
      return cookiesOf(done.headers);
    },
  };
}

/** One for each address of the site that is in use, since cookies and links are made for it. */
export function authByOrigin(parts: AccountsParts): (origin: string) => Auth {
  const made = new Map<string, Auth>();
  return (origin) => {
    const known = made.get(origin);
    if (known) return known;
    const auth = createAuth({ ...parts, origin, mails: parts.mails?.(origin) ?? null });
    made.set(origin, auth);
    const [oldest] = made.keys();
    if (made.size > maxOrigins && oldest !== undefined) made.delete(oldest);
    return auth;
  };
}

/** What better-auth gives of an account, with the fields that are ours. */
interface UserFields {
  id: string;
  email: string;
  name: string;
  role: AccountView['role'];
  learnerId: string;
}

const viewOf = ({ id, email, name, role }: UserFields): AccountView => ({ id, email, name, role });
