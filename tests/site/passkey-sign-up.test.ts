import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from './account-browser.ts';
import { makeDataDir, prepareSite, removeDataDir, startSite, type Site } from './built-site.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { servedSite } from './served-site.ts';
import { SoftPasskey } from './soft-passkey.ts';

const password = 'three quiet herons';

let made = 0;
const newAddress = () => `newcomer${(made += 1)}@assay.example`;

const path = '/passkeys/sign-up';

async function challengeFor(browser: Browser, email: string): Promise<{ challenge: string }> {
  const response = await browser.json('POST', path, { email });
  expect(response.status, email).toBe(200);
  return (await response.json()) as { challenge: string };
}

const bring = (browser: Browser, response: unknown) =>
  browser.json('PUT', path, { response, name: 'Heron' });

async function signIn(browser: Browser, passkey: SoftPasskey): Promise<Response> {
  const asked = await (await browser.json('POST', '/passkeys/sign-in', {})).json();
  return browser.json('PUT', '/passkeys/sign-in', {
    response: passkey.signIn(asked as { challenge: string }),
  });
}

const isSignedIn = async (browser: Browser) => !(await browser.text('/')).includes('Sign in');

describe('without mail', () => {
  const served = servedSite();
  const newBrowser = () => new Browser(served.site.url);
  const newPasskey = (id?: Buffer) => new SoftPasskey(served.site.url, id);

  async function signUp(email = newAddress()) {
    const [browser, passkey] = [newBrowser(), newPasskey()];
    const response = await bring(browser, passkey.register(await challengeFor(browser, email)));
    expect(response.status, await response.text()).toBe(204);
    return { browser, passkey, email };
  }

  test('a passkey makes an account, is signed in at once, and signs in elsewhere', async () => {
    const { browser, passkey, email } = await signUp();
    expect(await isSignedIn(browser)).toBe(true);
    expect(await browser.text('/me/account')).toContain(email);
    const elsewhere = newBrowser();
    expect((await signIn(elsewhere, passkey)).status).toBe(204);
    expect(await elsewhere.text('/me/account')).toContain(email);
  });

  test('a challenge alone makes no account', async () => {
    const email = newAddress();
    await challengeFor(newBrowser(), email);
    await signUp(email);
  });

  test('an answer counts once', async () => {
    const [browser, email] = [newBrowser(), newAddress()];
    const asked = await challengeFor(browser, email);
    // Of a browser that kept its challenge's cookie.
    const kept = browser.cookie('assay.passkey_sign_up');
    const answer = newPasskey().register(asked);
    expect((await bring(browser, answer)).status).toBe(204);
    const copy = new Browser(
      served.site.url,
      served.site.url,
      new Map([['assay.passkey_sign_up', kept]]),
    );
    expect((await bring(copy, answer)).status).toBe(400);
    expect((await bring(copy, newPasskey().register(asked))).status).toBe(400);
    expect(await isSignedIn(copy)).toBe(false);
  });

  test('an answer to another browser’s challenge makes no account', async () => {
    const [one, other, email] = [newBrowser(), newBrowser(), newAddress()];
    const asked = await challengeFor(one, email);
    await challengeFor(other, email);
    const answer = newPasskey().register(asked);
    expect((await bring(other, answer)).status).toBe(400);
    expect((await bring(newBrowser(), answer)).status).toBe(400);
    expect(await isSignedIn(other)).toBe(false);
    expect((await bring(one, answer)).status).toBe(204);
  });

  test('an answer for another site, or that is none at all, makes no account', async () => {
    const email = newAddress();
    for (const answerTo of [
      (asked: { challenge: string }) => new SoftPasskey('http://elsewhere.example').register(asked),
      (asked: { challenge: string }) => newPasskey().signIn(asked),
      () => null,
      () => 'text',
      () => ({ id: 'x', response: {} }),
    ]) {
      const browser = newBrowser();
      const asked = await challengeFor(browser, email);
      expect((await bring(browser, answerTo(asked))).status).toBe(400);
      expect(await isSignedIn(browser)).toBe(false);
    }
    await signUp(email);
  });

  test('a challenge for one thing is none for another', async () => {
    const { browser } = await signUp();
    const adding = await browser.json('POST', '/passkeys/add', {});
    const answer = newPasskey().register((await adding.json()) as { challenge: string });
    expect((await bring(browser, answer)).status).toBe(400);
    const another = newPasskey().register(await challengeFor(browser, newAddress()));
    expect((await browser.json('PUT', '/passkeys/add', { response: another })).status).toBe(400);
  });

  test('a passkey of one account makes no other', async () => {
    const first = await signUp();
    const browser = newBrowser();
    const asked = await challengeFor(browser, newAddress());
    expect((await bring(browser, newPasskey(first.passkey.id).register(asked))).status).toBe(400);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await signIn(newBrowser(), first.passkey)).status).toBe(204);
  });

  test('a taken address is said to be taken, before a passkey is made and after', async () => {
    const [browser, email] = [newBrowser(), newAddress()];
    const asked = await challengeFor(browser, email);
    await signUp(email.toUpperCase());
    const late = await bring(browser, newPasskey().register(asked));
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining('taken')]);
    const again = await newBrowser().json('POST', path, { email });
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('taken')]);
  });

  test('what is no address is refused', async () => {
    for (const email of ['heron', 'a@b', 7, undefined]) {
      const response = await newBrowser().json('POST', path, { email });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('no-address');
    }
  });

  test('a page of another site makes no account', async () => {
    const browser = newBrowser().from('https://elsewhere.example');
    expect((await browser.json('POST', path, { email: newAddress() })).status).toBe(403);
  });

  test('whoever signed in days ago sets no first password', async () => {
    const { browser } = await signUp();
    const [token = ''] = browser.cookie('assay.session_token').split('.');
    const database = new DatabaseSync(join(served.dataDir, 'assay.sqlite3'), { timeout: 10_000 });
    try {
      const at = new Date(Date.now() - 25 * 60 * 60_000).toISOString();
      const change = database.prepare('update account_sessions set created_at = ? where token = ?');
      expect(change.run(at, token).changes).toBe(1);
    } finally {
      database.close();
    }
    const response = await browser.post('/me/account?/firstPassword', { password });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('more than a day ago');
    expect(await browser.text('/me/account')).toContain('You have none');
  });

  test('the last passkey stays until a password is set, and that asks for no other one', async () => {
    const { browser, email } = await signUp();
    const html = await (await browser.get('/me/account')).text();
    expect(html).not.toContain('name="current"');
    const [, passkey = ''] = /name="passkey" value="([^"]+)"/.exec(html) ?? [];
    const remove = () => browser.post('/me/account?/removePasskey', { passkey });
    const refused = await remove();
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('could not sign in any more');
    const set = (secret: string) =>
      browser.post('/me/account?/firstPassword', { password: secret });
    expect((await set('short')).status).toBe(400);
    expect((await set(password)).status).toBe(303);
    expect((await set('four loud herons')).status).toBe(400);
    expect((await remove()).status).toBe(303);
    const elsewhere = newBrowser();
    await elsewhere.post('/sign-in', { email, password, to: '/' });
    expect(await isSignedIn(elsewhere)).toBe(true);
  });
});

describe('with mail', () => {
  const origin = 'https://assay.example';
  let mail: MailServer;
  let dataDir: string;
  let site: Site;

  beforeAll(async () => {
    mail = await startMailServer();
    dataDir = await makeDataDir();
    const env = {
      ORIGIN: origin,
      ASSAY_SMTP_URL: mail.url,
      ASSAY_MAIL_FROM: 'Assay <assay@assay.example>',
      // What accounts count for themselves goes on.
      ASSAY_RATE_LIMIT_FACTOR: '0',
    };
    await prepareSite(dataDir, env);
    site = await startSite(dataDir, env);
  });

  afterAll(async () => {
    await site.stop();
    await mail.stop();
    await removeDataDir(dataDir);
  });

  const newBrowser = () => new Browser(site.url, origin);

  async function signUp(email: string) {
    const [browser, passkey] = [newBrowser(), new SoftPasskey(origin)];
    const asked = await browser.json('POST', path, { email });
    const options = (await asked.json()) as { challenge: string };
    const answer = await bring(browser, passkey.register(options));
    return { browser, passkey, asked, options, answer };
  }

  async function tokenFor(email: string, page: string): Promise<string> {
    const { text } = await mail.next(email);
    const token = new RegExp(`${origin}${page}\\?token=(\\S+)`).exec(text)?.[1];
    if (!token) throw new Error(`no link to ${page} in: ${text}`);
    return decodeURIComponent(token);
  }

  const confirm = async (email: string) =>
    newBrowser().post('/verify-email', { token: await tokenFor(email, '/verify-email') });

  test('a passkey signs in once the address is confirmed, and not before', async () => {
    const email = newAddress();
    const { browser, passkey, answer } = await signUp(email);
    expect(answer.status).toBe(204);
    expect(await isSignedIn(browser)).toBe(false);
    expect((await signIn(browser, passkey)).status).toBe(400);
    // One mail of signing up, another one of signing in.
    await tokenFor(email, '/verify-email');
    expect((await confirm(email)).status).toBe(303);
    expect((await signIn(browser, passkey)).status).toBe(204);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('nobody is told whether an address has an account, not even by signing in with what they signed up with', async () => {
    const taken = newAddress();
    await signUp(taken);
    expect((await confirm(taken)).status).toBe(303);
    const told = async (email: string) => {
      const { browser, passkey, asked, options, answer } = await signUp(email);
      const into = await signIn(browser, passkey);
      return {
        asked: [asked.status, headersOf(asked), Object.keys(options).sort()],
        options: JSON.stringify({ ...options, challenge: '', user: '' }),
        answer: [answer.status, headersOf(answer), await answer.text()],
        into: [into.status, headersOf(into), await into.text()],
        cookies: browser.names(),
      };
    };
    expect(await told(taken)).toEqual(await told(newAddress()));
    expect((await mail.next(taken)).text).toContain('You have an account already');
  });

  test('a link sets a first password; of an account that was not confirmed, the passkey goes', async () => {
    const [confirmed, unconfirmed] = [newAddress(), newAddress()];
    const [one, other] = [await signUp(confirmed), await signUp(unconfirmed)];
    await confirm(confirmed);
    await tokenFor(unconfirmed, '/verify-email');
    for (const email of [confirmed, unconfirmed]) {
      await newBrowser().post('/forgot-password', { email });
      const token = await tokenFor(email, '/reset-password');
      expect((await newBrowser().post('/reset-password', { token, password })).status).toBe(303);
      const browser = newBrowser();
      await browser.post('/sign-in', { email, password, to: '/' });
      expect(await isSignedIn(browser)).toBe(true);
    }
    expect((await signIn(newBrowser(), one.passkey)).status).toBe(204);
    expect((await signIn(newBrowser(), other.passkey)).status).toBe(400);
  });

  test('an address is asked for ten times in an hour, taken or not; then no mail goes to it', async () => {
    const [taken, free] = [newAddress(), newAddress()];
    await signUp(taken);
    const statuses = async (email: string, times: number) => {
      const found: number[] = [];
      for (let n = 0; n < times; n += 1) {
        found.push((await newBrowser().json('POST', path, { email })).status);
      }
      return found;
    };
    const ten = Array.from({ length: 9 }, () => 200);
    expect(await statuses(taken, 10)).toEqual([...ten, 429]);
    expect(await statuses(free, 11)).toEqual([200, ...ten, 429]);
  });

  test('thirty sign-ups are begun in an hour from one place, by passkey or password', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      statuses.push((await newBrowser().json('POST', path, { email: newAddress() })).status);
    }
    expect(statuses.at(-1)).toBe(429);
    const form = { email: newAddress(), password, to: '/' };
    expect((await newBrowser().post('/sign-up', form)).status).toBe(429);
  });

  /** What may differ from one answer to the next is left out. */
  const headersOf = (response: Response) =>
    [...response.headers]
      .filter(([name]) => !['date', 'set-cookie', 'etag'].includes(name))
      .map(([name, value]) => `${name}: ${value.replaceAll(/nonce-[\w+/=]+/g, 'nonce')}`);
});
