/** What a learner sees who sends forms too fast, on a site that allows one at once. */
import { expect, test as base } from '@playwright/test';
import { makeDataDir, prepareSite, removeDataDir, startSite } from '../site/built-site.ts';
import { Card, blanksAnchor, openTry, tryUrl } from './try-page.ts';

interface OwnSite {
  siteUrl: string;
}

const test = base.extend<object, OwnSite>({
  siteUrl: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const dataDir = await makeDataDir();
      await prepareSite(dataDir);
      const site = await startSite(dataDir, { ASSAY_RATE_LIMIT_FACTOR: '0.01' });
      await use(site.url);
      await site.stop();
      await removeDataDir(dataDir);
    },
    { scope: 'worker' },
  ],
  baseURL: ({ siteUrl }, use) => use(siteUrl),
});

test('the card says when to try again, and keeps what was laid', async ({ page }) => {
  const { blanks } = await openTry(page);
  await blanks.token('get').click();
  await blanks.check().click();
  await expect(blanks.verdict('Wrong')).toBeVisible();
  await blanks.token('create').click();
  await blanks.check().click();
  await expect(blanks.said()).toHaveText(/too short a time.* try again in \d+ seconds/);
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds create');
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a page says when to try again, and sends what was chosen once more', async ({ page }) => {
    await page.goto(tryUrl);
    const card = new Card(page, blanksAnchor);
    const choose = async (token: string) => {
      await card.root.getByRole('combobox').first().selectOption(token);
      await card.check().click();
    };
    await choose('get');
    await choose('create');
    await expect(page.getByRole('heading', { name: 'One moment' })).toBeVisible();
    await expect(page.getByText(/again in \d+ seconds/)).toBeVisible();
    // Its style is found from the address of the form, too.
    await expect(page.getByRole('button', { name: 'Send it again' })).toHaveCSS(
      'cursor',
      'pointer',
    );
    const kept = page.locator('input[name="blank-1"]');
    await expect(kept).toHaveValue('create');
    await page.getByRole('button', { name: 'Send it again' }).click();
    await expect(kept).toHaveValue('create');
    expect(new URL(page.url()).pathname).toBe(tryUrl);
    await page.getByRole('link', { name: 'Back to the page' }).click();
    await expect(card.root).toBeVisible();
  });
});
