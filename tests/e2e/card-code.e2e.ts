import { expect, test } from '@playwright/test';
import { openKinds } from './kinds-page.ts';

const start = `from django.http import JsonResponse

from sources import ask


async def page(request):
    answers = [await ask("news"), await ask("sport")]
    return JsonResponse({"answers": answers})
`;
const unawaited = start
  .replace('from django', 'from asyncio import gather\n\nfrom django')
  .replace('[await ask("news"), await ask("sport")]', 'gather(ask("news"), ask("sport"))');
const inTasks = start
  .replace('from django', 'from asyncio import create_task\n\nfrom django')
  .replace(
    '    answers = [await ask("news"), await ask("sport")]\n',
    '    tasks = [create_task(ask(name)) for name in ("news", "sport")]\n    answers = [await task for task in tasks]\n',
  );

test('what was not changed is not sent', async ({ page }) => {
  const { fix } = await openKinds(page);
  await fix.check().click();
  await expect(fix.said()).toContainText('This is still what you started from.');
  await expect(fix.left('3 of 3 attempts left')).toBeVisible();
});

test('a run shows what the program does, and uses no attempt', async ({ page }) => {
  const { fix } = await openKinds(page);
  await fix.root.getByRole('button', { name: 'Run', exact: true }).click();
  const printed = fix.root.getByRole('group', { name: 'What it printed' });
  await expect(printed).toContainText('200 {"answers": ["NEWS", "SPORT"]}');
  await expect(fix.verdict('Right')).toHaveCount(0);
  await expect(fix.left('3 of 3 attempts left')).toBeVisible();
});

test('a wrong program is told what happened and what it is like; another right one stands beside ours', async ({
  page,
}) => {
  const { fix } = await openKinds(page);
  await fix.write(unawaited);
  await fix.fail();
  await expect(fix.root.getByText('We ran your program.')).toBeVisible();
  await expect(fix.root.locator('.result')).toContainText('TypeError');
  await expect(fix.root.getByText('only something that will have one')).toBeVisible();
  await expect(fix.said()).toContainText(/^Wrong\. .*TypeError.*2 of 3 attempts left/);
  await fix.evidence().locator('summary').click();
  await expect(fix.evidence()).toContainText('answers = gather(');
  await page.reload();
  await expect(fix.source()).toHaveValue(unawaited);

  await fix.write(inTasks);
  await fix.check().click();
  await expect(fix.verdict('Right')).toBeFocused();
  const beside = fix.root.getByRole('table');
  await expect(beside.getByRole('columnheader')).toHaveText(['Your program', 'Our solution']);
  await expect(beside).toContainText('create_task(ask(name))');
  await expect(beside).toContainText('await gather(ask("news"), ask("sport"))');
  // What differs is told by a word and a sign, not by its colour alone.
  await expect(beside.getByRole('cell', { name: /^differs: .*create_task\(/ })).toHaveCount(1);
  await expect(beside.getByRole('cell', { name: /^(?!differs:).*async def page/ })).toHaveCount(2);
  await expect(fix.root.getByText('Earlier answers of this round (1)')).toBeVisible();
  await expect(fix.source()).toHaveCount(0);
});

test('the check says what it asks for where nothing else is said', async ({ page }) => {
  const { fix } = await openKinds(page);
  await fix.write(`${start}\n# The same, but for this line.\n`);
  await fix.fail();
  await expect(fix.root.getByText('The check says: Both sources are asked at once.')).toBeVisible();
});

test('what is written while an answer is on its way is kept', async ({ page }) => {
  const { write } = await openKinds(page);
  await write.write('def longest(words):\n    return max(words)\n');
  let letGo = () => {};
  const written = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/try?/answer', async (route) => {
    await written;
    await route.continue();
  });
  await write.check().click();
  // Nothing else can be done meanwhile, which is said.
  await expect(write.said()).toHaveText('Checking.');
  for (const name of ['Checking', /^Show a hint/, 'Show the solution']) {
    const button = write.root.getByRole('button', { name });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
  }
  await write.write('def longest(words):\n    return words[0]\n');
  letGo();
  await expect(write.verdict('Wrong')).toBeVisible();
  await expect(write.root.getByText('comes last in the alphabet')).toBeVisible();
  await expect(write.source()).toHaveValue('def longest(words):\n    return words[0]\n');
});

test('the solution is shown beside the start to who gave no answer', async ({ page }) => {
  const { write } = await openKinds(page);
  await write.root.getByRole('button', { name: 'Show the solution' }).click();
  const beside = write.root.getByRole('table');
  await expect(beside.getByRole('columnheader')).toHaveText(['The start', 'The solution']);
  await expect(beside).toContainText('max(words, key=len)');
});

test('who has written something that was not checked is asked first, and has it back in the next round', async ({
  page,
}) => {
  const { write } = await openKinds(page);
  const mine = 'def longest(words):\n    return words[-1]\n';
  await write.write(mine);
  const show = write.root.getByRole('button', { name: 'Show the solution' });
  await show.click();
  const keep = write.root.getByRole('button', { name: 'Keep working' });
  await expect(keep).toHaveAccessibleDescription(/has not been checked/);
  await keep.click();
  await expect(show).toBeFocused();
  await expect(write.source()).toHaveValue(mine);
  await show.click();
  await show.click();
  await expect(write.root.getByRole('heading', { name: 'The answer, and why' })).toBeFocused();

  await write.root.getByRole('button', { name: 'Start a new round' }).click();
  await expect(write.source()).toHaveValue(/NotImplementedError/);
  await write.root.getByRole('button', { name: 'Bring my text back' }).click();
  await expect(write.source()).toHaveValue(mine);
});

test.describe('on a narrow page', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('own program and solution are one text with its differences', async ({ page }) => {
    const { write } = await openKinds(page);
    await write.root.getByRole('button', { name: 'Show the solution' }).tap();
    await expect(write.root.getByRole('table')).toBeHidden();
    const lines = write.root.locator('.unified').getByRole('listitem');
    await expect(lines.filter({ hasText: 'The solution:' })).toContainText('max(words, key=len)');
    await expect(lines.filter({ hasText: 'The start:' })).toContainText('NotImplementedError');
  });
});
