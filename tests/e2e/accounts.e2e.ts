import { expect, test, type Page } from '@playwright/test';
import { overflow, violations } from './page-facts.ts';

const lesson = '/learn/django/async/when-async-helps';
const password = 'three quiet herons';

const newAddress = () => `learner-${crypto.randomUUID()}@assay.example`;

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto(`/sign-up?to=${encodeURIComponent(lesson)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(lesson);
}

const signOut = async (page: Page) => {
  await page.goto('/me/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
};

const done = (page: Page, mode: string) =>
  page.getByRole('listitem').filter({ hasText: mode }).getByText('done');

async function finish(page: Page, mode: string): Promise<void> {
  await page.goto(`${lesson}/${mode}`);
  await page.getByRole('button', { name: /done|have read/i }).click();
  await expect(page.locator('#done')).toBeVisible();
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one signs up, out and in with plain forms, on two devices, and nothing is lost', async ({
    page,
    browser,
  }) => {
    const email = newAddress();
    await finish(page, 'why');
    await signUp(page, email);
    await expect(done(page, 'What it costs to go without')).toBeVisible();

    const elsewhere = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await finish(elsewhere, 'deep-dive');
    await elsewhere.goto(lesson);
    await elsewhere.getByRole('link', { name: 'Sign in' }).click();
    await elsewhere.getByLabel('E-mail').fill(email);
    await elsewhere.getByLabel('Password').fill('not the password');
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(elsewhere.getByRole('alert')).toContainText('do not belong together');
    await elsewhere.getByLabel('Password').fill(password);
    await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(elsewhere).toHaveURL(lesson);
    for (const here of [page, elsewhere]) {
      await here.goto(lesson);
      await expect(done(here, 'What it costs to go without')).toBeVisible();
      await expect(done(here, 'What happens underneath')).toBeVisible();
    }

    await page.goto('/me/account');
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await elsewhere.reload();
    await expect(elsewhere.getByRole('link', { name: 'Sign in' })).toBeVisible();
    await signOut(page);
    await elsewhere.context().close();
  });
});

/** A device that makes and keeps passkeys, and asks nothing of its owner. @returns What lets it fail to know them, or not. */
async function addDevice(page: Page): Promise<(isUserVerified: boolean) => Promise<void>> {
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true },
    },
  });
  return async (isUserVerified) => {
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  };
}

const signInByPasskey = async (page: Page) => {
  await page.goto(`/sign-in?to=${encodeURIComponent(lesson)}`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
};

test('a passkey alone makes an account that keeps what was done, and is its only way in until a password is set', async ({
  page,
}) => {
  await addDevice(page);
  const email = newAddress();
  await finish(page, 'why');
  await page.goto(`/sign-up?to=${encodeURIComponent(lesson)}`);
  await page.getByLabel('E-mail').fill(email);
  const instead = page.getByRole('button', { name: 'Use a passkey instead' });
  await instead.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await expect(page.getByLabel('E-mail')).toHaveValue(email);
  await expect(page.getByLabel('Password')).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(lesson);
  await expect(done(page, 'What it costs to go without')).toBeVisible();

  await signOut(page);
  await page.goto(lesson);
  await expect(done(page, 'What it costs to go without')).toHaveCount(0);
  await signInByPasskey(page);
  await expect(page).toHaveURL(lesson);
  await expect(done(page, 'What it costs to go without')).toBeVisible();

  await page.goto('/me/account');
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByLabel('Password now')).toHaveCount(0);
  const remove = page.getByRole('button', { name: 'Remove the passkey' });
  await remove.click();
  await expect(page.getByRole('alert').filter({ hasText: 'passkey stays' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await expect(page.getByRole('status')).toContainText('Your password is set');
  await expect(page.getByLabel('Password now')).toBeVisible();
  await remove.click();
  await expect(page.getByRole('status')).toContainText('removed');

  await signOut(page);
  await page.goto(`/sign-in?to=${encodeURIComponent(lesson)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(lesson);
});

test('a sign-up by passkey that is broken off makes no account, and says what to do', async ({
  page,
}) => {
  const setKnown = await addDevice(page);
  const email = newAddress();
  const make = page.getByRole('button', { name: 'Make the account with a passkey' });
  await page.goto(`/sign-up?to=${encodeURIComponent(lesson)}`);
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await page.getByLabel('E-mail').fill(email);
  await setKnown(false);
  await make.click();
  await expect(page.getByRole('alert')).toContainText('Try again, or use a password instead');
  expect(await violations(page)).toEqual([]);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();

  // The address is free: it is signed up with, by the other way.
  await page.goto(`/sign-up?to=${encodeURIComponent(lesson)}`);
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await page.keyboard.press('Tab');
  await expect(make).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Use a passkey instead' })).toBeFocused();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(lesson);

  await signOut(page);
  await page.goto('/sign-up');
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await page.getByLabel('E-mail').fill(email);
  await setKnown(true);
  await make.click();
  await expect(page.getByRole('alert')).toContainText('No account can be made with this address');
});

test('a browser that knows no passkeys is offered none', async ({ page }) => {
  const offered = page.getByRole('button', { name: /passkey/ });
  for (const path of ['/sign-up', '/sign-in']) {
    await page.goto(path);
    await expect(offered).toBeVisible();
  }
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  for (const path of ['/sign-up', '/sign-in']) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(page.getByLabel('Password')).toBeVisible();
    await expect(offered).toHaveCount(0);
  }
});

test('what is typed before the page is alive stays', async ({ page }) => {
  let comeAlive = () => {};
  const isWanted = new Promise<void>((resolve) => (comeAlive = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    await isWanted;
    await route.continue();
  });
  await page.goto('/sign-up', { waitUntil: 'commit' });
  await page.getByLabel('E-mail').fill('ada@assay.example');
  await page.getByLabel('Password').fill(password);
  comeAlive();
  // It is offered by the script.
  await expect(page.getByRole('button', { name: 'Use a passkey instead' })).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue('ada@assay.example');
  await expect(page.getByLabel('Password')).toHaveValue(password);
});

test('a passkey is added, named, signs in, brings along what was done, and is removed', async ({
  page,
}) => {
  await addDevice(page);
  await signUp(page, newAddress());
  await page.goto('/me/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('status')).toContainText('The passkey is added');
  await page.getByLabel('Name of this passkey').fill('My laptop');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByText('My laptop', { exact: true })).toBeVisible();

  await signOut(page);
  await finish(page, 'why');
  await page.goto(`/sign-in?to=${encodeURIComponent(lesson)}`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL(lesson);
  await expect(done(page, 'What it costs to go without')).toBeVisible();

  await page.goto('/me/account');
  await page.getByRole('button', { name: 'Remove the passkey My laptop' }).click();
  await expect(page.getByRole('status')).toContainText('removed');
  await signOut(page);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toContainText('did not work');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test('pages of accounts are in order', async ({ page }) => {
        test.slow();
        const look = async (path: string) => {
          await page.goto(path);
          expect(await violations(page), path).toEqual([]);
          expect(await overflow(page), path).toBeLessThanOrEqual(0);
        };
        for (const path of [
          '/sign-in?error=x',
          '/sign-up',
          '/forgot-password',
          '/reset-password?token=x',
          '/verify-email?token=x',
        ]) {
          await look(path);
        }
        await page.goto('/sign-up');
        await page.getByRole('button', { name: 'Use a passkey instead' }).click();
        await expect(page.getByRole('button', { name: /with a passkey/ })).toBeVisible();
        expect(await violations(page), 'a passkey instead').toEqual([]);
        expect(await overflow(page), 'a passkey instead').toBeLessThanOrEqual(0);
        await signUp(page, newAddress());
        await look('/me/account?said=name');
      });
    });
  }
}
