import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Browser } from './account-browser.ts';
import { runAssay, tryPath } from './built-site.ts';
import { startMailServer } from './mail-server.ts';
import { startOidcProvider, type Fault, type Person } from './oidc-provider.ts';
import { servedSite } from './served-site.ts';

const password = 'three quiet herons';
const lesson = tryPath.replace(/\/try$/, '');
const socialSecret = 'a-secret-of-the-social-kind';

const provider = await startOidcProvider();
const mail = await startMailServer();

const oidc = {
  ASSAY_OIDC_URL: provider.issuer,
  ASSAY_OIDC_ID: provider.client.id,
  ASSAY_OIDC_SECRET: provider.client.secret,
  ASSAY_OIDC_NAME: 'Heron University',
};

const social = Object.fromEntries(
  ['GITHUB', 'GOOGLE', 'GITLAB'].flatMap((name) => [
    [`ASSAY_OAUTH_${name}_ID`, `assay-at-${name.toLowerCase()}`],
    [`ASSAY_OAUTH_${name}_SECRET`, socialSecret],
  ]),
);

afterAll(() => Promise.all([provider.stop(), mail.stop()]));

beforeEach(() => {
  provider.fault = null;
  provider.isTokenPlain = true;
});

let made = 0;

/** Somebody who has an account there, and none here. */
function newPerson(about: Partial<Person> = {}): Person & { email: string } {
  const sub = `heron-${(made += 1)}`;
  return { sub, email: `${sub}@assay.example`, email_verified: true, name: 'Ada Heron', ...about };
}

/** The page of this site that an answer leads to. */
function localTarget(response: Response): string {
  expect([302, 303]).toContain(response.status);
  const { pathname, search } = new URL(response.headers.get('location') ?? '', 'http://site');
  return `${pathname}${search}`;
}

/** Goes to the provider as this person. @returns Where it sends the browser back to. */
async function wayBack(browser: Browser, person: Person, to = '/'): Promise<string> {
  const out = await browser.get(`/sign-in/with/oidc?to=${encodeURIComponent(to)}`);
  expect(out.status, await out.text()).toBe(302);
  provider.person = person;
  const there = await fetch(out.headers.get('location') ?? '', { redirect: 'manual' });
  expect(there.status).toBe(302);
  const back = localTarget(there);
  expect(back).toMatch(/^\/auth\/callback\/oidc\?/);
  return back;
}

const signInAs = async (browser: Browser, person: Person, to = '/') =>
  browser.get(await wayBack(browser, person, to));

const isSignedIn = async (browser: Browser) => !(await browser.text('/')).includes('Sign in');

async function learn(browser: Browser, mode: string): Promise<void> {
  await browser.get('/');
  expect((await browser.post(`${lesson}?/done`, { mode })).status).toBe(303);
}

/** The modes that the lesson's page calls done. */
async function doneIn(browser: Browser): Promise<string[]> {
  const html = await (await browser.get(lesson)).text();
  return [...html.matchAll(/mode:"([\w-]+)"[^}]*?isDone:true/g)].map(([, mode = '']) => mode);
}

/** That the way has ended at the page to sign in, which says so, and that nobody is signed in. */
async function expectRefusal(browser: Browser, response: Response, sentence: string) {
  const page = localTarget(response);
  expect(page).toMatch(/^\/sign-in\?/);
  expect(await browser.text(page)).toContain(sentence);
  expect(browser.names().filter((name) => name.includes('session'))).toEqual([]);
  expect(await isSignedIn(browser)).toBe(false);
}

const sentences = {
  brokenOff: 'It was broken off there.',
  failed: 'Signing in there did not work.',
  lost: 'It took too long, or was not begun in this browser.',
  unreachable: 'We could not reach them just now.',
  notLinked: 'There is an account of this address already.',
  unconfirmed: 'This address is not confirmed yet.',
  noAddress: 'They told us no e-mail address',
  wrongPassword: 'This address and password do not belong together.',
};

describe('with providers, and no mail', () => {
  const served = servedSite({ ...oidc, ...social });
  const newBrowser = () => new Browser(served.site.url);
  let log = '';
  beforeAll(() => {
    const { stdout, stderr } = served.site.process;
    for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (log += String(chunk)));
  });

  const admin = (args: string[], input?: string) =>
    runAssay(['admin', ...args], served.dataDir, {}, input);

  test('a provider that is silent keeps nobody else out, and is asked again once it is back', async () => {
    const browser = newBrowser();
    provider.fault = 'silent';
    await browser.get('/');
    const signUp = { email: newPerson().email, password, to: '/' };
    expect((await browser.post('/sign-up', signUp)).status).toBe(303);
    expect(await isSignedIn(browser)).toBe(true);
    provider.fault = 'hangs up';
    const other = newBrowser();
    const path = `/sign-in/with/oidc?to=${encodeURIComponent(tryPath)}`;
    const refused = await other.get(path);
    await expectRefusal(other, refused, sentences.unreachable);
    expect(localTarget(refused)).toContain(`to=${encodeURIComponent(tryPath)}`);
    provider.fault = null;
    expect((await other.get(path)).headers.get('location')).toContain(`${provider.issuer}/`);
  });

  test('each has a link that keeps where one was', async () => {
    for (const page of ['/sign-in', '/sign-up']) {
      const html = await (await newBrowser().get(`${page}?to=/learn`)).text();
      const links = [...html.matchAll(/href="(\/sign-in\/with\/[^"]+)"[^>]*>([^<]+)</g)].map(
        ([, href, words]) => [href, words?.trim()],
      );
      expect(links).toEqual([
        ['/sign-in/with/github?to=%2Flearn', 'Go on with GitHub'],
        ['/sign-in/with/google?to=%2Flearn', 'Go on with Google'],
        ['/sign-in/with/gitlab?to=%2Flearn', 'Go on with GitLab'],
        ['/sign-in/with/oidc?to=%2Flearn', 'Go on with Heron University'],
      ]);
    }
  });

  test('signing in makes an account, brings along what was done, and leads back to where one was', async () => {
    const person = newPerson();
    const first = newBrowser();
    await learn(first, 'why');
    const done = await signInAs(first, person, `${tryPath}?x=1`);
    expect(done.headers.get('location')).toBe(`${served.site.url}${tryPath}?x=1`);
    expect(await isSignedIn(first)).toBe(true);
    expect(first.names()).toEqual(['assay.session_token']);
    expect(await doneIn(first)).toContain('why');
    const account = await (await first.get('/me/account')).text();
    expect(account).toContain(person.email);
    expect(account).toContain('Ada Heron');

    const second = newBrowser();
    await learn(second, 'deep-dive');
    await signInAs(second, { ...person, email: 'changed@assay.example' });
    for (const browser of [first, second]) {
      expect(await doneIn(browser)).toEqual(expect.arrayContaining(['why', 'deep-dive']));
    }
    expect(await (await second.get('/me/account')).text()).toContain(person.email);
  });

  test('an account is found again after signing out, and who is signed in is not sent away', async () => {
    const person = newPerson();
    const browser = newBrowser();
    await signInAs(browser, person);
    await learn(browser, 'why');
    expect(localTarget(await browser.get(`/sign-in/with/oidc?to=${tryPath}`))).toBe(tryPath);
    expect((await browser.post('/sign-out', {})).status).toBe(303);
    expect(await doneIn(browser)).toEqual([]);
    await signInAs(browser, person);
    expect(await doneIn(browser)).toContain('why');
  });

  test('what the token leaves out is asked for, and a name is made where there is none', async () => {
    provider.isTokenPlain = false;
    const { sub, email } = newPerson();
    const browser = newBrowser();
    await signInAs(browser, { sub, email, email_verified: true });
    expect(await isSignedIn(browser)).toBe(true);
    expect(await (await browser.get('/me/account')).text()).toContain(`value="${sub}"`);
  });

  test('without an e-mail address nobody is signed in', async () => {
    const nameless = newBrowser();
    const { sub } = newPerson();
    await expectRefusal(nameless, await signInAs(nameless, { sub }), sentences.noAddress);
    const odd = newBrowser();
    const person = newPerson({ email: 'heron@assay.example\r\nBcc: all@assay.example' });
    await expectRefusal(odd, await signInAs(odd, person), sentences.failed);
  });

  test('one goes on at this site, whatever was asked for', async () => {
    for (const to of [
      'https://elsewhere.example/',
      '//elsewhere.example',
      '/\\elsewhere.example',
      '/\t/elsewhere.example',
      '/..//elsewhere.example',
      '@elsewhere.example',
    ]) {
      const done = await signInAs(newBrowser(), newPerson(), to);
      expect(done.headers.get('location'), to).toBe(`${served.site.url}/`);
    }
  });

  describe('an address that has an account here', () => {
    async function withPassword(): Promise<{ browser: Browser; email: string }> {
      const { email } = newPerson();
      const browser = newBrowser();
      await learn(browser, 'why');
      const response = await browser.post('/sign-up', { email, password, to: '/' });
      expect(response.status).toBe(303);
      return { browser, email };
    }

    test('is not taken over by who only claims it there', async () => {
      const { email } = newPerson();
      expect((await admin([email], `${password}\n`)).code).toBe(0);
      for (const verified of [{ email_verified: false }, { email_verified: undefined }]) {
        const person = newPerson({ email, ...verified });
        const browser = newBrowser();
        await expectRefusal(browser, await signInAs(browser, person), sentences.notLinked);
      }
    });

    test('is not opened from there while nobody has confirmed it here', async () => {
      const { email } = await withPassword();
      const browser = newBrowser();
      const response = await signInAs(browser, newPerson({ email }));
      await expectRefusal(browser, response, sentences.notLinked);
    });

    test('is one account where both have confirmed it, whatever the case of its letters', async () => {
      const { email } = newPerson();
      expect((await admin([email], `${password}\n`)).code).toBe(0);
      const here = newBrowser();
      await here.post('/sign-in', { email, password, to: '/' });
      await learn(here, 'why');
      const there = newBrowser();
      await signInAs(there, newPerson({ email: email.toUpperCase() }));
      expect(await doneIn(there)).toContain('why');
      await learn(there, 'deep-dive');
      expect(await doneIn(here)).toContain('deep-dive');
    });

    test('has nothing left of who had only claimed it there, once its owner sets a password', async () => {
      const claimed = newPerson({ email_verified: false });
      const { email } = claimed;
      const thief = newBrowser();
      await signInAs(thief, claimed);
      expect(await isSignedIn(thief)).toBe(true);
      const { stdout } = await admin(['reset-link', email]);
      const token = new URL(stdout.trim()).searchParams.get('token') ?? '';
      expect((await newBrowser().post('/reset-password', { token, password })).status).toBe(303);
      expect(await isSignedIn(thief)).toBe(false);
      const again = newBrowser();
      await expectRefusal(again, await signInAs(again, claimed), sentences.notLinked);
      const owner = newBrowser();
      expect((await owner.post('/sign-in', { email, password, to: '/' })).status).toBe(303);
    });

    test('that was made from there has no password to guess, and cannot be signed up again', async () => {
      const person = newPerson();
      await signInAs(newBrowser(), person);
      const { email } = person;
      const browser = newBrowser();
      await browser.get('/');
      const guess = await browser.post('/sign-in', { email, password, to: '/' });
      expect([guess.status, await guess.text()]).toEqual([
        400,
        expect.stringContaining(sentences.wrongPassword),
      ]);
      expect((await browser.post('/sign-up', { email, password, to: '/' })).status).toBe(400);
      expect(await isSignedIn(browser)).toBe(false);
    });
  });

  describe('the way back', () => {
    const changed = (path: string, name: string, value: string | null) => {
      const url = new URL(path, 'http://site');
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
      return `${url.pathname}${url.search}`;
    };

    test.each([
      ['with a forged state', 'state', 'forged', sentences.lost],
      ['without a state', 'state', null, sentences.lost],
      ['with a wrong code', 'code', 'wrong', sentences.failed],
      ['without a code', 'code', null, sentences.failed],
    ])('%s ends at the page to sign in', async (_, name, value, sentence) => {
      const browser = newBrowser();
      const back = await wayBack(browser, newPerson());
      await expectRefusal(browser, await browser.get(changed(back, name, value)), sentence);
    });

    test('ends there in another browser, also in one that has begun a way of its own', async () => {
      const back = await wayBack(newBrowser(), newPerson());
      const bare = newBrowser();
      await expectRefusal(bare, await bare.get(back), sentences.lost);
      const busy = newBrowser();
      await wayBack(busy, newPerson());
      await expectRefusal(busy, await busy.get(back), sentences.lost);
    });

    test('is good for once, also where the cookie was kept', async () => {
      const browser = newBrowser();
      const back = await wayBack(browser, newPerson());
      const kept = new Map(browser.names().map((name) => [name, browser.cookie(name)]));
      await browser.get(back);
      expect(await isSignedIn(browser)).toBe(true);
      const copy = new Browser(served.site.url, served.site.url, kept);
      await expectRefusal(copy, await copy.get(back), sentences.lost);
    });

    test('ends there when it was broken off, says so, and keeps where one was', async () => {
      provider.fault = 'access denied';
      const browser = newBrowser();
      const refused = await signInAs(browser, newPerson(), tryPath);
      const page = localTarget(refused);
      await expectRefusal(browser, refused, sentences.brokenOff);
      expect(await browser.text(page)).not.toContain('They said no');
      const html = await (await browser.get(page)).text();
      expect(html).toContain(`name="to" value="${tryPath}"`);
    });

    test.each<[Fault, string]>([
      ['unknown client', sentences.failed],
      ['signed by another', sentences.failed],
      ['another nonce', sentences.failed],
      ['another client', sentences.failed],
      ['another issuer', sentences.failed],
      ['no user info', sentences.unreachable],
      ['hangs up', sentences.failed],
    ])('ends there with a provider’s fault: %s', async (fault, sentence) => {
      provider.isTokenPlain = fault !== 'no user info';
      const browser = newBrowser();
      const back = await wayBack(browser, newPerson());
      provider.fault = fault;
      // The fault is in what the code is exchanged for.
      await expectRefusal(browser, await browser.get(back), sentence);
    });
  });

  test.each([
    ['github', 'https://github.com/login/oauth/authorize', ['read:user', 'user:email']],
    ['google', 'https://accounts.google.com/o/oauth2/v2/auth', ['openid', 'email', 'profile']],
    ['gitlab', 'https://gitlab.com/oauth/authorize', ['read_user']],
    ['oidc', `${provider.issuer}/authorize`, ['openid', 'email', 'profile']],
  ])('the way to %s says who asks, for what, and where to come back', async (id, page, scopes) => {
    const response = await newBrowser().get(`/sign-in/with/${id}?to=/learn`);
    expect(response.status).toBe(302);
    const url = new URL(response.headers.get('location') ?? '');
    const asked = Object.fromEntries(url.searchParams);
    expect(`${url.origin}${url.pathname}`).toBe(page);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: id === 'oidc' ? provider.client.id : `assay-at-${id}`,
      redirect_uri: `${served.site.url}/auth/callback/${id}`,
    });
    expect(asked['scope']?.split(' ').sort()).toEqual([...scopes].sort());
    expect(asked['state']?.length).toBeGreaterThanOrEqual(32);
    const state = response.headers.getSetCookie().find((text) => text.startsWith('assay.state='));
    expect(state).toMatch(/HttpOnly/i);
    expect(state).toMatch(/SameSite=Lax/i);
    expect(url.href).not.toContain(id === 'oidc' ? provider.client.secret : socialSecret);
  });

  test('nothing that a provider hands out is kept, nor shown, nor written to the log, nor are secrets', async () => {
    const person = newPerson({ picture: 'https://elsewhere.example/face.png' });
    const browser = newBrowser();
    await signInAs(browser, person);
    const files = (await readdir(served.dataDir)).filter((name) =>
      name.startsWith('assay.sqlite3'),
    );
    const kept = await Promise.all(files.map((name) => readFile(join(served.dataDir, name))));
    const database = Buffer.concat(kept).toString('latin1');
    const pages = await Promise.all(
      ['/sign-in', '/sign-up', '/me/account', '/me'].map(async (path) => {
        const visitor = path.startsWith('/me') ? browser : newBrowser();
        return (await visitor.get(path)).text();
      }),
    );
    // They are the right places to look at; of a secret that is wrong, the operator reads in the log.
    expect(log).toContain('error=invalid_client');
    expect(database).toContain(person.email);
    expect(pages.join()).toContain(person.email);
    const secrets = [provider.client.secret, socialSecret, ...provider.handedOut];
    expect(secrets.length).toBeGreaterThan(6);
    for (const secret of [...secrets, 'face.png']) {
      expect(database.includes(secret), 'in the database').toBe(false);
      expect(pages.join().includes(secret), 'in a page').toBe(false);
      expect(log.includes(secret), 'in the log').toBe(false);
    }
  });
});

describe('where mails are sent', () => {
  const origin = 'http://127.0.0.1:3999';
  const served = servedSite({
    ...oidc,
    ORIGIN: origin,
    ASSAY_SMTP_URL: mail.url,
    ASSAY_MAIL_FROM: 'Assay <assay@assay.example>',
  });
  const newBrowser = () => new Browser(served.site.url, origin);

  /** The token of the link in the next mail to this address. */
  async function tokenFor(email: string, path: string): Promise<string> {
    const { text } = await mail.next(email);
    const token = new RegExp(`${origin}${path}\\?token=(\\S+)`).exec(text)?.[1];
    if (!token) throw new Error(`no link to ${path} in: ${text}`);
    return decodeURIComponent(token);
  }

  async function confirm(email: string): Promise<void> {
    const token = await tokenFor(email, '/verify-email');
    expect((await newBrowser().post('/verify-email', { token })).status).toBe(303);
  }

  test('the site is come back to under its own address', async () => {
    const browser = newBrowser();
    const out = await browser.get('/sign-in/with/oidc');
    const url = new URL(out.headers.get('location') ?? '');
    expect(url.searchParams.get('redirect_uri')).toBe(`${origin}/auth/callback/oidc`);
    const done = await signInAs(browser, newPerson(), tryPath);
    expect(done.headers.get('location')).toBe(`${origin}${tryPath}`);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('an address that the provider has not confirmed is confirmed by mail first', async () => {
    const person = newPerson({ email_verified: false });
    const browser = newBrowser();
    await learn(browser, 'why');
    await expectRefusal(browser, await signInAs(browser, person), sentences.unconfirmed);
    await confirm(person.email);
    await signInAs(browser, person);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await doneIn(browser)).toContain('why');
  });

  test('an account with a password is opened from there once its address is confirmed', async () => {
    const person = newPerson();
    const { email } = person;
    const first = newBrowser();
    await first.get('/');
    expect((await first.post('/sign-up', { email, password, to: '/' })).status).toBe(303);
    const browser = newBrowser();
    await expectRefusal(browser, await signInAs(browser, person), sentences.notLinked);
    await confirm(email);
    await learn(first, 'why');
    await first.post('/sign-in', { email, password, to: '/' });
    await signInAs(browser, person);
    expect(await doneIn(browser)).toContain('why');
  });

  test('who had only claimed the address there is out when its owner sets a password by mail', async () => {
    const claimed = newPerson({ email_verified: false });
    const { email } = claimed;
    const thief = newBrowser();
    await expectRefusal(thief, await signInAs(thief, claimed), sentences.unconfirmed);
    await tokenFor(email, '/verify-email');
    await newBrowser().post('/forgot-password', { email });
    const token = await tokenFor(email, '/reset-password');
    expect((await newBrowser().post('/reset-password', { token, password })).status).toBe(303);
    await expectRefusal(thief, await signInAs(thief, claimed), sentences.notLinked);
    const owner = newBrowser();
    expect((await owner.post('/sign-in', { email, password, to: '/' })).status).toBe(303);
  });
});
