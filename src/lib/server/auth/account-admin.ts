/** What the operator does with accounts, at the terminal, beside a site that may be running. */
import { randomBytes } from 'node:crypto';
import type { AccountRow, RowCondition } from '../store/port.ts';
import { isAddress } from './address.ts';
import { createAuth, newLearnerId, type AuthParts } from './create-auth.ts';
import { passwordProblem, type PasswordProblem } from './password-rule.ts';

export interface ListedAccount {
  email: string;
  name: string;
  role: 'learner' | 'author';
  isEmailVerified: boolean;
  createdAt: string;
}

export interface AccountAdmin {
  find(email: string): Promise<ListedAccount | null>;
  /** Those who see item statistics and reports. */
  listAuthors(): Promise<ListedAccount[]>;
  /**
   * Makes an account whose address counts as confirmed, since the operator says so.
   * @param password - Null: none yet; a link sets it.
   */
  create(email: string, password: string | null): Promise<PasswordProblem | 'no-address' | null>;
  /** @returns False when there is no such account. */
  setRole(email: string, role: ListedAccount['role']): Promise<boolean>;
  /** A link that sets a new password: once, within a day. Null when there is no such account. */
  makeResetLink(email: string, origin: string): Promise<string | null>;
}

const daySeconds = 24 * 60 * 60;

export function createAccountAdmin(
  parts: Pick<AuthParts, 'rows' | 'secret' | 'providers'>,
): AccountAdmin {
  const { rows } = parts;
  const auth = createAuth({
    ...parts,
    // Nothing of what is done here depends on where the site is seen.
    origin: 'http://localhost',
    mails: null,
    onSignIn: async () => {},
    log: () => {},
  });

  async function rowOf(email: string): Promise<AccountRow | null> {
    const [row] = await rows.select('accounts', { where: [emailIs(email)], limit: 1 });
    return row ?? null;
  }

  return {
    async find(email) {
      const row = await rowOf(email);
      return row && listed(row);
    },

    async listAuthors() {
      const found = await rows.select('accounts', {
        where: [{ column: 'role', operator: 'eq', value: 'author', connector: 'AND' }],
        limit: 1000,
        orderBy: { column: 'email', direction: 'asc' },
      });
      return found.map(listed);
    },

    async create(email, password) {
      if (!isAddress(email)) return 'no-address';
      const problem = password === null ? null : passwordProblem(password, email);
      if (problem) return problem;
      const { internalAdapter, password: hashing } = await auth.$context;
      const hash = password === null ? null : await hashing.hash(password);
      const user = await internalAdapter.createUser(
        {
          email,
          name: email.split('@')[0] ?? email,
          emailVerified: true,
          learnerId: newLearnerId(),
        },
        { method: 'admin' },
      );
      if (hash !== null && user) {
        await internalAdapter.createAccount({
          userId: user.id,
          providerId: 'credential',
          accountId: user.id,
          password: hash,
        });
      }
      return null;
    },

    async setRole(email, role) {
      const at = new Date().toISOString();
      const changed = await rows.update('accounts', [emailIs(email)], { role, updated_at: at });
      return changed.length > 0;
    },

    async makeResetLink(email, origin) {
      const row = await rowOf(email);
      if (!row) return null;
      const token = randomBytes(24).toString('base64url');
      const { internalAdapter } = await auth.$context;
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: String(row['id']),
        expiresAt: new Date(Date.now() + daySeconds * 1000),
      });
      return `${origin}/reset-password?token=${token}`;
    },
  };
}

function emailIs(email: string): RowCondition {
  return { column: 'email', operator: 'eq', value: email.toLowerCase(), connector: 'AND' };
}

function listed(row: AccountRow): ListedAccount {
  return {
    email: String(row['email']),
    name: String(row['name']),
    role: row['role'] === 'author' ? 'author' : 'learner',
    isEmailVerified: row['is_email_verified'] === 1,
    createdAt: String(row['created_at']),
  };
}
