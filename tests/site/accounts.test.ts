import { describe, expect, test } from 'vitest';
import { Browser } from './account-browser.ts';
import { runAssay, tryPath } from './built-site.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();
const password = 'three quiet herons';

let made = 0;
const newAddress = () => `learner${(made += 1)}@assay.example`;

const newBrowser = () => new Browser(served.site.url);

async function signUp(browser: Browser, email = newAddress()): Promise<string> {
  await browser.get('/');
  const response = await browser.post('/sign-up', { email, password, to: '/' });
  expect(response.status, await response.text()).toBe(303);
  return email;
}

const signIn = (browser: Browser, email: string, secret = password, to = '/') =>
  browser.post('/sign-in', { email, password: secret, to });

const isSignedIn = async (browser: Browser) => !(await browser.text('/')).includes('Sign in');

const lesson = tryPath.replace(/\/try$/, '');

async function learn(browser: Browser, mode: string): Promise<void> {
  await browser.get('/');
  expect((await browser.post(`${lesson}?/done`, { mode })).status).toBe(303);
}

/** The modes that the lesson's page calls done. */
async function doneIn(browser: Browser): Promise<string[]> {
  const html = await (await browser.get(lesson)).text();
  return [...html.matchAll(/mode:"([\w-]+)"[^}]*?isDone:true/g)].map(([, mode = '']) => mode);
}

test('signing up keeps all that was done in this browser', async () => {
  const browser = newBrowser();
  await learn(browser, 'why');
  await signUp(browser);
  expect(await isSignedIn(browser)).toBe(true);
  expect(await doneIn(browser)).toContain('why');
});

test('signing in elsewhere brings along what was done there, and shows what was done before', async () => {
  const first = newBrowser();
  await learn(first, 'why');
  const email = await signUp(first);
  const second = newBrowser();
  await learn(second, 'deep-dive');
  expect((await signIn(second, email)).status).toBe(303);
  for (const browser of [first, second]) {
    expect(await doneIn(browser)).toContain('why');
    expect(await doneIn(browser)).toContain('deep-dive');
  }
});

test('after signing out a browser is a new learner, and what the account holds stays there', async () => {
  const browser = newBrowser();
  await learn(browser, 'why');
  const email = await signUp(browser);
  expect((await browser.post('/sign-out', {})).status).toBe(303);
  expect(await isSignedIn(browser)).toBe(false);
  expect(await doneIn(browser)).toEqual([]);
  await signIn(browser, email);
  expect(await doneIn(browser)).toContain('why');
});

test('the cookie of a session is for this site and no script, and takes the place of the learner’s', async () => {
  const browser = newBrowser();
  await browser.get('/');
  const response = await browser.post('/sign-up', { email: newAddress(), password, to: '/' });
  const [session] = response.headers.getSetCookie().filter((text) => text.startsWith('assay.'));
  expect(session).toMatch(/^assay\.session_token=/);
  expect(session).toMatch(/HttpOnly/i);
  expect(session).toMatch(/SameSite=Lax/i);
  expect(session).toMatch(/Max-Age=2592000/i);
  await browser.get('/');
  expect(browser.names()).toEqual(['assay.session_token']);
});

describe('behind a proxy that speaks https', () => {
  const secure = servedSite({ ORIGIN: 'https://assay.example' });

  test('cookies are sent over https only', async () => {
    const browser = new Browser(secure.site.url, 'https://assay.example');
    await browser.get('/');
    const response = await browser.post('/sign-up', { email: newAddress(), password, to: '/' });
    const [session] = response.headers.getSetCookie().filter((text) => text.includes('assay.'));
    expect(session).toMatch(/^__Secure-assay\.session_token=/);
    expect(session).toMatch(/Secure/);
    expect(await browser.text('/')).not.toContain('Sign in');
  });
});

test('a form of another site signs nobody in, up or out', async () => {
  const browser = newBrowser();
  const email = await signUp(browser);
  const foreign = browser.from('https://elsewhere.example');
  for (const [path, fields] of [
    ['/sign-in', { email, password, to: '/' }],
    ['/sign-up', { email: newAddress(), password, to: '/' }],
    ['/sign-out', {}],
  ] as const) {
    expect((await foreign.post(path, fields)).status, path).toBe(403);
  }
  expect(await isSignedIn(browser)).toBe(true);
});

test('one goes on where one was, and never at another site', async () => {
  const email = await signUp(newBrowser());
  const goesTo = async (to: string) =>
    (await signIn(newBrowser(), email, password, to)).headers.get('location');
  expect(await goesTo(`${tryPath}?x=1`)).toBe(`${tryPath}?x=1`);
  for (const to of [
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/..//elsewhere.example',
    'javascript:alert(1)',
    'elsewhere',
    '',
  ]) {
    expect(await goesTo(to), to).toBe('/');
  }
  const linked = await newBrowser().text(
    `/sign-in?to=${encodeURIComponent('//elsewhere.example')}`,
  );
  expect(linked).not.toContain('elsewhere');
});

test('an unknown address and a wrong password look the same', async () => {
  const email = await signUp(newBrowser());
  const answerTo = async (address: string) => {
    const response = await signIn(newBrowser(), address, 'not the password');
    return { status: response.status, body: plain(await response.text(), address) };
  };
  const wrong = await answerTo(email);
  expect(wrong.status).toBe(400);
  expect(wrong.body).toContain('do not belong together');
  expect(await answerTo(newAddress())).toEqual(wrong);
});

/** A page without what differs from one request to the next. */
function plain(html: string, address: string): string {
  return html
    .replaceAll(address, 'ADDRESS')
    .replaceAll(/nonce="[^"]*"|nonce-[\w+/=]+/g, '')
    .replaceAll(/__sveltekit_\w+/g, '');
}

test('passwords that are short or known to everybody are refused, and one is told why', async () => {
  const browser = newBrowser();
  await browser.get('/');
  const refusal = async (secret: string) => {
    const fields = { email: 'heron@assay.example', password: secret, to: '/' };
    const response = await browser.post('/sign-up', fields);
    expect(response.status).toBe(400);
    return response.text();
  };
  expect(await refusal('short')).toContain('too short');
  expect(await refusal('Password1234')).toContain('one of the first');
  expect(await refusal('a'.repeat(129))).toContain('too long');
  expect(await isSignedIn(browser)).toBe(false);
});

test('an address is tried ten times in ten minutes, then not even the right password counts', async () => {
  const email = await signUp(newBrowser());
  const statuses: number[] = [];
  for (let tries = 0; tries < 10; tries += 1) {
    statuses.push((await signIn(newBrowser(), email, 'not the password')).status);
  }
  expect(new Set(statuses)).toEqual(new Set([400]));
  expect((await signIn(newBrowser(), email)).status).toBe(429);
});

describe('assay admin', () => {
  const admin = (...args: string[]) => runAssay(['admin', ...args], served.dataDir);

  test('makes, lists and unmakes authors while the site runs', async () => {
    const browser = newBrowser();
    const email = await signUp(browser);
    expect((await admin('list')).stdout).not.toContain(email);
    const made = await admin(email);
    expect([made.code, made.stdout]).toEqual([0, `${email} is an author.\n`]);
    expect(made.stderr).toContain('nobody has confirmed');
    expect((await admin('list')).stdout).toContain(email);
    expect((await admin('remove', email)).code).toBe(0);
    expect((await admin('list')).stdout).not.toContain(email);
  });

  test('makes the account where there is none, with a password from standard input', async () => {
    const email = newAddress();
    const made = await runAssay(['admin', email], served.dataDir, {}, `${password}\n`);
    expect([made.code, made.stdout, made.stderr]).toEqual([0, `${email} is an author.\n`, '']);
    const browser = newBrowser();
    expect((await signIn(browser, email)).status).toBe(303);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('says what is wrong, with whom and with what', async () => {
    for (const [args, told] of [
      [['remove', 'nobody@assay.example'], 'no account of nobody@assay.example'],
      [['reset-link', 'nobody@assay.example'], 'no account of nobody@assay.example'],
      [['not-an-address', '--link'], 'not-an-address is no e-mail address'],
      [[], 'Say whose account'],
    ] as const) {
      const { code, stderr } = await admin(...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
    }
  });
});

describe('where one is signed in', () => {
  const sessionsOf = async (browser: Browser) =>
    [
      ...(await (await browser.get('/me/account')).text()).matchAll(
        /name="session" value="([^"]+)"/g,
      ),
    ].map(([, id = '']) => id);

  test('is listed without what a session is signed in by, and one that is ended is out at once', async () => {
    const here = newBrowser();
    const email = await signUp(here);
    const there = newBrowser();
    await signIn(there, email);
    const page = await (await here.get('/me/account')).text();
    expect(page).toContain('Firefox on Linux');
    const [token = ''] = there.cookie('assay.session_token').split('.');
    expect(token).toHaveLength(32);
    expect(page).not.toContain(token);
    const [other = ''] = await sessionsOf(here);
    expect((await here.post('/me/account?/end', { session: other })).status).toBe(303);
    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
    expect(await sessionsOf(here)).toEqual([]);
  });

  test('nobody ends a session of another account', async () => {
    const [one, other] = [newBrowser(), newBrowser()];
    const email = await signUp(one);
    const second = newBrowser();
    await signIn(second, email);
    const [session = ''] = await sessionsOf(one);
    await signUp(other);
    await other.post('/me/account?/end', { session });
    expect(await isSignedIn(second)).toBe(true);
  });

  test('a changed password signs all others out', async () => {
    const here = newBrowser();
    const email = await signUp(here);
    const there = newBrowser();
    await signIn(there, email);
    const change = (current: string) =>
      here.post('/me/account?/password', { current, password: 'four loud herons' });
    expect((await change('not the password')).status).toBe(400);
    expect((await change(password)).status).toBe(303);
    expect(await isSignedIn(there)).toBe(false);
    expect(await isSignedIn(here)).toBe(true);
    expect((await signIn(newBrowser(), email)).status).toBe(400);
  });

  test('the page of an account is for who is signed in', async () => {
    const response = await newBrowser().get('/me/account');
    expect(response.headers.get('location')).toBe('/sign-in?to=/me/account');
  });
});

test('without a mail server a lost password is the operator’s to replace', async () => {
  const browser = newBrowser();
  expect(await browser.text('/forgot-password')).toContain('Ask whoever runs it');
  const response = await browser.post('/forgot-password', { email: 'ada@assay.example' });
  expect(response.status).toBe(409);
});

test('where no provider is set up there is no link to one, no way to it and none back', async () => {
  const browser = newBrowser();
  for (const page of ['/sign-in', '/sign-up']) {
    expect(await (await browser.get(page)).text()).not.toContain('/sign-in/with/');
  }
  for (const id of ['oidc', 'github', 'google', 'gitlab', '__proto__']) {
    expect((await browser.get(`/sign-in/with/${id}`)).status, id).toBe(404);
    const back = await browser.get(`/auth/callback/${id}?code=made-up&state=made-up`);
    expect(back.headers.get('location'), id).toBe(
      `${served.site.url}/sign-in?error=state_mismatch`,
    );
  }
  expect(await browser.text('/sign-in?error=state_mismatch')).toContain('It took too long');
  expect(await isSignedIn(browser)).toBe(false);
});
