import { expect, test } from '@playwright/test';
import { Card, blanksAnchor, openTry, tryUrl } from './try-page.ts';

test('a report is sent from the card, and thanked for', async ({ page }) => {
  const { blanks, choice } = await openTry(page);
  const form = blanks.report();
  await form.getByText('Report a problem').click();
  await form.getByRole('radio', { name: 'It is unclear' }).check();
  await form.getByRole('textbox').fill('Which Ada?');
  await form.getByRole('button', { name: 'Send the report' }).click();
  await expect(form.getByText('Thank you: your report is kept')).toBeFocused();
  await expect(form.getByRole('textbox')).toHaveCount(0);
  await expect(choice.report().getByText('Thank you')).toHaveCount(0);
  await expect(blanks.left('3 of 3 attempts left')).toBeVisible();
});

test('what the server does not take is said, and what was written stays', async ({ page }) => {
  const { blanks } = await openTry(page);
  const form = blanks.report();
  await form.getByText('Report a problem').click();
  await form.getByRole('radio', { name: 'Something else' }).check();
  await form.getByRole('textbox').fill('   ');
  await form.getByRole('button', { name: 'Send the report' }).click();
  await expect(form.getByRole('alert')).toContainText('Say in a few words what is wrong');
  await expect(form.getByRole('radio', { name: 'Something else' })).toBeChecked();
  await page.route('**/try?/report', (route) => route.abort());
  await form.getByRole('textbox').fill('It says 5 and means 6.');
  await form.getByRole('button', { name: 'Send the report' }).click();
  await expect(form.getByRole('alert')).toContainText('could not be sent');
  await expect(form.getByRole('textbox')).toHaveValue('It says 5 and means 6.');
  await page.unroute('**/try?/report');
  await form.getByRole('button', { name: 'Send the report' }).click();
  await expect(form.getByText('Thank you')).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page comes back at the card with thanks, or with what was refused', async ({
    page,
  }) => {
    await page.goto(tryUrl);
    const card = new Card(page, blanksAnchor);
    const form = card.report();
    await form.getByText('Report a problem').click();
    await form.getByRole('radio', { name: 'A slip of the pen' }).check();
    await form.getByRole('textbox').fill('   ');
    await form.getByRole('button', { name: 'Send the report' }).click();
    await expect(form.getByText('Say in a few words what is wrong')).toBeVisible();
    await expect(form.getByRole('radio', { name: 'A slip of the pen' })).toBeChecked();

    await form.getByRole('textbox').fill('Teh row.');
    await form.getByRole('button', { name: 'Send the report' }).click();
    await expect(page).toHaveURL(new RegExp(`#${blanksAnchor}$`));
    await expect(form.getByText('Thank you')).toBeVisible();
    await expect(page.getByText('Thank you')).toHaveCount(1);
  });
});
