/** The tables of accounts, as SQL names them. Times are ISO text; what is true or false is 1 or 0. */

export interface AccountTables {
  accounts: AccountsTable;
  account_sessions: AccountSessionsTable;
  account_credentials: AccountCredentialsTable;
  passkeys: PasskeysTable;
  verifications: VerificationsTable;
}

interface AccountsTable {
  id: string;
  /** Whose work the account holds. */
  learner_id: string;
  /** In lower case. */
  email: string;
  is_email_verified: number;
  name: string;
  image: string | null;
  role: 'learner' | 'author';
  created_at: string;
  updated_at: string;
}

/** Where somebody is signed in. */
interface AccountSessionsTable {
  id: string;
  account_id: string;
  token: string;
  expires_at: string;
  /** Always empty: no address of a visitor is kept. */
  ip_address: string | null;
  user_agent: string | null;
  created_at: string;
  updated_at: string;
}

/** A password (provider `credential`), or an account elsewhere. */
interface AccountCredentialsTable {
  id: string;
  account_id: string;
  provider: string;
  provider_account_id: string;
  password_hash: string | null;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: string | null;
  refresh_token_expires_at: string | null;
  scope: string | null;
  created_at: string;
  updated_at: string;
}

interface PasskeysTable {
  id: string;
  account_id: string;
  name: string | null;
  credential_id: string;
  public_key: string;
  counter: number;
  device_type: string;
  is_backed_up: number;
  transports: string | null;
  aaguid: string | null;
  created_at: string | null;
}

/** What is good for one use and for a while: a link of a mail, a challenge, the state of a way to a provider. */
interface VerificationsTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: string;
  created_at: string;
  updated_at: string;
}
