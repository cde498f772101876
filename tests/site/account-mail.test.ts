import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser } from './account-browser.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  runAssay,
  startSite,
  type Site,
} from './built-site.ts';
import { startMailServer, type MailServer } from './mail-server.ts';

const origin = 'https://assay.example';
const password = 'three quiet herons';

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
  };
  await prepareSite(dataDir, env);
  site = await startSite(dataDir, env);
});

afterAll(async () => {
  await site.stop();
  await mail.stop();
  await removeDataDir(dataDir);
});

let made = 0;
const newAddress = () => `reader${(made += 1)}@assay.example`;
const newBrowser = () => new Browser(site.url, origin);

const signUp = (browser: Browser, email: string) =>
  browser.post('/sign-up', { email, password, to: '/' });
const signIn = (browser: Browser, email: string, secret = password) =>
  browser.post('/sign-in', { email, password: secret, to: '/' });
const isSignedIn = async (browser: Browser) => !(await browser.text('/')).includes('Sign in');

/** The token of the link in the next mail to this address. */
async function tokenFor(email: string, path: string): Promise<string> {
  const { text } = await mail.next(email);
  const token = new RegExp(`${origin}${path}\\?token=(\\S+)`).exec(text)?.[1];
  if (!token) throw new Error(`no link to ${path} in: ${text}`);
  return decodeURIComponent(token);
}

async function confirmed(): Promise<string> {
  const email = newAddress();
  await signUp(newBrowser(), email);
  const token = await tokenFor(email, '/verify-email');
  expect((await newBrowser().post('/verify-email', { token })).status).toBe(303);
  return email;
}

test('an account is used once its address is confirmed, and not before', async () => {
  const email = newAddress();
  const browser = newBrowser();
  expect((await signUp(browser, email)).headers.get('location')).toBe('/sign-up?mailed');
  expect(await isSignedIn(browser)).toBe(false);
  const token = await tokenFor(email, '/verify-email');
  expect((await signIn(browser, email)).status).toBe(403);
  // Looking at the page is not enough: what checks mails for danger does that.
  await browser.get(`/verify-email?token=${encodeURIComponent(token)}`);
  expect((await signIn(browser, email)).status).toBe(403);
  expect((await browser.post('/verify-email', { token })).status).toBe(303);
  expect((await signIn(browser, email)).status).toBe(303);
  expect(await isSignedIn(browser)).toBe(true);
  expect((await newBrowser().post('/verify-email', { token: `${token}x` })).status).toBe(400);
});

test('whoever signs up is told the same, whether there was an account or not', async () => {
  const email = await confirmed();
  const told = async (address: string) => {
    const response = await signUp(newBrowser(), address);
    return [response.status, response.headers.get('location'), await response.text()];
  };
  expect(await told(email)).toEqual(await told(newAddress()));
  expect((await mail.next(email)).text).toContain('You have an account already');
});

test('whoever forgot the password is told the same, whether there is an account or not', async () => {
  const email = await confirmed();
  const nobody = newAddress();
  const told = async (address: string) => {
    const response = await newBrowser().post('/forgot-password', { email: address });
    return [response.status, response.headers.get('location'), await response.text()];
  };
  expect(await told(email)).toEqual(await told(nobody));
  await tokenFor(email, '/reset-password');
  expect(mail.count(nobody)).toBe(0);
});

test('a link sets a new password once, and whoever was signed in is out', async () => {
  const email = await confirmed();
  const before = newBrowser();
  await signIn(before, email);
  expect(await isSignedIn(before)).toBe(true);
  await newBrowser().post('/forgot-password', { email });
  const token = await tokenFor(email, '/reset-password');
  const set = (secret: string) => newBrowser().post('/reset-password', { token, password: secret });
  expect((await set('short')).status).toBe(400);
  expect((await set('four loud herons')).status).toBe(303);
  expect((await set('five loud herons')).status).toBe(400);
  expect(await isSignedIn(before)).toBe(false);
  expect((await signIn(newBrowser(), email)).status).toBe(400);
  expect((await signIn(newBrowser(), email, 'four loud herons')).status).toBe(303);
});

test('the operator’s link sets a password, too', async () => {
  const email = await confirmed();
  const { stdout } = await runAssay(['admin', 'reset-link', email], dataDir, { ORIGIN: origin });
  const token = new URL(stdout.trim()).searchParams.get('token') ?? '';
  expect(stdout).toMatch(/^https:\/\/assay\.example\/reset-password\?token=/);
  const fields = { token, password: 'six sleepy herons' };
  expect((await newBrowser().post('/reset-password', fields)).status).toBe(303);
  expect((await signIn(newBrowser(), email, 'six sleepy herons')).status).toBe(303);
});
