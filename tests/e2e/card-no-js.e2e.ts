import { expect, test } from '@playwright/test';
import { Card, blanksAnchor, choiceAnchor, tryUrl, rightOption } from './try-page.ts';

test.use({ javaScriptEnabled: false });

test('blanks are selects that post, and the page comes back at the card', async ({ page }) => {
  await page.goto(tryUrl);
  const card = new Card(page, blanksAnchor);
  const select = card.root.getByRole('combobox', { name: 'Blank 1 of 1, empty' });
  await select.selectOption('get');
  await card.check().click();
  await expect(page).toHaveURL(new RegExp(`${tryUrl}#${blanksAnchor}$`));
  await expect(card.verdict('Wrong')).toBeVisible();
  await expect(card.left('2 of 3 attempts left')).toBeVisible();
  const marked = card.root.getByRole('combobox', { name: 'Blank 1 of 1, holds get, wrong' });
  await expect(marked).toHaveValue('get');

  await marked.selectOption('aget');
  await card.check().click();
  await expect(card.verdict('Right')).toBeVisible();
  await card.evidence().locator('summary').click();
  await expect(card.evidence()).toContainText('The program as it ran');
});

test('hint, "show me" and a new round are plain buttons', async ({ page }) => {
  await page.goto(tryUrl);
  const card = new Card(page, blanksAnchor);
  await card.root.getByRole('button', { name: /^Show a hint/ }).click();
  await expect(card.root.getByRole('list', { name: 'Hints' })).toContainText('Hint 1');
  await card.root.getByRole('button', { name: 'Show the solution' }).click();
  await expect(card.root.getByRole('heading', { name: 'The answer, and why' })).toBeVisible();
  await card.root.getByRole('button', { name: 'Start a new round' }).click();
  await expect(card.left('3 of 3 attempts left')).toBeVisible();
});

test('a choice is a set of radios', async ({ page }) => {
  await page.goto(tryUrl);
  const card = new Card(page, choiceAnchor);
  await card.root.getByRole('radio', { name: rightOption }).check();
  await card.check().click();
  await expect(page).toHaveURL(new RegExp(`#${choiceAnchor}$`));
  await expect(card.verdict('Right')).toBeVisible();
});
