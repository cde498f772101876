import { expect } from '@playwright/test';
import { RunCaller } from '../site/run-caller.ts';
import { openWorkbench, test } from './workbench-page.ts';

/** Waits in its view until it is stopped. */
const endless = `import asyncio


async def page(request):
    await asyncio.sleep(60)
`;
/** Does the same as soon as it is loaded; the rest of the exercise does not come to its turn. */
const script = (...lines: string[]) =>
  [...lines, '', 'async def page(request): pass', ''].join('\n');

test('what it prints is shown while it goes on, and how it ended is said once', async ({
  page,
}) => {
  const bench = await openWorkbench(page);
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      for (const node of document.querySelectorAll('[role="status"]')) {
        const text = node.textContent ?? '';
        if (text && said.at(-1) !== text) said.push(text);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  await bench.write(
    'from django.http import JsonResponse\n\nimport sources\n\n\nasync def page(request):\n    return JsonResponse({"euro": await sources.rate("euro")})\n',
  );
  await bench.runByKey();
  await expect(bench.printed()).toHaveText('asked');
  await expect(bench.stop()).toBeVisible();
  await expect(bench.printed()).toContainText("200 {'euro': 1.1}");
  await expect(bench.outcome()).toContainText('It ran to its end');
  await expect(bench.editor()).toBeFocused();
  await expect(bench.run()).toBeEnabled();
  const said = () => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  await expect.poll(said).toEqual([expect.stringMatching(/^It ran to its end.*It printed: asked/)]);
});

test('what cannot be read of a run ends it, and it can be run again', async ({ page }) => {
  const bench = await openWorkbench(page);
  const broken = { contentType: 'text/event-stream', body: 'event: output\ndata: {\n\n' };
  await page.route('**/api/runs', (route) => route.fulfill(broken), { times: 1 });
  await bench.run().click();
  await expect(bench.outcome()).toContainText('how it ended is not known');
  await bench.run().click();
  await expect(bench.outcome()).not.toContainText('not known');
});

test('a run is stopped before what shows it has come', async ({ page }) => {
  let letGo = () => {};
  const stopped = new Promise<void>((resolve) => (letGo = resolve));
  let isHeld = false;
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes('What it printed')) {
      isHeld = true;
      await stopped;
    }
    await route.fulfill({ response });
  });
  let runs = 0;
  page.on('request', (request) => (runs += request.url().endsWith('/api/runs') ? 1 : 0));
  const bench = await openWorkbench(page);
  await bench.run().click();
  await bench.stop().click();
  expect(isHeld).toBe(true);
  letGo();
  await expect(page.getByRole('status').filter({ hasText: 'You stopped it.' })).toHaveCount(1);
  await expect(bench.stop()).toHaveCount(0);
  expect(runs).toBe(0);
});

test('stdout and stderr are told apart, and all is shown as text', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.write(
    script(
      'import sys',
      'print("<b>bold</b> \\x1b[31mred", flush=True)',
      'print("careful", file=sys.stderr, flush=True)',
    ),
  );
  await bench.run().click();
  await expect(bench.printed().locator('.stdout').first()).toContainText(
    '<b>bold</b> \\x1b[31mred',
  );
  await expect(bench.printed().locator('.stderr').first()).toContainText(/stderr:\s*careful/);
  await expect(bench.printed().locator('b')).toHaveCount(0);
});

test('Stop ends it, and the focus stays where it can go on', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.write(endless);
  await bench.run().focus();
  await page.keyboard.press('Enter');
  await expect(bench.printed()).toHaveText('asked');
  await page.keyboard.press('Tab');
  await expect(bench.stop()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bench.outcome()).toContainText('You stopped it.');
  await expect(bench.run()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(bench.printed()).toHaveText('asked');
  await bench.stop().click();
});

test('an error is marked at its line, and told plainly, until the line is edited', async ({
  page,
}) => {
  const bench = await openWorkbench(page);
  await bench.write(
    'from django.http import JsonResponse\n\n\nasync def page(request):\n    return JsonResponse({"euro": euro})\n',
  );
  await bench.runByKey();
  await expect(bench.outcome()).toContainText("a view failed with a NameError: name 'euro'");
  await expect(bench.outcome()).toContainText('Nothing is called euro at this point');
  await expect(bench.root.locator('.cm-mark-note')).toHaveText(/^NameError: name 'euro'/);
  await expect(bench.root.locator('.cm-gutterElement.cm-marked')).toHaveText('5');
  await expect(bench.tab(/program\.py error here/)).toBeVisible();
  await bench.button('Go to line 5 of program.py').click();
  await expect(bench.editor()).toBeFocused();
  await page.keyboard.insertText('# ');
  await expect(bench.root.locator('.cm-mark-note')).toHaveCount(0);
});

test('an error in a file that is only shown is marked there', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.write('import sources\n\n\nasync def page(request):\n    await sources.rate()\n');
  await bench.runByKey();
  // The call is wrong, and stands in the learner's own file.
  await expect(bench.root.locator('.cm-gutterElement.cm-marked')).toHaveText('5');
  await bench.write(
    'import asyncio\n\nimport sources\n\nasyncio.sleep = None\n\n\nasync def page(request):\n    await sources.rate("euro")\n',
  );
  await bench.runByKey();
  await bench.button('Go to line 5 of sources.py').click();
  await expect(bench.root.getByRole('tabpanel', { name: /^sources\.py/ })).toBeFocused();
  await expect(bench.root.locator('.marked')).toBeInViewport();
  await expect(bench.tab(/sources\.py/)).toHaveAttribute('aria-selected', 'true');
  await expect(bench.root.getByRole('tabpanel')).toContainText('TypeError');
});

test('a program without end is stopped, and told so', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.write(script('while True:', '    pass'));
  await bench.runByKey();
  await expect(bench.outcome()).toContainText('which is all that a run has', {
    timeout: 20_000,
  });
});

test('of endless output the beginning and the end are shown', async ({ page }) => {
  const bench = await openWorkbench(page);
  await bench.write(script('for n in range(5000):', '    print(n)'));
  await bench.runByKey();
  await expect(bench.printed()).toContainText(/\d+ lines \(\d+ characters\) not shown/);
  await expect(bench.printed()).toContainText('4999');
  expect(await bench.printed().locator('*').count()).toBeLessThan(50);
});

test('when too many runs wait, it says when to ask again, and can', async ({ page, site }) => {
  const bench = await openWorkbench(page);
  const [cookie] = await page.context().cookies();
  const caller = new RunCaller(site, `${cookie!.name}=${cookie!.value}`);
  const gone = new AbortController();
  const nap = { program: 'import time\ntime.sleep(4)' };
  const flood = Array.from({ length: 60 }, () => caller.run(nap, gone.signal).catch(() => null));
  await expect.poll(async () => (await caller.run({ program: '' })).status).toBe(429);
  await bench.run().click();
  await expect(bench.outcome()).toContainText(/Too many of your .* Try again in (\d+|a) second/);
  gone.abort();
  await Promise.all(flood);
  await expect(async () => {
    await bench.run().click();
    await expect(bench.outcome()).toContainText('It ran to its end', { timeout: 2000 });
  }).toPass();
});
