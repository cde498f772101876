import { expect, test } from '@playwright/test';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';
import { openTry, tryUrl, wrongOption } from './try-page.ts';

const widths = [390, 1280];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of widths) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and only code scrolls sideways, in each state of a card', async ({
        page,
      }) => {
        test.slow();
        const { blanks, several, long, code, choice } = await openTry(page);
        expect(await violations(page)).toEqual([]);

        await blanks.check().click();
        await choice.root.getByRole('radio', { name: wrongOption }).check();
        await choice.check().click();
        await expect(choice.verdict('Wrong')).toBeVisible();
        expect(await violations(page, blanks, choice)).toEqual([]);

        await blanks.pick('get');
        await blanks.check().click();
        await expect(blanks.verdict('Wrong')).toBeVisible();
        await blanks.root.getByRole('button', { name: /^Show a hint \(/ }).click();
        await expect(blanks.root.getByText('Hint 1', { exact: true })).toBeVisible();
        await blanks.evidence().locator('summary').click();
        expect(await violations(page, blanks)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);

        await long.pick('await User.objects.all()');
        await long.fail();
        await long.pick('await sync_to_async(list)(User.objects.all())');
        await long.look().click();
        await long.looked().locator('summary').click();
        await code.root.getByRole('radio', { name: /Declared plainly, and it awaits/ }).check();
        await code.fail();
        await code.report().getByText('Report a problem').click();
        await several.blank(2).click();
        await several.token('filter').click();
        expect(await violations(page, several, long, code)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);

        await code.root.getByRole('button', { name: 'Show the solution' }).click();
        await code.root.getByText('See what the other answers do').click();
        await blanks.pick('aget');
        await blanks.check().click();
        await expect(blanks.verdict('Right')).toBeVisible();
        await choice.root.getByRole('button', { name: 'Show the solution' }).click();
        await expect(
          choice.root.getByRole('heading', { name: 'The answer, and why' }),
        ).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      for (const path of ['/', '/learn/django/async/when-async-helps', '/no-such-page']) {
        test(`axe finds nothing on ${path}`, async ({ page }) => {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          expect(await violations(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        });
      }

      test('nothing moves while the page loads, comes alive and is filled', async ({ page }) => {
        await recordShifts(page);
        const { blanks } = await openTry(page);
        await page.evaluate(() => document.fonts.ready);
        await blanks.pick('filter');
        await expect(blanks.blank(1)).toHaveAccessibleName(/holds filter/);
        expect(await shiftsOf(page)).toEqual([]);
      });
    });
  }
}

test('the box of a blank is the same before and after the page comes alive', async ({
  page,
  browser,
  baseURL,
}) => {
  const { blanks } = await openTry(page);
  const alive = await blanks.blank(1).boundingBox();
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: page.viewportSize(),
    ...(baseURL ? { baseURL } : {}),
  });
  const plain = await context.newPage();
  await plain.goto(tryUrl);
  const box = plain.locator('#read-one-user .blank');
  expect(await box.boundingBox()).toEqual(alive);
  await context.close();
});

test('the lesson page stays under 60 kB of compressed script', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await openTry(page);
  await page.waitForLoadState('networkidle');
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThan(60_000);
});
