import { expect, test } from '@playwright/test';
import { openTry, wrongOption, rightOption } from './try-page.ts';

test('three wrong answers end the round with the answer, its reasons and its evidence', async ({
  page,
}) => {
  const { blanks } = await openTry(page);
  for (const [token, left] of [
    ['get', '2 of 3 attempts left'],
    ['filter', '1 of 3 attempts left'],
  ] as const) {
    await blanks.pick(token);
    await blanks.check().click();
    await expect(blanks.left(left)).toBeVisible();
  }
  await blanks.pick('create');
  await blanks.check().click();
  await expect(blanks.root.getByRole('heading', { name: 'The answer, and why' })).toBeVisible();
  await expect(blanks.root.getByRole('list', { name: 'Right fillings' })).toContainText('aget');
  await expect(blanks.root.getByText('What the right answer did')).toBeVisible();
  await expect(blanks.root.getByText('Earlier answers of this round (2)')).toBeVisible();
  await expect(blanks.check()).toHaveCount(0);
});

test('hints come one at a time and leave the filling alone', async ({ page }) => {
  const { blanks } = await openTry(page);
  await blanks.pick('filter');
  const button = blanks.root.getByRole('button', { name: /^Show a hint/ });
  const total = Number(/\((\d+) left\)/.exec((await button.textContent()) ?? '')?.[1]);
  expect(total).toBeGreaterThan(0);
  for (let shown = 1; shown <= total; shown += 1) {
    await button.click();
    await expect(
      blanks.root.getByRole('list', { name: 'Hints' }).getByRole('listitem'),
    ).toHaveCount(shown);
    await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds filter');
  }
  await expect(button).toHaveCount(0);
});

test('"Show the solution" ends the round, and a new round starts from nothing', async ({
  page,
}) => {
  const { blanks } = await openTry(page);
  await blanks.root.getByRole('button', { name: 'Show the solution' }).click();
  const solution = blanks.root.getByRole('heading', { name: 'The answer, and why' });
  await expect(solution).toBeFocused();
  await expect(blanks.verdict('Wrong')).toHaveCount(0);

  await blanks.root.getByRole('button', { name: 'Start a new round' }).click();
  await expect(blanks.left('3 of 3 attempts left')).toBeVisible();
  await expect(blanks.root.getByText('round 2')).toBeVisible();
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, empty');
  await expect(solution).toHaveCount(0);
});

test('what was answered is there after a reload', async ({ page }) => {
  const { blanks } = await openTry(page);
  await blanks.pick('get');
  await blanks.check().click();
  await expect(blanks.verdict('Wrong')).toBeVisible();
  await page.reload();
  await expect(blanks.blank(1)).toHaveAccessibleName('Blank 1 of 1, holds get, wrong');
  await expect(blanks.left('2 of 3 attempts left')).toBeVisible();
  await blanks.pick('aget');
  await blanks.check().click();
  await expect(blanks.verdict('Right')).toBeVisible();
  await page.reload();
  await expect(blanks.verdict('Right')).toBeVisible();
  await expect(blanks.root.getByRole('heading', { name: 'Why, step by step' })).toBeVisible();
});

test('a choice tells a wrong option from the run, then gives every option its reason', async ({
  page,
}) => {
  const { choice } = await openTry(page);
  await choice.check().click();
  await expect(choice.root.getByText('No option is chosen.').first()).toBeVisible();
  const wrong = choice.root.getByRole('radio', { name: wrongOption });
  await wrong.check();
  await choice.check().click();
  await expect(choice.verdict('Wrong')).toBeVisible();
  await expect(choice.root.getByText('tried, wrong')).toHaveCount(1);
  await expect(choice.left('2 of 3 attempts left')).toBeVisible();

  await choice.root.getByRole('radio', { name: rightOption }).check();
  await choice.check().click();
  await expect(choice.verdict('Right')).toBeFocused();
  const options = choice.root.getByRole('list', { name: 'Options, each with its reason' });
  await expect(options.getByText('right, your answer')).toHaveCount(1);
  await expect(options.getByText('wrong, your answer')).toHaveCount(1);
  for (const option of await options.getByRole('listitem').all()) {
    await expect(option.getByRole('paragraph')).not.toBeEmpty();
  }
  await choice.evidence().locator('summary').click();
  await expect(choice.evidence()).toContainText('The program as it ran');
});
