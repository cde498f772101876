import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What is kept of a learner's account, for export; null when there is none. Nothing that lets anybody in. */
export async function selectOptionalAccount(db: Kysely<Database>, learnerId: string) {
  const account = await db
    .selectFrom('accounts')
    .select(['id', 'email', 'is_email_verified', 'name', 'role', 'created_at'])
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  if (account === undefined) return null;
  const sessions = await db
    .selectFrom('account_sessions')
    .select(['user_agent', 'created_at', 'updated_at'])
    .where('account_id', '=', account.id)
    .orderBy('created_at')
    .execute();
  const passkeys = await db
    .selectFrom('passkeys')
    .select(['name', 'created_at'])
    .where('account_id', '=', account.id)
    .orderBy('created_at')
    .execute();
  const credentials = await db
    .selectFrom('account_credentials')
    .select('provider')
    .where('account_id', '=', account.id)
    .orderBy('provider')
    .execute();
  return {
    email: account.email,
    isEmailVerified: account.is_email_verified === 1,
    name: account.name,
    role: account.role,
    createdAt: account.created_at,
    signsInBy: credentials.map(({ provider }) => provider),
    passkeys: passkeys.map((row) => ({ name: row.name, createdAt: row.created_at })),
    sessions: sessions.map((row) => ({
      userAgent: row.user_agent,
      startedAt: row.created_at,
      usedAt: row.updated_at,
    })),
  };
}
