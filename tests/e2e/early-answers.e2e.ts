/** What is chosen or typed while the page's scripts are still on their way. */
import { expect, test, type Page } from '@playwright/test';
import { CodeCard, chosen, kindsUrl, mended, ordered, OrderCard, typed } from './kinds-page.ts';
import { blanksAnchor, Card, choiceAnchor, rightOption, tryUrl } from './try-page.ts';

/** Opens a page whose scripts wait. @returns Lets them come. */
async function openWithoutScripts(page: Page, url: string): Promise<() => void> {
  let letGo = () => {};
  const waited = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/*.js', async (route) => {
    await waited;
    await route.continue();
  });
  await page.goto(url, { waitUntil: 'commit' });
  return letGo;
}

test('a token and an option are still chosen when the page has come alive', async ({ page }) => {
  const letGo = await openWithoutScripts(page, tryUrl);
  const blanks = new Card(page, blanksAnchor);
  const choice = new Card(page, choiceAnchor);
  await blanks.root.getByRole('combobox').selectOption('aget');
  await choice.root.getByRole('radio', { name: rightOption }).check();
  letGo();
  await expect(blanks.blank(1)).toContainText('aget');
  await expect(choice.root.getByRole('radio', { name: rightOption })).toBeChecked();
  await choice.check().click();
  await expect(choice.verdict('Right')).toBeVisible();
});

test('an output, lines and a program are still there when the page has come alive', async ({
  page,
}) => {
  const letGo = await openWithoutScripts(page, kindsUrl());
  const choose = new Card(page, chosen);
  const type = new Card(page, typed);
  const order = new OrderCard(page, ordered);
  const fix = new CodeCard(page, mended);
  await choose.root.getByRole('radio').first().check();
  await type.root.getByRole('textbox', { name: 'What does it print?' }).fill('3\n2');
  await order.root.getByRole('combobox', { name: 'Line 1 of 4' }).selectOption('result = 0');
  await fix.source().fill('mended = True\n');
  letGo();
  await order.stands('result = 0');
  await expect(choose.root.getByRole('radio').first()).toBeChecked();
  await choose.check().click();
  await expect(choose.left('2 of 3 attempts left').or(choose.verdict('Right'))).toBeVisible();
  const text = type.root.getByRole('textbox', { name: 'What does it print?' });
  await expect(text).toHaveValue('3\n2');
  await text.press('End');
  await type.check().click();
  await expect(type.verdict('Wrong')).toBeVisible();
  await expect(fix.source()).toHaveValue('mended = True\n');
  await fix.source().focus();
  await expect(fix.root.locator('.cm-content').first()).toHaveText('mended = True');
});
