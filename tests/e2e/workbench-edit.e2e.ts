import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { workbenchPath } from '../site/workbench-site.ts';
import { openWorkbench, startOf, test, Workbench } from './workbench-page.ts';

test('the editor takes the place of the textarea once it is seen, and nothing moves', async ({
  page,
}) => {
  // The editor is held back until the page has been looked at without it.
  let letGo = () => {};
  const looked = new Promise<void>((resolve) => (letGo = resolve));
  let isHeld = false;
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    const isEditor = (await response.text()).includes('cm-gutterElement');
    isHeld ||= isEditor;
    if (isEditor) await looked;
    await route.fulfill({ response });
  });
  await page.addInitScript(() => {
    const moved: number[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        moved.push((entry as PerformanceEntry & { value: number }).value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.goto(workbenchPath, { waitUntil: 'networkidle' });
  const bench = new Workbench(page);
  const area = bench.root.locator('textarea');
  await expect(area).not.toBeInViewport();
  expect(isHeld, 'no editor is loaded before it is seen').toBe(false);
  await area.scrollIntoViewIfNeeded();
  await expect.poll(() => isHeld).toBe(true);
  await page.evaluate(() => document.fonts.ready);
  const before = await bench.root.boundingBox();
  await area.focus();
  await area.evaluate((node: HTMLTextAreaElement) => node.setSelectionRange(0, 4));
  letGo();
  await expect(bench.root.locator('.cm-content')).toBeFocused();
  expect(await bench.root.boundingBox()).toEqual(before);
  // Where the cursor was, and what was chosen, too.
  await page.keyboard.insertText('FROM');
  expect(await bench.text()).toContain(startOf.replace('from', 'FROM'));
  const moved = await page.evaluate(() => (globalThis as unknown as { moved: number[] }).moved);
  expect(moved.filter((value) => value > 0.001)).toEqual([]);
});

test('an editor that did not come is sent for again when the text is used', async ({ page }) => {
  let isCut = true;
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    const isEditor = (await response.text()).includes('cm-gutterElement');
    await (isEditor && isCut ? route.abort() : route.fulfill({ response }));
  });
  await page.goto(workbenchPath, { waitUntil: 'networkidle' });
  const bench = new Workbench(page);
  const area = bench.root.locator('textarea');
  const failed = page.waitForEvent('requestfailed');
  await area.focus();
  await failed;
  isCut = false;
  await area.blur();
  await expect(async () => {
    await area.blur();
    await area.focus();
    await expect(bench.root.locator('.cm-content')).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test('Tab indents, Enter after a colon too, and steps can be undone and done again', async ({
  page,
}) => {
  const bench = await openWorkbench(page);
  const before = await bench.text();
  await bench.editor().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\ndef f():\nreturn 1');
  expect(await bench.text()).toBe(`${before}\ndef f():\n    return 1`);
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  const deeper = `${before}\ndef f():\n        return 1`;
  expect(await bench.text()).toBe(deeper);
  await page.keyboard.press('Shift+Tab');
  const after = `${before}\ndef f():\n    return 1`;
  expect(await bench.text()).toBe(after);
  // How much is one step depends on how fast it was typed.
  for (const [key, text] of [
    ['Control+Z', before],
    ['Control+Y', after],
  ] as const) {
    await expect(async () => {
      await page.keyboard.press(key);
      expect(await bench.text()).toBe(text);
    }).toPass();
  }
});

test('Esc and then Tab leave the editor, which says so', async ({ page }) => {
  const bench = await openWorkbench(page);
  const editor = bench.editor();
  await editor.focus();
  await expect(editor).toHaveAccessibleDescription(/Esc, then Tab/);
  await expect(bench.root.getByText('To leave the editor')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(bench.run()).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(bench.tab('program.py')).toBeFocused();
});

test('a file that is only shown is a tab, reached by the arrow keys', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.tab('program.py').focus();
  await page.keyboard.press('ArrowRight');
  const given = bench.tab(/sources\.py read only/);
  await expect(given).toBeFocused();
  await expect(given).toHaveAttribute('aria-selected', 'true');
  const panel = bench.root.getByRole('tabpanel', { name: /sources\.py/ });
  await expect(panel).toContainText('await asyncio.sleep(0.2)');
  await expect(panel.getByRole('textbox')).toHaveCount(0);
  await expect(bench.editor()).toBeHidden();
  await page.keyboard.press('Home');
  await expect(bench.editor()).toBeVisible();
});

test('a draft is kept over a reload; a reset asks first, and can be taken back', async ({
  page,
}) => {
  const bench = await openWorkbench(page);
  const start = await bench.text();
  await expect(bench.button('Reset')).toHaveCount(0);
  await bench.write('print("mine")\n');
  await page.reload();
  await bench.root.scrollIntoViewIfNeeded();
  await expect.poll(() => bench.text()).toBe('print("mine")\n');
  await expect(bench.root.getByText('Your draft was kept.')).toBeVisible();

  await bench.button('Reset').click();
  await bench.button('Keep my text').click();
  expect(await bench.text()).toBe('print("mine")\n');
  await bench.button('Reset').click();
  await bench.button('Yes, reset').click();
  expect(await bench.text()).toBe(start);
  await bench.button('Bring my text back').click();
  expect(await bench.text()).toBe('print("mine")\n');

  await bench.button('Reset').click();
  await bench.button('Yes, reset').click();
  await bench.editor().press('Control+Z');
  expect(await bench.text()).toBe('print("mine")\n');
  await bench.button('Reset').click();
  await bench.button('Yes, reset').click();
  await page.reload();
  await bench.root.scrollIntoViewIfNeeded();
  await expect(bench.root.locator('.cm-content')).toBeVisible();
  expect(await bench.text()).toBe(start);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the program is a labelled textarea in the form, and nothing promises more', async ({
    page,
  }) => {
    await page.goto(workbenchPath);
    const area = page.getByLabel('Your program: program.py');
    await expect(area).toBeVisible();
    expect(await area.inputValue()).toContain(startOf);
    await expect(page.getByText('await asyncio.sleep(0.2)')).toBeVisible();
    await expect(page.getByRole('tab')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveCount(0);
    const face = await area.evaluate((node) => getComputedStyle(node).fontFamily);
    expect(face).toContain('Mono');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and only code scrolls sideways', async ({ page }) => {
        test.slow();
        const bench = await openWorkbench(page);
        const violations = async () => {
          const { violations: found } = await new AxeBuilder({ page }).analyze();
          return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        };
        expect(await violations()).toEqual([]);
        await bench.write(`x = "${'long '.repeat(60)}"\nprint(x)\nimport requests\n`);
        await bench.runByKey();
        await expect(bench.button(/^Go to line 3/)).toBeVisible();
        await bench.button('Reset').click();
        expect(await violations()).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
        const size = await bench.editor().evaluate((node) => getComputedStyle(node).fontSize);
        // Less, and a phone zooms in.
        if (width === 390) expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(16);
      });
    });
  }
}
