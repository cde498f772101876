import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuth } from '#lib/server/auth/create-auth.ts';
import { oauthProviders } from '#lib/server/auth/providers.ts';
import type { AccountRow, RowCondition, Store } from '#lib/server/store/port.ts';
import { engines, type Place } from './store-engines.ts';

const at = '2026-11-26T06:00:00.000Z';
const password = 'three quiet herons';

const is = (column: string, value: RowCondition['value']): RowCondition => ({
  ...{ column, operator: 'eq', value, connector: 'AND' },
});

const newAccount = (change: AccountRow = {}): AccountRow => ({
  ...{ id: randomUUID(), learner_id: randomUUID(), email: `${randomUUID()}@assay.example` },
  ...{ is_email_verified: 0, name: 'Ada', image: null, role: 'learner' },
  ...{ created_at: at, updated_at: at, ...change },
});

const newToken = (change: AccountRow = {}): AccountRow => ({
  ...{ id: randomUUID(), identifier: 'reset', value: 'somebody', expires_at: at },
  ...{ created_at: at, updated_at: at, ...change },
});

describe.each(engines)('accounts in $name', (engine) => {
  let place: Place;
  let store: Store;

  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    place = await engine.newPlace();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const authOn = () =>
    createAuth({
      rows: store.accounts,
      secret: 'a secret of thirty-two characters',
      origin: 'http://localhost:3000',
      mails: null,
      providers: oauthProviders(
        { social: { github: null, google: null, gitlab: null }, oidc: null },
        false,
      ),
      onSignIn: async () => {},
      log: () => {},
    });

  const signUp = (email: string) =>
    authOn().api.signUpEmail({ body: { email, name: 'Ada', password }, headers: new Headers() });

  it('makes the learner of an account with it', async () => {
    const account = await store.accounts.insert('accounts', newAccount());
    expect(await store.exportLearner(String(account['learner_id']))).not.toBeNull();
  });

  it('has one account of an address, and one of a learner', async () => {
    const first = await store.accounts.insert('accounts', newAccount());
    for (const same of ['email', 'learner_id']) {
      const second = newAccount({ [same]: first[same] });
      await expect(store.accounts.insert('accounts', second), same).rejects.toThrow();
    }
    expect(await store.accounts.count('accounts', [])).toBe(1);
  });

  it('finds rows by every kind of condition', async () => {
    for (const [identifier, value] of [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ] as const) {
      await store.accounts.insert('verifications', newToken({ identifier, value }));
    }
    const found = async (...where: Partial<RowCondition>[]) => {
      const rows = await store.accounts.select('verifications', {
        where: where.map((condition) => ({ ...is('identifier', ''), ...condition })),
        limit: 10,
        orderBy: { column: 'identifier', direction: 'asc' },
      });
      return rows.map((row) => row['identifier']).join('');
    };
    expect(await found()).toBe('abc');
    expect(await found({ value: 'b' })).toBe('b');
    expect(await found({ operator: 'ne', value: 'b' })).toBe('ac');
    expect(await found({ operator: 'gt', value: 'b' })).toBe('c');
    expect(await found({ operator: 'lte', value: 'b' })).toBe('ab');
    expect(await found({ operator: 'in', value: ['a', 'c'] })).toBe('ac');
    expect(await found({ operator: 'in', value: [] })).toBe('');
    expect(await found({ operator: 'not_in', value: ['a'] })).toBe('bc');
    expect(await found({ operator: 'not_in', value: [] })).toBe('abc');
    expect(await found({ value: null })).toBe('');
    expect(await found({ operator: 'ne', value: null })).toBe('abc');
    expect(await found({ value: 'a' }, { column: 'value', value: '2' })).toBe('');
    const either = { connector: 'OR' as const };
    expect(await found({ value: 'a', ...either }, { value: 'c', ...either })).toBe('ac');
  });

  const passkeyOf = (accountId: string, credentialId: string = randomUUID()) => ({
    ...{ id: randomUUID(), account_id: accountId, name: null, credential_id: credentialId },
    ...{ public_key: 'p', counter: 0, device_type: 'singleDevice', is_backed_up: 0 },
    ...{ transports: null, aaguid: null, created_at: at },
  });

  it('makes an account with its passkey, or none of them', async () => {
    const { accounts } = store;
    const make = (email: string, credentialId: string) => {
      const account = newAccount({ email }) as unknown as Parameters<
        typeof accounts.insertWithPasskey
      >[0];
      return accounts.insertWithPasskey(account, passkeyOf(account.id, credentialId));
    };
    const once = await Promise.all(
      Array.from({ length: 4 }, (_, n) => make('ada@assay.example', `key ${n}`)),
    );
    expect(once.toSorted()).toEqual(['made', 'taken', 'taken', 'taken']);
    const [key] = await accounts.select('passkeys', { where: [], limit: 1 });
    const same = String(key?.['credential_id']);
    expect(await make('grace@assay.example', same)).toBe('known-passkey');
    expect(await make('ada@assay.example', same)).toBe('known-passkey');
    for (const table of ['accounts', 'passkeys'] as const) {
      expect(await accounts.count(table, []), table).toBe(1);
    }
    expect(await place.query('select id from learners')).toHaveLength(1);
  });

  it('keeps the last way in: of two passkeys that are deleted at once, one stays', async () => {
    const { accounts } = store;
    const [account, other] = [
      await accounts.insert('accounts', newAccount()),
      await accounts.insert('accounts', newAccount()),
    ];
    const id = String(account['id']);
    const keys = [passkeyOf(id), passkeyOf(id)];
    for (const key of [...keys, passkeyOf(String(other['id']))]) {
      await accounts.insert('passkeys', key);
    }
    const remove = (key: { id: string } | undefined) =>
      accounts.deletePasskey(id, String(key?.id), ['github']);
    expect((await Promise.all(keys.map(remove))).toSorted()).toEqual([false, true]);
    const [last] = await accounts.select('passkeys', { where: [is('account_id', id)], limit: 2 });
    const lastKey = { id: String(last?.['id']) };
    const credential = {
      ...{ id: randomUUID(), account_id: id, provider: 'gitlab', provider_account_id: 'ada' },
      ...{ password_hash: null, created_at: at, updated_at: at },
    };
    await accounts.insert('account_credentials', credential);
    // Where nobody can sign in with it any more, an account elsewhere is no way in.
    expect(await remove(lastKey)).toBe(false);
    const ofIt = [is('id', credential.id)];
    await accounts.update('account_credentials', ofIt, { provider: 'github' });
    expect(await remove(lastKey)).toBe(true);
    expect(await accounts.count('passkeys', [])).toBe(1);
  });

  it('gives what is good for one use to one asker only', async () => {
    const token = await store.accounts.insert('verifications', newToken());
    const where = [is('id', String(token['id']))];
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => store.accounts.take('verifications', where)),
    );
    expect(taken.filter((row) => row !== null)).toEqual([token]);
  });

  it('deletes an account, with all that hangs on it, when its learner is deleted', async () => {
    await signUp('ada@assay.example');
    const [account] = await store.accounts.select('accounts', { where: [], limit: 1 });
    expect(await store.accounts.count('account_sessions', [])).toBe(1);
    await store.accounts.insert('passkeys', {
      ...{ id: 'key', account_id: account?.['id'], credential_id: 'c', public_key: 'p' },
      ...{ counter: 0, device_type: 'singleDevice', is_backed_up: 0, created_at: at },
    });
    await store.deleteLearner(String(account?.['learner_id']));
    for (const table of [
      'accounts',
      'account_sessions',
      'account_credentials',
      'passkeys',
    ] as const)
      expect(await store.accounts.count(table, []), table).toBe(0);
  });

  it('exports what is kept of an account to its learner, and nothing that lets anybody in', async () => {
    await signUp('ada@assay.example');
    const [account] = await store.accounts.select('accounts', { where: [], limit: 1 });
    const kept = await store.exportLearner(String(account?.['learner_id']));
    expect(kept?.['account']).toMatchObject({
      ...{ email: 'ada@assay.example', role: 'learner', signsInBy: ['credential'] },
    });
    const [session] = await place.query('select token from account_sessions');
    const [credential] = await place.query('select password_hash from account_credentials');
    for (const secret of [session?.['token'], credential?.['password_hash']]) {
      expect(JSON.stringify(kept)).not.toContain(String(secret));
    }
  });

  it('keeps times as ISO text, truth as a number, and no address of a visitor', async () => {
    await signUp('Ada@Assay.example');
    const [account] = await place.query('select * from accounts');
    expect(account).toMatchObject({
      email: 'ada@assay.example',
      is_email_verified: 0,
      role: 'learner',
      learner_id: expect.stringMatching(/^account-[0-9a-f-]{36}$/) as unknown,
    });
    expect(account?.['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const [session] = await place.query('select * from account_sessions');
    expect(session?.['ip_address']).toBe('');
    expect(session?.['expires_at']).toMatch(/Z$/);
  });

  it('keeps a password as a slow hash, and takes it for the password only', async () => {
    await signUp('ada@assay.example');
    const [credential] = await place.query('select * from account_credentials');
    expect(credential?.['password_hash']).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    const signIn = (tried: string) =>
      authOn().api.signInEmail({
        body: { email: 'ada@assay.example', password: tried },
        headers: new Headers(),
      });
    await expect(signIn('three quiet heron')).rejects.toThrow(/Invalid email or password/);
    expect((await signIn(password)).user.email).toBe('ada@assay.example');
  });

  it('knows a session by its cookie until it is deleted, from that moment on no more', async () => {
    const { headers } = await authOn().api.signUpEmail({
      body: { email: 'ada@assay.example', name: 'Ada', password },
      headers: new Headers(),
      returnHeaders: true,
    });
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const known = () => authOn().api.getSession({ headers: new Headers({ cookie }) });
    expect((await known())?.user.email).toBe('ada@assay.example');
    expect(await store.accounts.delete('account_sessions', [])).toBe(1);
    expect(await known()).toBeNull();
  });
});
