import { expect, test, type Locator } from '@playwright/test';
import { openTry, type Card } from './try-page.ts';

async function holds(card: Card, ...tokens: (string | null)[]): Promise<void> {
  for (const [index, token] of tokens.entries()) {
    const held = token === null ? 'empty' : `holds ${token}`;
    const name = new RegExp(`^Blank ${index + 1} of 3, ${held}`);
    await expect(card.blank(index + 1)).toHaveAccessibleName(name);
  }
}

test.describe('several blanks', () => {
  test('one blank and then tokens fill them in order', async ({ page }) => {
    const { several } = await openTry(page);
    await several.blank(1).click();
    for (const token of ['User', 'filter', 'async for']) await several.token(token).click();
    await holds(several, 'User', 'filter', 'async for');
    await several.check().click();
    await expect(several.verdict('Right')).toBeFocused();
  });

  test('a token waits for its blank, and can be put back', async ({ page }) => {
    const { several } = await openTry(page);
    await several.token('filter').click();
    await expect(several.token('filter')).toHaveAttribute('aria-pressed', 'true');
    await holds(several, null, null, null);
    await several.blank(2).click();
    await holds(several, null, 'filter', null);
    await several.token('User').click();
    await several.token('User').click();
    await expect(several.token('User')).toHaveAttribute('aria-pressed', 'false');
    await several.token('for').click();
    await page.keyboard.press('Escape');
    await several.blank(3).click();
    await holds(several, null, 'filter', null);
  });

  test('tokens change places, move, stand twice and go back', async ({ page }) => {
    const { several } = await openTry(page);
    await several.pick('User', 1);
    await several.pick('filter', 2);
    await several.blank(1).click();
    await several.blank(2).click();
    await holds(several, 'filter', 'User', null);
    await several.blank(2).click();
    await several.blank(3).click();
    await holds(several, 'filter', null, 'User');
    await several.pick('filter', 2);
    await holds(several, 'filter', 'filter', 'User');
    await several.blank(3).click();
    await several.blank(3).click();
    await holds(several, 'filter', 'filter', null);
  });

  test('Check goes to the first that is empty', async ({ page }) => {
    const { several } = await openTry(page);
    await several.pick('User', 1);
    await several.check().click();
    await expect(several.said()).toContainText('Blank 2 is empty.');
    await expect(several.blank(2)).toBeFocused();
  });

  test('a wrong answer says which of them are right, and keeps their marks where they stand', async ({
    page,
  }) => {
    const { several } = await openTry(page);
    await several.blank(1).click();
    for (const token of ['User', 'filter', 'for']) await several.token(token).click();
    await several.fail();
    await expect(
      several.root.getByText('Blanks 1 and 2 are right. Blank 3 is wrong.', { exact: true }),
    ).toBeVisible();
    await expect(several.blank(3)).toHaveAccessibleName('Blank 3 of 3, holds for, wrong');
    await several.pick('async for', 3);
    await expect(several.blank(3)).toHaveAccessibleName('Blank 3 of 3, holds async for');
    await expect(several.blank(1)).toHaveAccessibleName('Blank 1 of 3, holds User, right');
  });

  test('the keyboard fills all of them without leaving the bank', async ({ page }) => {
    const { several } = await openTry(page);
    await several.blank(1).focus();
    await page.keyboard.press('Enter');
    const bank = several.root.getByRole('group', { name: 'Bank of tokens' });
    const names = await bank.getByRole('button').allTextContents();
    await several.token(names[0] ?? '').focus();
    let at = 0;
    for (const token of ['User', 'filter', 'async for']) {
      const to = names.indexOf(token);
      const key = to > at ? 'ArrowRight' : 'ArrowLeft';
      for (let step = Math.abs(to - at); step > 0; step -= 1) await page.keyboard.press(key);
      at = to;
      await page.keyboard.press('Enter');
    }
    await holds(several, 'User', 'filter', 'async for');
    await expect(several.said()).toHaveText('async for placed in blank 3 of 3.');
  });
});

test.describe('on a narrow page, with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('taps fill several blanks', async ({ page }) => {
    const { several } = await openTry(page);
    await several.blank(1).tap();
    for (const token of ['User', 'filter', 'async for']) await several.token(token).tap();
    await several.check().tap();
    await expect(several.verdict('Right')).toBeVisible();
  });

  async function insideWindow(locator: Locator): Promise<void> {
    const box = await locator.boundingBox();
    expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
  }

  test('tokens that are whole expressions stay inside the page, in the bank and in the blank', async ({
    page,
  }) => {
    const { long } = await openTry(page);
    const token = long.token('await sync_to_async(list)(User.objects.all())');
    await insideWindow(token);
    await token.tap();
    await expect(long.blank(1)).toHaveAccessibleName(/holds await sync_to_async\(list\)/);
    await insideWindow(long.blank(1));
    for (const each of await long.root.locator('[data-token]').all()) await insideWindow(each);
    const code = long.root.getByRole('group', { name: 'Program with blanks' });
    expect(await code.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(
      0,
    );
  });
});
