import { expect, test } from '@playwright/test';
import { openTry } from './try-page.ts';

test.describe('pressing, with a single blank', () => {
  test('puts a token in at once, and another in its place', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.token('aget').click();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
    await blanks.token('create').click();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds create');
  });

  test('takes the blank before or after the token as well', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.blank(1).click();
    await expect(blanks.blank(1)).toHaveAttribute('aria-pressed', 'true');
    await blanks.token('create').click();
    await blanks.blank(1).click();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds create');
  });

  test('gives the token back when the blank is pressed twice', async ({ page }) => {
    const { blanks } = await openTry(page);
    await blanks.token('get').click();
    await blanks.blank(1).click();
    await blanks.blank(1).click();
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
    await expect(blanks.said()).toHaveText('get taken out of blank 1 of 1.');
  });
});

test('the keyboard alone leads from the fresh card to the evidence of a right answer', async ({
  page,
}) => {
  const { blanks } = await openTry(page);
  await blanks.blank(1).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const names = await blanks.root
    .getByRole('group', { name: 'Bank of tokens' })
    .getByRole('button')
    .allTextContents();
  for (let steps = names.indexOf('aget'); steps > 0; steps -= 1) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(blanks.token('aget')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
  await expect(blanks.said()).toHaveText('aget placed in blank 1 of 1.');

  await blanks.blank(1).focus();
  await page.keyboard.press('Delete');
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
  await page.keyboard.press('Enter');
  await blanks.token('aget').focus();
  await page.keyboard.press('Enter');
  for (let steps = 0; steps < 8; steps += 1) {
    if (await blanks.check().evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(blanks.verdict('Right')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(blanks.evidence()).toHaveAttribute('open', '');
});

test('Check on an empty blank names it, goes to it and uses no attempt', async ({ page }) => {
  const { blanks } = await openTry(page);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  await blanks.check().click();
  await expect(blanks.root.getByText('Blank 1 is empty.').first()).toBeVisible();
  await expect(blanks.said()).toContainText('Blank 1 is empty.');
  await expect(blanks.blank(1)).toBeFocused();
  await expect(blanks.left('3 of 3 attempts left')).toBeVisible();
  expect(sent).toEqual([]);
});

test('a wrong answer stays, is marked in words, and opens what really happened', async ({
  page,
}) => {
  const { blanks } = await openTry(page);
  await expect(blanks.root.getByTestId('hallmark')).toContainText('4 answers run');
  await expect(blanks.evidence()).toHaveCount(0);
  await blanks.pick('get');
  await blanks.check().click();
  await expect(blanks.verdict('Wrong')).toBeVisible();
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds get, wrong');
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
  await expect(blanks.said()).toContainText(/^Wrong\. .*SynchronousOnlyOperation.*2 of 3/);
  await expect(blanks.check()).toBeFocused();

  await blanks.evidence().locator('summary').click();
  await expect(blanks.evidence()).toContainText('SynchronousOnlyOperation was raised here');
  await expect(blanks.evidence().getByRole('group')).toContainText('objects.get(');

  await blanks.pick('filter');
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds filter');
});

test('the same wrong answer again is not sent', async ({ page }) => {
  const { blanks } = await openTry(page);
  await blanks.pick('get');
  await blanks.check().click();
  await expect(blanks.verdict('Wrong')).toBeVisible();
  await blanks.check().click();
  await expect(blanks.root.getByText('You gave this answer before').first()).toBeVisible();
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
});

test('two presses of Check at once are one attempt', async ({ page }) => {
  const { blanks } = await openTry(page);
  await page.route('**/try?/answer', async (route) => {
    await new Promise((done) => setTimeout(done, 300));
    await route.continue();
  });
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') sent += 1;
  });
  await blanks.pick('get');
  await blanks.check().dblclick();
  await expect(blanks.verdict('Wrong')).toBeVisible();
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
  expect(sent).toBe(1);
});

test('an answer that could not be sent is kept, and can be sent again', async ({ page }) => {
  const { blanks } = await openTry(page);
  await page.route('**/try?/answer', (route) => route.abort());
  await blanks.pick('aget');
  await blanks.check().click();
  await expect(blanks.root.getByText('could not be sent').first()).toBeVisible();
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds aget');
  await page.unroute('**/try?/answer');
  await blanks.check().click();
  await expect(blanks.verdict('Right')).toBeVisible();
});
