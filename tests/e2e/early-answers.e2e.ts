/** What is chosen or typed while the page's scripts are still on their way. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import {
  chosen,
  CodeCard,
  kindsUrl,
  mended,
  openKinds,
  ordered,
  OrderCard,
  typed,
} from './kinds-page.ts';
import { blanksAnchor, Card, choiceAnchor, rightOption, tryUrl, wrongOption } from './try-page.ts';

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

test('an option is still chosen where another one was answered before', async ({ page }) => {
  await page.goto(tryUrl);
  const choice = new Card(page, choiceAnchor);
  await choice.root.getByRole('radio', { name: wrongOption }).check();
  await choice.fail();
  const letGo = await openWithoutScripts(page, tryUrl);
  await choice.root.getByRole('radio', { name: rightOption }).check();
  letGo();
  await expect(new Card(page, blanksAnchor).token('aget')).toBeVisible();
  await expect(choice.root.getByRole('radio', { name: rightOption })).toBeChecked();
  await choice.check().click();
  await expect(choice.verdict('Right')).toBeVisible();
});

/** Writes a text and waits until this browser has kept it. */
async function draftOf(page: Page, text: string): Promise<void> {
  const { fix } = await openKinds(page);
  await fix.write(text);
  const kept = () => page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(kept).toContain(text.trim());
}

/** The card in a window of its own. */
async function another(context: BrowserContext): Promise<CodeCard> {
  return (await openKinds(await context.newPage())).fix;
}

test('a draft takes no place of what was typed early, and is offered', async ({ page }) => {
  await draftOf(page, 'draft = True\n');
  const letGo = await openWithoutScripts(page, kindsUrl());
  const fix = new CodeCard(page, mended);
  await fix.source().fill('typed = True\n');
  letGo();
  await fix.root.getByRole('button', { name: 'Bring my text back' }).click();
  await expect(fix.source()).toHaveValue('draft = True\n');
  // In turn, what stood there.
  await fix.root.getByRole('button', { name: 'Bring my text back' }).click();
  await expect(fix.source()).toHaveValue('typed = True\n');
});

test('a draft takes no place of an answer that was given in another window since', async ({
  page,
  context,
}) => {
  await draftOf(page, 'draft = True\n');
  const other = await another(context);
  await other.write('answered = True\n');
  await other.fail();
  // The first window still keeps its own text when it goes.
  await page.bringToFront();
  await new CodeCard(page, mended).write('draft = 2\n');
  await page.reload();
  const fix = new CodeCard(page, mended);
  await expect(fix.source()).toHaveValue('answered = True\n');
  await fix.root.getByRole('button', { name: 'Bring my text back' }).click();
  await expect(fix.source()).toHaveValue('draft = 2\n');
});

test('a window in which nothing was written leaves the draft of another one', async ({
  page,
  context,
}) => {
  await openKinds(page);
  const other = await another(context);
  await other.write('draft = True\n');
  const kept = () => other.page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(kept).toContain('draft = True');
  await page.goto('about:blank');
  await other.page.reload();
  await expect(other.source()).toHaveValue('draft = True\n');
});
