/** What the site's content security policy lets happen on its pages: all that they do, and nothing else. */
import { expect, test, type Page } from '@playwright/test';

const lesson = '/learn/django/async/when-async-helps';
const modes = [
  ...['learn', 'why', 'deep-dive', 'visualize', 'try', 'challenge', 'project'],
  ...['performance?guess=none', 'review', 'test'],
];
const pages = [
  '/',
  '/sign-in',
  '/sign-up',
  '/me',
  '/review',
  '/how-strength-works',
  lesson,
  ...modes.map(modeOf),
];

function modeOf(mode: string): string {
  return `${lesson}/${mode}`;
}

interface Told {
  told: string[];
}

/** From here on, what a page's policy refuses is told. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      told.push(`${violatedDirective}: ${blockedURI} ${sample}`);
    });
  });
}

const refused = (page: Page) => page.evaluate(() => (window as unknown as Told).told);

test.beforeEach(({ page }) => listen(page));

for (const path of pages) {
  test(`nothing of ${path} is refused`, async ({ page }) => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await refused(page)).toEqual([]);
  });

  test(`no element of ${path} comes with a style of its own, nor with a handler`, async ({
    request,
  }) => {
    const html = await (await request.get(path)).text();
    expect(html.match(/<[a-z][^>]*\s(style|on[a-z]+)=[^>]*>/gi) ?? []).toEqual([]);
  });
}

test('the editor, which makes style elements, is not refused', async ({ page }) => {
  await page.goto(modeOf('learn'));
  await page.getByRole('button', { name: 'Edit and run' }).first().click();
  const gutter = page.locator('.cm-gutters').first();
  await expect(gutter).toBeVisible();
  // A rule of the editor's own.
  await expect(gutter).toHaveCSS('display', 'flex');
  expect(await refused(page)).toEqual([]);
});

test('what is told to screen readers of another page is not seen', async ({ page }) => {
  await page.goto('/');
  const told = page.locator('#svelte-announcer');
  await expect(told).toHaveCSS('width', '1px');
  await page.getByRole('link', { name: 'When async helps' }).first().click();
  await expect(told).toContainText('When async helps');
  await expect(told).toHaveCSS('width', '1px');
  expect(await refused(page)).toEqual([]);
});

test('scripts and style elements that are not ours are refused', async ({ page }) => {
  await page.goto(lesson);
  await page.evaluate(() => {
    const [script, style] = [document.createElement('script'), document.createElement('style')];
    script.textContent = 'window.told.push("a foreign script has run")';
    style.textContent = 'body { display: none }';
    document.body.append(script, style);
  });
  await expect(page.locator('body')).toBeVisible();
  await expect.poll(() => refused(page)).toHaveLength(2);
  const [first, second] = (await refused(page)).toSorted();
  expect(first).toMatch(/^script-src-elem: inline/);
  expect(second).toMatch(/^style-src-elem: inline/);
});

test('styles of elements that are not set by a script of ours are refused', async ({ page }) => {
  await page.goto(lesson);
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.innerHTML = '<p style="color: red">Not ours</p>';
    document.body.append(box);
  });
  await expect.poll(() => refused(page)).toHaveLength(1);
  expect((await refused(page))[0]).toMatch(/^style-src-attr: inline/);
});

test('no other site may put a page into a frame, and nothing guesses what a file is', async ({
  request,
}) => {
  const { [`content-security-policy`]: policy = '', ...headers } = (
    await request.get(lesson)
  ).headers();
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-');
  expect(policy).toContain("style-src-attr 'none'");
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect((await request.get('/favicon.svg')).headers()['x-content-type-options']).toBe('nosniff');
});
