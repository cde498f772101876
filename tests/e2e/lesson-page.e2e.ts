import { expect, test } from '@playwright/test';
import { openTry, tryUrl } from './try-page.ts';

test.describe('the head of the page', () => {
  test('says what the lesson is, on what it runs, how long it takes and what for', async ({
    page,
  }) => {
    await openTry(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^When async helps/);
    await expect(page.getByText(/^Django \d\S+ · CPython \d\S+$/).first()).toBeVisible();
    const modes = page.getByRole('navigation', { name: 'Modes of this lesson' });
    await expect(modes.getByRole('link', { name: /^Try \d+ min$/ })).toHaveAttribute(
      'aria-current',
      'page',
    );
    const objective = page.getByText('Use the database in an async view');
    await expect(objective).toBeHidden();
    await page.getByText('What you will be able to do').click();
    await expect(objective).toBeVisible();
  });

  test('each exercise says its place in its part', async ({ page }) => {
    await openTry(page);
    const places = await page.locator('article .place').allTextContents();
    const inPart = (part: string) => places.filter((place) => place.startsWith(part));
    for (const part of ['Blanks', 'Practice']) {
      const found = inPart(part);
      expect(found).toEqual(found.map((_, index) => `${part} ${index + 1}/${found.length}`));
      expect(found).toHaveLength(5);
    }
  });
});

test.describe('the strip of exercises', () => {
  test('names each with its state, which follows what the learner does', async ({ page }) => {
    const { blanks, several, choice } = await openTry(page);
    const strip = page.getByRole('navigation', { name: 'Exercises' });
    await expect(strip.getByRole('link', { name: /^(Blanks|Practice) \d:/ })).toHaveCount(10);
    await expect(
      strip.getByRole('link', { name: 'Blanks 2: Read one user', exact: true }),
    ).toBeVisible();
    await blanks.pick('aget');
    await blanks.check().click();
    await expect(strip.getByRole('link', { name: 'Blanks 2: Read one user, done' })).toBeVisible();
    await expect(strip.getByText('1 of 10 done')).toBeVisible();
    await choice.root.getByRole('button', { name: 'Show the solution' }).click();
    await expect(strip.getByRole('link', { name: /, answer seen$/ })).toHaveCount(1);
    await several.root.getByRole('button', { name: /^Show a hint/ }).click();
    await expect(strip.getByRole('link', { name: /, begun$/ })).toHaveCount(1);
  });

  for (const width of [390, 1280]) {
    test(`stays in reach at ${width} pixels and covers nothing that it leads to`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 844 });
      await openTry(page);
      const strip = page.getByRole('navigation', { name: 'Exercises' });
      for (const name of [/^Blanks 4:/, /^Practice 5:/, /^Blanks 1:/]) {
        const link = strip.getByRole('link', { name });
        await link.focus();
        await page.keyboard.press('Enter');
        await expect(link).toHaveAttribute('aria-current', 'location');
        const anchor = (await link.getAttribute('href')) ?? '';
        const below = await strip.boundingBox();
        const title = await page.locator(`${anchor} h3`).boundingBox();
        expect(title?.y ?? 0).toBeGreaterThanOrEqual((below?.y ?? 0) + (below?.height ?? 0) - 1);
        expect(title?.y ?? 999).toBeLessThan(300);
      }
      const box = await strip.boundingBox();
      expect(box?.height ?? 999).toBeLessThanOrEqual(64);
      for (const link of await strip.getByRole('link', { name: /:/ }).all()) {
        const target = await link.boundingBox();
        expect(Math.min(target?.width ?? 0, target?.height ?? 0)).toBeGreaterThanOrEqual(24);
      }
    });
  }

  test('does not stay where the window is too low to spare a line', async ({ page }) => {
    await page.setViewportSize({ width: 844, height: 390 });
    await openTry(page);
    const strip = page.getByRole('navigation', { name: 'Exercises' });
    await page.locator('#many-files').scrollIntoViewIfNeeded();
    await expect(strip).not.toBeInViewport();
  });
});

test.describe('in two tabs', () => {
  test('the same answer given in both is one attempt', async ({ page, context }) => {
    const { blanks: here } = await openTry(page);
    const { blanks: there } = await openTry(await context.newPage());
    await here.pick('get');
    await there.pick('get');
    await here.fail();
    await there.check().click();
    await expect(
      there.root.getByText('You gave this answer before in this round').first(),
    ).toBeVisible();
    await expect(there.left('2 of 3 attempts left')).toBeVisible();
    await here.page.reload();
    await expect(here.left('2 of 3 attempts left')).toBeVisible();
  });

  test('an answer to a round that ended in the other tab counts for nothing', async ({
    page,
    context,
  }) => {
    const { blanks: here } = await openTry(page);
    const { blanks: there } = await openTry(await context.newPage());
    await here.pick('aget');
    await here.check().click();
    await expect(here.verdict('Right')).toBeVisible();
    await there.pick('get');
    await there.check().click();
    await expect(there.root.getByText('This round was already over').first()).toBeVisible();
    await expect(there.verdict('Right')).toBeVisible();
    await expect(there.verdict('Wrong')).toHaveCount(0);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an answer that was given before in the round is not counted again', async ({ page }) => {
    await page.goto(tryUrl);
    const card = page.locator('#read-one-user');
    for (let n = 0; n < 2; n += 1) {
      await card.getByRole('combobox').selectOption('get');
      await card.getByRole('button', { name: 'Check', exact: true }).click();
      await expect(card.getByText('2 of 3 attempts left')).toBeVisible();
    }
    await expect(card.getByText('You gave this answer before in this round')).toBeVisible();
  });
});
