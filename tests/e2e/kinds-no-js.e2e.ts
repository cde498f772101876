import { expect, test } from '@playwright/test';
import { CodeCard, kindsUrl, mended, ordered, OrderCard, rightLines, typed } from './kinds-page.ts';
import { Card } from './try-page.ts';

test.use({ javaScriptEnabled: false });

test('an output is typed and posted, and stays in its place', async ({ page }) => {
  await page.goto(kindsUrl());
  const card = new Card(page, typed);
  await card.root.getByRole('textbox', { name: 'What does it print?' }).fill('3\n2\n1\n0');
  await card.check().click();
  await expect(page).toHaveURL(new RegExp(`#${typed}$`));
  await expect(card.verdict('Wrong')).toBeVisible();
  const text = card.root.getByRole('textbox', { name: 'What does it print?' });
  await expect(text).toHaveValue('3\n2\n1\n0');
  await text.fill('3\n2\n1');
  await card.check().click();
  await expect(card.verdict('Right')).toBeVisible();
});

test('lines are put in order by a select for each place and one for its depth', async ({
  page,
}) => {
  await page.goto(kindsUrl());
  const card = new OrderCard(page, ordered);
  const put = async (indents: number[]) => {
    for (const [index, label] of rightLines.entries()) {
      const line = card.root.getByRole('combobox', { name: `Line ${index + 1} of 4` });
      await line.selectOption({ label });
      const indent = card.root.getByRole('combobox', { name: `Indent of line ${index + 1}` });
      await indent.selectOption(String(indents[index]));
    }
    await card.check().click();
  };
  await put([0, 0, 1, 1]);
  await expect(card.verdict('Wrong')).toBeVisible();
  await expect(card.root.getByRole('combobox', { name: 'Indent of line 4' })).toHaveValue('1');
  await put([0, 0, 1, 0]);
  await expect(card.verdict('Right')).toBeVisible();
});

test('a program is written into a textarea and judged', async ({ page }) => {
  await page.goto(kindsUrl());
  const card = new CodeCard(page, mended);
  const source = await card.source().inputValue();
  await card.source().fill(source.replace('await ask("news"), await', 'await ask("news"), 1 or'));
  await card.check().click();
  await expect(card.verdict('Wrong')).toBeVisible();
  const right = source
    .replace('from django', 'import asyncio\n\nfrom django')
    .replace(
      '[await ask("news"), await ask("sport")]',
      'await asyncio.gather(ask("news"), ask("sport"))',
    );
  await card.source().fill(right);
  await card.check().click();
  await expect(card.verdict('Right')).toBeVisible();
});

test('a program that is not taken is still there, to be mended', async ({ page }) => {
  await page.goto(kindsUrl());
  const card = new CodeCard(page, mended);
  const long = `${await card.source().inputValue()}\n# ${'x'.repeat(64 * 1024)}\n`;
  await card.source().fill(long);
  await card.check().click();
  await expect(card.root.getByText('A text may have 64 KiB at most')).toBeVisible();
  await expect(card.source()).toHaveValue(long);
  await expect(card.left('3 of 3 attempts left')).toBeVisible();
});
