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

test('a passkey is added, named, signs in, brings along what was done, and is removed', async ({
  page,
}) => {
  const devices = await page.context().newCDPSession(page);
  await devices.send('WebAuthn.enable');
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true },
    },
  });
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
        await signUp(page, newAddress());
        await look('/me/account?said=name');
      });
    });
  }
}
