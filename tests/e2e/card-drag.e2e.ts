import { expect, test, type Page } from '@playwright/test';
import { middle, openTry } from './try-page.ts';

type Point = { x: number; y: number };

async function press(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

async function dragByMouse(page: Page, from: Point, to: Point): Promise<void> {
  await press(page, from, to);
  await page.mouse.up();
}

test.describe('dragging with the mouse', () => {
  test('drops a token of the bank into a blank, where it counts as the answer', async ({
    page,
  }) => {
    const { blanks } = await openTry(page);
    await dragByMouse(page, await middle(blanks.token('aget')), await middle(blanks.blank(1)));
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
    await expect(blanks.token('aget')).toBeVisible();
    await blanks.check().click();
    await expect(blanks.verdict('Right')).toBeVisible();
  });

  test('replaces what a blank holds', async ({ page }) => {
    const { blanks } = await openTry(page);
    await dragByMouse(page, await middle(blanks.token('get')), await middle(blanks.blank(1)));
    await dragByMouse(page, await middle(blanks.token('filter')), await middle(blanks.blank(1)));
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds filter');
  });

  test('takes a token back to the bank', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.pick('get');
    await dragByMouse(page, await middle(blanks.blank(1)), await middle(blanks.token('create')));
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
  });

  test('changes nothing when dropped elsewhere', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.pick('get');
    const away = await middle(page.getByRole('contentinfo'));
    await dragByMouse(page, await middle(blanks.blank(1)), away);
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds get');
  });

  test('lets go at Escape, and the button that is still down then drops nothing', async ({
    page,
  }) => {
    const { blanks } = await openTry(page);
    await press(page, await middle(blanks.token('get')), await middle(blanks.blank(1)));
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
    await expect(blanks.root.locator('[aria-pressed="true"]')).toHaveCount(0);
  });

  test('follows the page when it scrolls under the pointer', async ({ page }) => {
    await page.setViewportSize({ width: 1000, height: 420 });
    const { blanks } = await openTry(page);
    const from = await middle(blanks.token('aget'));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, from.y - 12, { steps: 3 });
    await page.mouse.wheel(0, -40);
    const box = await blanks.blank(1).boundingBox();
    if (!box) throw new Error('The blank has no box.');
    await page.mouse.move(box.x + 20, box.y + box.height / 2, { steps: 4 });
    const now = await blanks.blank(1).boundingBox();
    if (!now) throw new Error('The blank has no box.');
    await page.mouse.move(now.x + 22, now.y + now.height / 2, { steps: 2 });
    await page.mouse.up();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
  });
});

test.describe('dragging with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  async function dragByFinger(page: Page, from: Point, to: Point, steps = 8): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [from]);
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      const x = from.x + (to.x - from.x) * part;
      const y = from.y + (to.y - from.y) * part;
      await touch('touchMove', [{ x, y }]);
    }
    await touch('touchEnd', []);
  }

  test('drops a token into a blank and does not scroll the page meanwhile', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.blank(1).scrollIntoViewIfNeeded();
    const from = await middle(blanks.token('aget'));
    const to = await middle(blanks.blank(1));
    const before = await page.evaluate(() => scrollY);
    await dragByFinger(page, from, to);
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
    expect(await page.evaluate(() => scrollY)).toBe(before);
  });

  test('takes a token back to the bank', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.token('get').tap();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds get');
    await dragByFinger(page, await middle(blanks.blank(1)), await middle(blanks.token('create')));
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
  });

  test('still scrolls the page from anywhere else', async ({ page }) => {
    const { blanks } = await openTry(page);
    const heading = await middle(page.getByRole('heading', { level: 1 }));
    const before = await page.evaluate(() => scrollY);
    await dragByFinger(page, { x: heading.x, y: 600 }, { x: heading.x, y: 300 });
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
  });

  test('offers tokens of at least 44 by 44 pixels', async ({ page }) => {
    const { blanks } = await openTry(page);
    const tokens = blanks.root.getByRole('group', { name: 'Bank of tokens' }).getByRole('button');
    expect(await tokens.count()).toBe(4);
    for (const token of await tokens.all()) {
      const box = await token.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });
});
