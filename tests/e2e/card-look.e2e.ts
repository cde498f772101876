import { expect, test, type Page } from '@playwright/test';
import { Card, blanksAnchor, codeAnchor, openTry, tryUrl } from './try-page.ts';

function posts(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).search);
  });
  return sent;
}

test('there is nothing to look with before the first answer of a round', async ({ page }) => {
  const { blanks, several, code, choice } = await openTry(page);
  for (const card of [blanks, several, code, choice]) await expect(card.look()).toHaveCount(0);
  await blanks.pick('get');
  await blanks.fail();
  await expect(blanks.look()).toBeVisible();
  await expect(several.look()).toHaveCount(0);
});

test('a look shows what the present filling does, and uses no attempt', async ({ page }) => {
  const { blanks } = await openTry(page);
  const sent = posts(page);
  await blanks.pick('get');
  await blanks.fail();
  await blanks.pick('filter');
  await blanks.look().click();
  await expect(blanks.looked().getByRole('heading')).toHaveText('What filter does');
  await expect(blanks.looked()).toContainText('TypeError on line 6');
  await expect(blanks.said()).toContainText(/^filter: .*No attempt was used\.$/);
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds filter');
  await expect(blanks.looked()).not.toContainText(/right|wrong/i);
  expect(sent).toEqual(['?/answer', '?/look']);

  await blanks.looked().locator('summary').click();
  await expect(blanks.looked().getByRole('group', { name: /^The program/ })).toContainText(
    'objects.filter(',
  );
  await blanks.pick('aget');
  await blanks.look().click();
  await expect(blanks.looked()).toContainText('answered with status 200, and sent');
  await expect(blanks.verdict('Right')).toHaveCount(0);
  await blanks.check().click();
  await expect(blanks.verdict('Right')).toBeVisible();
  await expect(blanks.looked()).toHaveCount(0);
});

test('a look at an empty blank goes to it and sends nothing', async ({ page }) => {
  const { several } = await openTry(page);
  const sent = posts(page);
  await several.blank(1).click();
  for (const token of ['User', 'filter', 'for']) await several.token(token).click();
  await several.fail();
  await several.blank(2).focus();
  await page.keyboard.press('Delete');
  await several.look().click();
  await expect(
    several.root.getByText('Blank 2 is empty. Put a token in it and look').first(),
  ).toBeVisible();
  await expect(several.blank(2)).toBeFocused();
  expect(sent).toEqual(['?/answer']);
});

test('the options of a choice that carry code can be looked at one by one', async ({ page }) => {
  const { code } = await openTry(page);
  await expect(code.root.getByRole('group', { name: 'Program' })).toContainText('the chosen code');
  const plainly = code.root.getByRole('radio', { name: /^.*Declared plainly, and it awaits/ });
  // Its code is a part of its name, and nothing that has a name of its own.
  await expect(plainly).toHaveAccessibleName(/\bdef \w+\(request\)/);
  await expect(code.root.locator('label').getByRole('group')).toHaveCount(0);
  await plainly.check();
  await code.fail();
  await expect(code.root.getByText(/SyntaxError on line 12/).first()).toBeVisible();
  await code.root.getByRole('radio', { name: /Declared async, and it calls/ }).check();
  await code.look().click();
  await expect(code.looked().getByRole('heading')).toHaveText(
    'What Declared async, and it calls. does',
  );
  await expect(code.left('2 of 3 attempts left')).toBeVisible();
});

test('claims about one run have nothing more to be looked at', async ({ page }) => {
  const { choice } = await openTry(page);
  await choice.root.getByRole('radio').first().check();
  await choice.check().click();
  await expect(choice.evidence()).toBeVisible();
  await expect(choice.look()).toHaveCount(0);
});

test('once the round is over, every other answer can be looked at', async ({ page }) => {
  const { blanks, code } = await openTry(page);
  await blanks.pick('aget');
  await blanks.check().click();
  await expect(blanks.verdict('Right')).toBeVisible();
  await blanks.root.getByText('See what the other answers do').click();
  await blanks.root.getByRole('combobox', { name: 'Blank 1' }).selectOption('get');
  await blanks.look().click();
  await expect(blanks.looked()).toContainText('SynchronousOnlyOperation');
  await expect(blanks.verdict('Right')).toBeVisible();

  await code.root.getByRole('button', { name: 'Show the solution' }).click();
  await code.root.getByText('See what the other answers do').click();
  await code.root
    .getByRole('button', { name: /^See what this does\s*: Declared async, and it calls/ })
    .click();
  await expect(code.looked()).toBeVisible();

  await blanks.root.getByRole('button', { name: 'Start a new round' }).click();
  await expect(blanks.left('3 of 3 attempts left')).toBeVisible();
  await expect(blanks.look()).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page comes back with what the filling does, and the filling still in place', async ({
    page,
  }) => {
    await page.goto(tryUrl);
    const card = new Card(page, blanksAnchor);
    await card.root.getByRole('combobox').selectOption('get');
    await card.check().click();
    await card.root.getByRole('combobox').selectOption('filter');
    await card.look().click();
    await expect(page).toHaveURL(new RegExp(`#${blanksAnchor}$`));
    await expect(card.looked().getByRole('heading')).toHaveText('What filter does');
    await expect(card.root.getByRole('combobox')).toHaveValue('filter');
    await expect(card.left('2 of 3 attempts left')).toBeVisible();
    await card.root.getByRole('combobox').selectOption('aget');
    await card.check().click();
    await expect(card.verdict('Right')).toBeVisible();
    await expect(card.looked()).toHaveCount(0);
  });

  test('an option’s code is looked at by a plain button', async ({ page }) => {
    await page.goto(tryUrl);
    const card = new Card(page, codeAnchor);
    await card.root.getByRole('radio', { name: /Declared plainly, and it awaits/ }).check();
    await card.check().click();
    await card.root.getByRole('radio', { name: /Declared async, and it calls/ }).check();
    await card.look().click();
    await expect(card.looked()).toBeVisible();
    await expect(
      card.root.getByRole('radio', { name: /Declared async, and it calls/ }),
    ).toBeChecked();
  });
});
