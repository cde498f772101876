/** What somebody sees and changes of their own account. */
import { isAPIError } from 'better-auth/api';
import type { AccountRow, AccountRows, AccountTable, RowCondition } from '../store/port.ts';
import { cookiesOf } from './cookies.ts';
import { passwordProblem, type PasswordProblem } from './password-rule.ts';
import type { OAuthProviders } from './providers.ts';
import type { AuthFor, Outcome, Visit } from './visit.ts';

/** Where an account is signed in. */
export interface SessionView {
  id: string;
  /** What the browser said of itself. */
  userAgent: string;
  /** ISO date and time; to the hour. */
  usedAt: string;
  startedAt: string;
}

export interface PasskeyView {
  id: string;
  name: string;
  /** ISO date and time. */
  createdAt: string;
}

export interface AccountDetails {
  hasPassword: boolean;
  /** Last used first. */
  sessions: SessionView[];
  passkeys: PasskeyView[];
}

export type ChangeProblem = PasswordProblem | 'wrong-password';
/** `old-session`: who sets a first password has signed in within a day. */
export type FirstPasswordProblem = PasswordProblem | 'old-session' | 'has-password';

export interface OwnAccount {
  describeAccount(accountId: string): Promise<AccountDetails>;
  rename(visit: Visit, name: string): Promise<void>;
  /** All other sessions end; this one goes on under a new name. */
  changePassword(
    visit: Visit,
    asked: { email: string; current: string; next: string },
  ): Promise<Outcome<ChangeProblem>>;
  /** For who signs in another way so far. @returns What is wrong; null: it is set. */
  setFirstPassword(
    visit: Visit,
    asked: { email: string; password: string },
  ): Promise<FirstPasswordProblem | null>;
  /** Whoever is there is signed out at once. */
  endSession(accountId: string, sessionId: string): Promise<void>;
  endOtherSessions(accountId: string, sessionId: string): Promise<void>;
  renamePasskey(accountId: string, id: string, name: string): Promise<void>;
  /** @returns False: there is neither another passkey nor a password nor an account elsewhere, so it stays. */
  removePasskey(accountId: string, id: string): Promise<boolean>;
}

const is = (column: string, value: string, operator: 'eq' | 'ne' | 'gt' = 'eq'): RowCondition => ({
  ...{ column, operator, value, connector: 'AND' },
});

/** More than anybody has. */
const most = 200;

const dayMs = 24 * 60 * 60_000;

export function createOwnAccount(
  authFor: AuthFor,
  { rows, providers }: { rows: AccountRows; providers: OAuthProviders },
): OwnAccount {
  const ofAccount = (table: AccountTable, accountId: string, ...where: RowCondition[]) =>
    rows.select(table, { where: [is('account_id', accountId), ...where], limit: most });
  return {
    async describeAccount(accountId) {
      const now = new Date().toISOString();
      const [sessions, credentials, passkeys] = await Promise.all([
        ofAccount('account_sessions', accountId, is('expires_at', now, 'gt')),
        ofAccount('account_credentials', accountId),
        ofAccount('passkeys', accountId),
      ]);
      return {
        hasPassword: credentials.some((row) => row['password_hash'] !== null),
        sessions: sessions
          .map(sessionOf)
          .toSorted((one, other) => other.usedAt.localeCompare(one.usedAt)),
        passkeys: passkeys.map(passkeyOf),
      };
    },

    async rename({ origin, headers }, name) {
      await authFor(origin).api.updateUser({ body: { name }, headers });
    },

    async changePassword({ origin, headers }, { email, current, next }) {
      const problem = passwordProblem(next, email);
      if (problem) return { ok: false, problem };
      const body = {
        currentPassword: current.slice(0, 128),
        newPassword: next,
        revokeOtherSessions: true,
      };
      try {
        const done = await authFor(origin).api.changePassword({
          ...{ body, headers, returnHeaders: true as const },
        });
        return { ok: true, cookies: cookiesOf(done.headers) };
      } catch (error) {
        if (!isAPIError(error) || error.statusCode >= 500) throw error;
        return { ok: false, problem: 'wrong-password' };
      }
    },

    async setFirstPassword({ origin, headers }, { email, password }) {
      const problem = passwordProblem(password, email);
      if (problem) return problem;
      const { api } = authFor(origin);
      // No password is asked for, so the session has to be young: as where a passkey is added.
      const signedIn = await api.getSession({ headers });
      const at = signedIn ? new Date(signedIn.session.createdAt).getTime() : 0;
      if (Date.now() - at >= dayMs) return 'old-session';
      try {
        await api.setPassword({ body: { newPassword: password }, headers });
        return null;
      } catch (error) {
        if (!isAPIError(error) || error.statusCode >= 500) throw error;
        return 'has-password';
      }
    },

    async endSession(accountId, sessionId) {
      await rows.delete('account_sessions', [is('id', sessionId), is('account_id', accountId)]);
    },

    async endOtherSessions(accountId, sessionId) {
      const others = [is('account_id', accountId), is('id', sessionId, 'ne')];
      await rows.delete('account_sessions', others);
    },

    async renamePasskey(accountId, id, name) {
      await rows.update('passkeys', [is('id', id), is('account_id', accountId)], { name });
    },

    removePasskey: (accountId, id) =>
      rows.deletePasskey(
        accountId,
        id,
        providers.shown.map((provider) => provider.id),
      ),
  };
}

function sessionOf(row: AccountRow): SessionView {
  return {
    id: String(row['id']),
    userAgent: String(row['user_agent'] ?? ''),
    usedAt: String(row['updated_at']),
    startedAt: String(row['created_at']),
  };
}

function passkeyOf(row: AccountRow): PasskeyView {
  return {
    id: String(row['id']),
    name: String(row['name'] || 'Passkey'),
    createdAt: String(row['created_at']),
  };
}
