import { expect, test, type Page } from '@playwright/test';
import { openKinds, rightLines } from './kinds-page.ts';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and only code scrolls sideways, in each state of a card', async ({
        page,
      }) => {
        test.slow();
        const { choose, type, order, fix, write } = await openKinds(page);
        const isFine = async () => {
          expect(await violations(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        };
        await isFine();

        for (const card of [choose, type, order, fix]) await card.check().click();
        await expect(order.said()).toContainText('4 places are empty');
        await isFine();

        await choose.root.getByRole('radio', { name: /slow quick both/ }).check();
        await choose.fail();
        await type.root.getByRole('textbox', { name: 'What does it print?' }).fill('3\n2');
        await type.fail();
        for (const line of rightLines) await order.inBank(line).click();
        await order.fail();
        await fix.write('from sources import ask\n\n\nasync def page(request):\n    return 1\n');
        await fix.fail();
        await fix.evidence().locator('summary').click();
        await order.placed('result = 0').click();
        await isFine();

        for (const card of [choose, type, order, fix, write]) {
          await card.root.getByRole('button', { name: 'Show the solution' }).click();
          await expect(
            card.root.getByRole('heading', { name: 'The answer, and why' }),
          ).toBeFocused();
        }
        await isFine();
      });

      test('nothing moves while the page loads and comes alive', async ({ page }) => {
        await recordShifts(page);
        await openKinds(page);
        await page.evaluate(() => document.fonts.ready);
        expect(await shiftsOf(page)).toEqual([]);
      });

      test('nor when it comes alive with lines that were answered before', async ({ page }) => {
        const { order } = await openKinds(page);
        for (const line of rightLines) await order.inBank(line).click();
        await order.fail();
        await recordShifts(page);
        await page.reload();
        await order.stands(
          'result = 0',
          'for number in numbers:',
          '    result += number',
          '    return result',
        );
        await page.evaluate(() => document.fonts.ready);
        expect(await shiftsOf(page)).toEqual([]);
      });
    });
  }
}

test('the strip says how each exercise stands', async ({ page }) => {
  const { order, type } = await openKinds(page);
  const strip = page.getByRole('navigation', { name: 'Exercises' });
  await order.root.getByRole('button', { name: 'Show the solution' }).click();
  await type.root.getByRole('textbox', { name: 'What does it print?' }).fill('3\n2\n1');
  await type.check().click();
  await expect(strip.getByRole('link', { name: /Down to one, done$/ })).toBeVisible();
  await expect(strip.getByRole('link', { name: /Sum of numbers, answer seen$/ })).toBeVisible();
});

/** Bytes of script that came, compressed. */
function scriptBytes(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test('the editor comes only when it is wanted', async ({ page }) => {
  const bytes = scriptBytes(page);
  const { fix } = await openKinds(page);
  await page.waitForLoadState('networkidle');
  const before = await bytes();
  // All boards and the workbench: the heaviest page there is.
  expect(before).toBeLessThan(80_000);
  await fix.source().focus();
  await expect(fix.root.locator('.cm-content').first()).toBeVisible();
  expect(await bytes()).toBeGreaterThan(before);
});
