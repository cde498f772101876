import { expect, test } from '@playwright/test';
import { openKinds } from './kinds-page.ts';

const right = /^B? ?quick\s+slow\s+both|quick slow both/;
const inTurn = /slow quick both/;

test('a wrong output is told its reason and not what was printed; the right one opens all of it', async ({
  page,
}) => {
  const { choose } = await openKinds(page);
  await choose.check().click();
  await expect(choose.said()).toContainText('No output is chosen.');
  await choose.root.getByRole('radio', { name: inTurn }).check();
  await choose.fail();
  await expect(choose.root.getByText('begins both before it waits')).toBeVisible();
  await expect(choose.root.locator('.result')).toContainText('shown with the solution');
  await expect(choose.evidence()).toHaveCount(0);
  await expect(choose.left('2 of 3 attempts left')).toBeVisible();

  await choose.root.getByRole('radio', { name: right }).check();
  await choose.check().click();
  await expect(choose.verdict('Right')).toBeFocused();
  const outputs = choose.root.getByRole('list', { name: /^What does it print\?, each/ });
  await expect(outputs.getByText('this is printed, your answer')).toHaveCount(1);
  await expect(outputs.getByText('not this, your answer')).toHaveCount(1);
  await expect(outputs.getByText('so nothing is left out')).toBeVisible();
  await choose.evidence().locator('summary').click();
  await expect(choose.evidence()).toContainText('Run 3 times');
});

test('the keyboard alone chooses an output and sends it', async ({ page }) => {
  const { choose } = await openKinds(page);
  const radios = choose.root.getByRole('radio');
  await radios.first().focus();
  await page.keyboard.press('Space');
  for (let tries = 0; tries < 4; tries += 1) {
    if (await choose.root.getByRole('radio', { name: right }).isChecked()) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(choose.verdict('Right')).toBeFocused();
});

test('an output is typed, stays while it is wrong, and stands beside the real one in the end', async ({
  page,
}) => {
  const { type } = await openKinds(page);
  const text = type.root.getByRole('textbox', { name: 'What does it print?' });
  await type.check().click();
  await expect(type.said()).toContainText('Nothing is written yet.');
  await expect(text).toBeFocused();
  await text.fill('3\n2\n1\n0');
  await type.fail();
  await expect(type.root.getByText('the loop is over before anything is given')).toBeVisible();
  await expect(text).toHaveValue('3\n2\n1\n0');
  await text.fill('2\n1\n0');
  await type.check().click();
  await expect(type.left('1 of 3 attempts left')).toBeVisible();
  await text.fill('nothing like it');
  await type.check().click();
  const beside = type.root.getByRole('table');
  await expect(beside.getByRole('columnheader')).toHaveText(['What you wrote', 'What it prints']);
  await expect(beside.getByRole('cell', { name: 'nothing like it' })).toBeVisible();
  await expect(beside.getByRole('cell', { name: 'differs: 3', exact: true })).toBeVisible();
});

test('white space at the ends of what is typed makes no difference', async ({ page }) => {
  const { type } = await openKinds(page);
  await type.root.getByRole('textbox', { name: 'What does it print?' }).fill('3 \n2\n1\n\n');
  await type.check().click();
  await expect(type.verdict('Right')).toBeVisible();
});

test('in a challenge, who is out of attempts sees the solution when asking for it', async ({
  page,
}) => {
  const { choose } = await openKinds(page, 'challenge');
  await choose.root.getByRole('radio', { name: inTurn }).check();
  await choose.fail();
  await expect(choose.left('1 of 2 attempts left')).toBeVisible();
  await choose.root.getByRole('radio', { name: /both quick slow/ }).check();
  await choose.check().click();
  await expect(choose.said()).toContainText('The solution is shown when you ask for it.');
  await expect(choose.root.getByText('this is printed')).toHaveCount(0);
  await expect(choose.root.getByText('not this, your answer')).toHaveCount(2);
  await expect(choose.evidence()).toHaveCount(0);

  const show = choose.root.getByRole('button', { name: 'Show the solution' });
  await show.click();
  await expect(show).toHaveAccessibleDescription('You can then no longer earn this mark.');
  await show.click();
  await expect(choose.root.getByRole('heading', { name: 'The answer, and why' })).toBeFocused();
  await expect(choose.root.getByText('this is printed')).toBeVisible();
  await expect(choose.root.getByRole('button', { name: 'Show the solution' })).toHaveCount(0);
});
