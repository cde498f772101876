/** The page of the Performance mode, on our own lesson. What it shows was measured on this host. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';

const url = '/learn/django/async/when-async-helps/performance';
const waits = `${url}?scenario=async-waits`;
const guessed = `${waits}&open=4&ms=2500`;

const result = (page: Page) => page.getByRole('region', { name: 'What happened' });
const own = (page: Page) => page.getByRole('region', { name: 'Change it, and run it' });
const drawing = (page: Page, name: string | RegExp) => page.getByRole('figure', { name }).first();
const editor = (page: Page) => own(page).getByRole('textbox', { name: /program\.py$/ });
const runButton = (page: Page) => own(page).getByRole('button', { name: /^Run(ning| it)$/ });

/** Opens what a learner changes and runs. */
async function openOwn(page: Page, address = guessed): Promise<void> {
  await page.goto(address);
  await own(page).getByRole('button', { name: 'Set up your own run' }).click();
  await expect(own(page).getByRole('heading', { name: 'Change it, and run it' })).toBeFocused();
  await expect(editor(page)).toBeVisible();
  // It comes when it is seen. Until then a text field stands there, which would be gone in the middle of a click.
  await own(page)
    .getByRole('group', { name: 'Your program', exact: true })
    .scrollIntoViewIfNeeded();
  await expect(own(page).locator('.cm-content')).toBeVisible();
}

/** Writes a program in the place of the one that stands there, as if it were pasted. */
async function write(page: Page, program: string): Promise<void> {
  await editor(page).click();
  await expect(own(page).locator('.cm-content')).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(program);
  await expect.poll(() => own(page).locator('textarea').inputValue()).toBe(program);
}

async function setLoad(page: Page, load: Record<string, number>): Promise<void> {
  for (const [label, value] of Object.entries(load)) {
    await own(page).getByLabel(label, { exact: true }).fill(String(value));
  }
}

const view = (...lines: string[]) =>
  [
    'import asyncio, os',
    'from django.http import HttpResponse',
    '',
    'async def report(request):',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing before the guess, and the page does not scroll sideways', async ({
        page,
      }) => {
        await page.goto(waits);
        await expect(page.getByRole('slider').first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      test('nor after it, with tables, chart and a run of one’s own', async ({ page }) => {
        test.slow();
        await openOwn(page);
        await setLoad(page, { 'Requests at once': 3, 'What the view waits': 100 });
        await runButton(page).click();
        await expect(drawing(page, 'Your run')).toBeVisible({ timeout: 30_000 });
        await result(page).getByText('The same as a table').first().click();
        await drawing(page, 'Throughput, median and tail').scrollIntoViewIfNeeded();
        await expect(page.locator('figure .place svg').first()).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      test('no two words of a drawing overlap', async ({ page }) => {
        for (const scenario of ['async-waits', 'sync-waits', 'async-blocks']) {
          await page.goto(`${url}?scenario=${scenario}&open=4&ms=2500`);
          await expect(drawing(page, /./)).toBeVisible();
          expect(await overlapsIn(result(page)), scenario).toEqual([]);
        }
      });
    });
  }
}

/** Words of timelines that stand over each other. */
function overlapsIn(region: Locator): Promise<string[]> {
  return region.evaluate((node) =>
    [...node.querySelectorAll('figure')].flatMap((figure) => {
      const words = [...figure.querySelectorAll('.words text, text.mark')]
        .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0);
      return words.flatMap(({ text, box: one }, index) =>
        words
          .slice(index + 1)
          .filter(
            ({ box: other }) =>
              one.left < other.right - 1 &&
              other.left < one.right - 1 &&
              one.top < other.bottom - 5 &&
              other.top < one.bottom - 5,
          )
          .map((other) => `${text} / ${other.text}`),
      );
    }),
  );
}

test.describe('the guess', () => {
  test('is made with two numbers, and is told beside what was measured', async ({ page }) => {
    await page.goto(waits);
    await expect(result(page)).toHaveCount(0);
    await page.getByLabel('How many are in the view at once?', { exact: true }).fill('4');
    await page.getByLabel('How long until the last answer?', { exact: true }).fill('60000');
    await page.getByRole('button', { name: 'Show what happened' }).click();
    await expect(page).toHaveURL(/scenario=async-waits&open=4&ms=60000#result$/);
    await expect(result(page).getByText('You said 4 at once. It was 20.')).toBeVisible();
    await expect(result(page).getByText(/^You said 60 s until the last answer\./)).toBeVisible();
    await expect(page.locator('main > [role="status"]')).toContainText('It was 20.');
    await expect(result(page).getByText(/wrong/i)).toHaveCount(0);
  });

  test('is made with sliders alone, by keyboard', async ({ page }) => {
    await page.goto(waits);
    const open = page.getByRole('slider', { name: /in the view at once/ });
    await open.focus();
    await page.keyboard.press('End');
    await expect(page.getByLabel('How many are in the view at once?', { exact: true })).toHaveValue(
      '20',
    );
    await page.getByRole('slider', { name: /until the last answer/ }).focus();
    await page.keyboard.press('PageUp');
    const ms = page.getByLabel('How long until the last answer?', { exact: true });
    await expect(ms).not.toHaveValue('');
    await page.getByRole('button', { name: 'Show what happened' }).press('Enter');
    await expect(result(page).getByText('You said 20 at once, and 20 it was.')).toBeVisible();
  });

  test('may be of one number only, and not of none', async ({ page }) => {
    await page.goto(waits);
    await page.getByRole('button', { name: 'Show what happened' }).click();
    await expect(page.getByText('Give at least one of the two numbers.')).toBeVisible();
    await page.getByLabel('How many are in the view at once?', { exact: true }).fill('3');
    await page.getByRole('button', { name: 'Show what happened' }).click();
    await expect(result(page).getByText('You said 3 at once. It was 20.')).toBeVisible();
    await expect(result(page).getByText(/until the last answer\./)).toHaveCount(0);
  });

  test('can be left out', async ({ page }) => {
    await page.goto(waits);
    await page.getByRole('link', { name: 'Show me without a guess' }).click();
    await expect(result(page).getByText(/20 at once were in the view/)).toBeVisible();
    await expect(result(page).getByText(/^You said/)).toHaveCount(0);
    await page.getByRole('link', { name: 'Guess again' }).click();
    await expect(page.getByRole('button', { name: 'Show what happened' })).toBeVisible();
  });

  test('comes before anything that was measured is sent', async ({ page }) => {
    const html = await (await page.request.get(waits)).text();
    expect(html).not.toMatch(/perSecond|wallMs|answered after/);
  });
});

test('both drawings have one axis, and the guess is marked on the first', async ({ page }) => {
  await page.goto(guessed);
  const ticks = await result(page)
    .locator('figure .grid')
    .evaluateAll((grids) => grids.map((grid) => grid.textContent.replace(/\s+/g, ' ').trim()));
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(ticks[0]).toBe(ticks[1]);
  await expect(result(page).locator('text.mark')).toHaveText(['your guess: 2.5 s']);
});

test('a drawing tells who waited for what, and its table says the same', async ({ page }) => {
  await page.goto(`${url}?scenario=sync-waits&guess=none`);
  const first = result(page).locator('figure').first();
  const queued = first.getByRole('img', { name: /^request \d+: waits for a free thread/ });
  // Four are served at once, so all but the first four wait.
  await expect(queued).toHaveCount(16);
  await first.getByText('The same as a table').click();
  await expect(first.getByRole('row', { name: /waits for a free thread/ })).toHaveCount(16);
  await expect(
    first.getByRole('rowheader', { name: /^thread 4 .*served 5 requests/ }),
  ).toBeVisible();
});

test('an async view that blocks is drawn as what holds the loop, one request after the other', async ({
  page,
}) => {
  await page.goto(`${url}?scenario=async-blocks&guess=none`);
  const first = result(page).locator('figure').first();
  const requests = await first.getByRole('group', { name: /^request \d+/ }).count();
  await expect(first.getByRole('img', { name: /^event loop: held by the view of/ })).toHaveCount(
    requests,
  );
});

test('figures stand in a table with their spread, and claims have their verdict', async ({
  page,
}) => {
  await page.goto(guessed);
  const row = (name: string) => result(page).getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row('requests open in the view at once')).toContainText('20');
  await expect(row('answers a second')).toContainText(/\d/);
  await expect(row('time until the last answer')).toContainText(/ to /);
  const claim = result(page).getByRole('listitem').filter({ hasText: 'async-waits.open == 20' });
  await expect(claim).toContainText('holds in 3 rounds');
  await expect(result(page).getByText(/Measured on this host \(.*cores/)).toBeVisible();
});

test('Plot is sent to this page only, and only for the chart', async ({ page }) => {
  const asked: Promise<boolean>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const text = response.text().catch(() => '');
    asked.push(text.then((script) => /ruleY|tickX|lineAnchor/.test(script)));
  });
  const isThere = async () => (await Promise.all(asked)).includes(true);
  await page.goto(waits, { waitUntil: 'networkidle' });
  expect(await isThere()).toBe(false);
  await page.goto(guessed);
  await drawing(page, 'Throughput, median and tail').scrollIntoViewIfNeeded();
  await expect(page.locator('figure .place svg')).toBeVisible();
  // What the page has drawn already may be told here a moment later.
  await expect.poll(isThere).toBe(true);
});

test('drawings, chart and runs can be saved', async ({ page }) => {
  await page.goto(guessed);
  const saved = async (pressed: Locator) => {
    const coming = page.waitForEvent('download');
    await pressed.click();
    return readFile(await (await coming).path(), 'utf8');
  };
  const first = result(page).locator('figure').first();
  const svg = await saved(first.getByRole('button', { name: 'Save as SVG' }));
  expect(svg).toMatch(/^<svg [^>]*viewBox=/);
  expect(svg).toContain('your guess: 2.5 s');
  expect(svg).not.toMatch(/var\(--|light-dark|class=/);
  const drawn = JSON.parse(await saved(first.getByRole('button', { name: 'Save as JSON' }))) as {
    lanes: unknown[];
  };
  expect(drawn.lanes.length).toBeGreaterThan(20);
  const chart = drawing(page, 'Throughput, median and tail');
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('.place svg')).toBeVisible();
  const bars = await saved(chart.getByRole('button', { name: 'Save the chart as SVG' }));
  expect(bars).toContain('answers a second');
  expect(bars).not.toMatch(/var\(--|light-dark/);
  expect(await placesIn(page, bars, 'text')).toBe((await chart.locator('.place text').count()) + 1);
  const link = result(page).getByRole('link', { name: 'Async view that awaits' });
  const run = JSON.parse(await saved(link)) as { client: { answered: number } };
  expect(run.client.answered).toBe(20);
});

/** At how many places of its own the elements of a saved drawing stand. */
function placesIn(page: Page, svg: string, name: string): Promise<number> {
  return page.evaluate(
    ([text, wanted]) => {
      const box = document.createElement('div');
      box.append(new DOMParser().parseFromString(text!, 'image/svg+xml').documentElement);
      document.body.append(box);
      const places = [...box.querySelectorAll<SVGGraphicsElement>(wanted!)].map((each) => {
        const { left, top } = each.getBoundingClientRect();
        return `${Math.round(left)} ${Math.round(top)}`;
      });
      box.remove();
      return new Set(places).size;
    },
    [svg, name],
  );
}

test('nothing moves while the page comes alive and the chart is drawn', async ({ page }) => {
  await recordShifts(page);
  await page.goto(guessed, { waitUntil: 'networkidle' });
  await drawing(page, 'Throughput, median and tail').scrollIntoViewIfNeeded();
  await expect(page.locator('figure .place svg')).toBeVisible();
  expect(await shiftsOf(page)).toEqual([]);
});

test.describe('a run of one’s own', () => {
  test('has the load and the view that were set, and is drawn beside the lesson’s', async ({
    page,
  }) => {
    await openOwn(page);
    await setLoad(page, { 'Requests at once': 6, 'What the view waits': 100 });
    await write(page, view('await asyncio.sleep(0.3)', 'return HttpResponse("mine")'));
    await runButton(page).click();
    const mine = drawing(page, 'Your run');
    await expect(mine).toBeVisible({ timeout: 30_000 });
    await expect(mine.getByRole('group', { name: /^request \d+ : answered after/ })).toHaveCount(6);
    const row = own(page).getByRole('row', { name: /^requests open in the view at once/ });
    await expect(row.getByRole('cell')).toHaveText([/^20/, /^6/]);
    const axes = await own(page)
      .locator('figure .grid')
      .evaluateAll((grids) => grids.map((grid) => grid.textContent.replace(/\s+/g, ' ').trim()));
    expect(axes[0]).toBe(axes[1]);
    await expect(own(page).locator('> [role="status"]')).toContainText(/^Your run: 6 at once/);
  });

  test('is started by its key, and what is kept of it is there after a reload', async ({
    page,
  }) => {
    await openOwn(page);
    await setLoad(page, { 'Requests at once': 2, 'What the view waits': 50 });
    const program = view('print("seen")', 'return HttpResponse("mine")');
    await write(page, program);
    await page.keyboard.press('Control+Enter');
    await expect(drawing(page, 'Your run')).toBeVisible({ timeout: 30_000 });
    await expect(own(page).getByRole('group', { name: 'What it printed' })).toContainText('seen');
    await openOwn(page);
    await expect(own(page).locator('textarea')).toHaveValue(program);
    await own(page).getByRole('button', { name: 'Reset', exact: true }).click();
    await own(page).getByRole('button', { name: 'Yes, reset' }).click();
    await expect(own(page).locator('textarea')).not.toHaveValue(program);
  });

  test('that fails is told in a sentence, at its line', async ({ page }) => {
    await openOwn(page);
    await setLoad(page, { 'Requests at once': 2, 'What the view waits': 50 });
    await write(page, view('return HttpResponse(1 / 0)'));
    await runButton(page).click();
    await expect(
      own(page)
        .getByText(/a view failed with a ZeroDivisionError/)
        .first(),
    ).toBeVisible({
      timeout: 30_000,
    });
    await own(page).getByRole('button', { name: 'Go to line 5' }).click();
    await expect(editor(page)).toBeFocused();
  });

  test('that is refused loses nothing of what was written and set', async ({ page }) => {
    await openOwn(page);
    const program = view('return HttpResponse("mine")');
    await write(page, program);
    await setLoad(page, { 'Requests at once': 7 });
    await page.route('**/api/lab-runs', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, detail: 'Too many runs are waiting.' }),
      }),
    );
    await runButton(page).click();
    await expect(own(page).getByText('Too many runs are waiting.').first()).toBeVisible();
    await expect(own(page).locator('textarea')).toHaveValue(program);
    await expect(own(page).getByLabel('Requests at once', { exact: true })).toHaveValue('7');
    await page.unroute('**/api/lab-runs');
    await setLoad(page, { 'Requests at once': 2, 'What the view waits': 50 });
    await runButton(page).click();
    await expect(drawing(page, 'Your run')).toBeVisible({ timeout: 30_000 });
  });

  test('can be stopped, and the focus stays where it can be run again', async ({ page }) => {
    await openOwn(page);
    await setLoad(page, { 'Requests at once': 2, 'What the view waits': 9000 });
    await runButton(page).click();
    await own(page).getByRole('button', { name: 'Stop' }).click();
    await expect(own(page).getByText('You stopped it.').first()).toBeVisible();
    await expect(runButton(page)).toBeFocused();
    await expect(runButton(page)).toHaveText('Run it');
  });

  test('with a number out of bounds is not asked for', async ({ page }) => {
    await openOwn(page);
    await setLoad(page, { 'Requests at once': 900 });
    await runButton(page).click();
    await expect(
      own(page).getByText('Requests at once: give a whole number from 1 to 200.').first(),
    ).toBeVisible();
    await own(page).getByRole('button', { name: 'Put the load back to the start' }).click();
    await expect(own(page).getByLabel('Requests at once', { exact: true })).toHaveValue('20');
  });
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('all that is pressed is 44 pixels high', async ({ page }) => {
    await page.goto(waits);
    const small = await page
      .locator('#scenario, nav[aria-label="Scenarios"]')
      .locator('a, button, input:not([type="hidden"])')
      .evaluateAll((all) =>
        all
          .filter((each) => each.getBoundingClientRect().height < 43.9)
          .map((each) => each.outerHTML.slice(0, 80)),
      );
    expect(small).toEqual([]);
  });

  test('a scenario is chosen and guessed', async ({ page }) => {
    await page.goto(url);
    await page
      .getByRole('navigation', { name: 'Scenarios' })
      .getByRole('link', { name: /^Sync view that waits/ })
      .tap();
    await expect(page.getByRole('heading', { name: 'Sync view that waits' })).toBeVisible();
    await page.getByLabel('How many are in the view at once?', { exact: true }).fill('4');
    await page.getByRole('button', { name: 'Show what happened' }).tap();
    await expect(result(page).getByText('You said 4 at once, and 4 it was.')).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('scenarios are links, a guess is a form, and all that was measured can be read', async ({
    page,
  }) => {
    await page.goto(url);
    await page
      .getByRole('navigation', { name: 'Scenarios' })
      .getByRole('link', { name: /^Sync view that waits/ })
      .click();
    await expect(page.getByRole('slider')).toHaveCount(0);
    await page.getByLabel('How many are in the view at once?', { exact: true }).fill('20');
    await page.getByRole('button', { name: 'Show what happened' }).click();
    await expect(result(page).getByText('You said 20 at once. It was 4.')).toBeVisible();
    const first = result(page).locator('figure').first();
    await expect(first.getByRole('img', { name: /waits for a free thread/ }).first()).toBeVisible();
    await first.getByText('The same as a table').click();
    await expect(first.getByRole('row', { name: /serves request/ }).first()).toBeVisible();
    await expect(result(page).getByRole('row', { name: /^answers a second/ })).toBeVisible();
    await expect(own(page).getByText('A run of your own needs JavaScript.')).toBeVisible();
  });

  test('an empty guess is asked for again', async ({ page }) => {
    await page.goto(waits);
    await page.getByRole('button', { name: 'Show what happened' }).click();
    await expect(page.getByRole('alert')).toContainText('Write a number first');
    await expect(page.getByRole('button', { name: 'Show what happened' })).toBeVisible();
  });

  test('its reader says that it is done, and is led back to what was seen', async ({ page }) => {
    await page.goto(guessed);
    await page.getByRole('button', { name: 'I have worked through this' }).click();
    await expect(page).toHaveURL(/scenario=async-waits.*#done$/);
    await expect(page.getByText('You have worked through this.')).toBeVisible();
    await expect(result(page)).toBeVisible();
  });
});
