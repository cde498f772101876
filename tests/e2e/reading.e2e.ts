/** The pages of the modes that are read, on the lesson in tests/e2e/content. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const lesson = '/learn/web/reading/one-thread';
const modes = ['learn', 'why', 'deep-dive'];

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      for (const mode of modes) {
        test(`axe finds nothing in ${mode}, and the page does not scroll sideways`, async ({
          page,
        }) => {
          await page.goto(`${lesson}/${mode}`);
          await expect(page.getByTestId('hallmark')).toBeVisible();
          if (mode !== 'why') {
            await expect(page.getByRole('button', { name: 'Edit and run' }).first()).toBeVisible();
          }
          for (const summary of await page.locator('article summary:visible').all()) {
            await summary.click();
          }
          expect(await violations(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        });
      }
    });
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('everything can be read: text, programs, what they printed, drawings, tables', async ({
    page,
  }) => {
    await page.goto(`${lesson}/learn`);
    const program = page.getByRole('figure', { name: 'One view that waits' });
    await expect(program.getByText('async def rates(request):')).toBeVisible();
    await expect(program.getByText('response = await request("GET", "/")')).toBeVisible();
    await expect(program.locator('samp')).toHaveText("200 {'euro': 1.1}");
    const failing = page.getByRole('figure', { name: 'It ends in an exception' });
    await expect(failing.getByText('ZeroDivisionError: division by zero')).toBeVisible();
    await expect(page.getByRole('row', { name: /computes.* no there is no wait/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit and run' })).toHaveCount(0);
    await page.goto(`${lesson}/deep-dive`);
    await expect(
      page.getByRole('img', { name: /^Three requests that each compute/ }),
    ).toBeVisible();
    await page.goto(`${lesson}/why`);
    await page.getByText('Both programs, and what was measured').click();
    await expect(page.getByText('await asyncio.gather(one(), one(), one())')).toBeVisible();
  });

  test('its reader says that it is done, and is led on', async ({ page }) => {
    await page.goto(`${lesson}/learn`);
    await page.getByRole('button', { name: 'I have read this' }).click();
    await expect(page).toHaveURL(new RegExp(`${lesson}/learn#done$`));
    await page.getByRole('link', { name: /^Next: Why/ }).click();
    await expect(page.getByRole('heading', { name: 'Before and after' })).toBeVisible();
  });
});

test('links lead to the other modes and to sections, and nowhere else on this site', async ({
  page,
}) => {
  await page.goto(`${lesson}/learn`);
  await page.getByRole('link', { name: 'table', exact: true }).click();
  await expect(page).toHaveURL(/#when-it-helps$/);
  await expect(page.locator('#when-it-helps')).toBeInViewport();
  await page.locator('article').getByRole('link', { name: 'Why', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${lesson}/why$`));
});

test('a measurement tells medians, spread and counts in words, with the day of this host', async ({
  page,
}) => {
  await page.goto(`${lesson}/why`);
  const figure = page.getByRole('figure', { name: 'Three waits of 50 ms' });
  const amount = String.raw`[\d.,]+`;
  for (const label of ['One after the other', 'All three together']) {
    const row = new RegExp(`^${label} ${amount} ms from ${amount} to ${amount} ms$`);
    await expect(figure.getByRole('row', { name: row })).toBeVisible();
  }
  await expect(figure.getByRole('row', { name: 'waiting at once 1 3' })).toBeVisible();
  await expect(
    figure.getByText(/^“.+” took [\d.]+ times as long as “.+” \(medians\)/),
  ).toBeVisible();
  const said = figure.locator('p', { has: page.locator('time') });
  await expect(said).toContainText('Measured on this host on');
  await expect(said).toContainText('5 runs each, in turn');
  await expect(said.locator('time')).toHaveText(/^\d+ \w+ \d{4}$/);
});

test('the contents of a deep dive stand in the margin of a wide page, and unfold on a narrow one', async ({
  page,
}) => {
  const contents = page.getByRole('navigation', { name: 'Contents' });
  await page.setViewportSize({ width: 1280, height: 844 });
  await page.goto(`${lesson}/deep-dive`);
  await contents.getByRole('link', { name: 'Where it fits' }).click();
  await expect(page.locator('#where-it-fits')).toBeInViewport();
  await expect(contents).toBeInViewport();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${lesson}/deep-dive`);
  await expect(contents).toBeHidden();
  await page.locator('summary', { hasText: 'In this deep dive' }).click();
  await expect(contents.getByRole('link')).toHaveCount(6);
});

test('what is wider than a phone scrolls in its own box, by the keyboard too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${lesson}/learn`);
  const shell = page.locator('article pre');
  await expect(shell).toHaveAttribute('tabindex', '0');
  await expect(shell).toHaveRole('group');
  await expect(shell).toHaveAccessibleName('Text as it is');
  await shell.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => shell.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
});

test('a program is edited and run where it stands, and its editor is sent for only then', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.url());
  });
  await page.goto(`${lesson}/learn`);
  const program = page.getByRole('figure', { name: 'One view that waits' });
  const edit = program.getByRole('button', { name: 'Edit and run' });
  await expect(edit).toBeVisible();
  await page.waitForLoadState('networkidle');
  const before = scripts.length;
  await edit.click();
  const editor = program.getByRole('textbox');
  await expect(editor).toBeFocused();
  expect(scripts.length).toBeGreaterThan(before);

  await page.keyboard.press('Control+Home');
  await page.keyboard.type('print("edited")\n');
  await page.keyboard.press('Control+Enter');
  const ran = program.getByRole('region', { name: 'What it did' });
  await expect(ran.getByText('edited')).toBeVisible();
  await expect(ran.getByText("200 {'euro': 1.1}")).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await program.getByRole('button', { name: 'Back to the text' }).click();
  await expect(edit).toBeFocused();
  await expect(program.getByText('edited')).toHaveCount(0);
});

test('an editor that does not come is told of, and asked for again', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${lesson}/learn`, { waitUntil: 'networkidle' });
  const program = page.getByRole('figure', { name: 'One view that waits' });
  const edit = program.getByRole('button', { name: 'Edit and run' });
  await expect(edit).toHaveAccessibleDescription('One view that waits');
  await page.route('**/*.js', (route) => route.abort());
  await edit.click();
  await expect(program.getByRole('alert')).toContainText('could not be loaded');
  expect(errors).toEqual([]);
  await page.unroute('**/*.js');
  await program.getByRole('button', { name: 'Back to the text' }).click();
  await edit.click();
  await expect(program.getByRole('textbox')).toBeFocused();
});
