/** The page that shows a recorded program, on our own lesson. What it shows was recorded on this host. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { overflow, violations } from './page-facts.ts';

const url = '/learn/django/async/when-async-helps/visualize';

const player = (page: Page) => page.getByRole('region', { name: 'The recording, step by step' });
const slider = (page: Page) => player(page).getByRole('slider', { name: 'Step' });
const place = (page: Page) => player(page).locator('.where');
const timeline = (page: Page) => page.getByRole('figure', { name: 'Who did what, and when' });
const question = (page: Page, number: number) =>
  page.getByRole('article').filter({ hasText: `Question ${number}/3` });

/** Opens the page and waits until it is alive. */
async function open(page: Page, step = 1): Promise<void> {
  await page.goto(`${url}?step=${step}`);
  await expect(slider(page)).toBeVisible();
}

async function stepOf(page: Page): Promise<number> {
  return Number(/^Step (\d+)/.exec(await place(page).innerText())?.[1]);
}

async function stepsOf(page: Page): Promise<number> {
  return Number(/of (\d+)/.exec(await place(page).innerText())?.[1]);
}

/** Gives one answer after the other until one is right. */
async function answer(asked: Locator): Promise<void> {
  const [tried, right] = [asked.getByText('tried, wrong'), asked.getByText('right, your answer')];
  const options = await asked.getByRole('radio').count();
  for (let given = 0; given < options; given += 1) {
    await asked.getByRole('radio').nth(given).check();
    await asked.getByRole('button', { name: 'Check' }).click();
    await expect
      .poll(async () => (await right.count()) === 1 || (await tried.count()) === given + 1)
      .toBe(true);
    if ((await right.count()) === 1) return;
  }
  throw new Error('None of the options is right.');
}

/** Opens the editor, and writes a program in the place of the one that stands there, as if it were pasted. */
async function edit(page: Page, change: (program: string) => string): Promise<void> {
  await page.getByRole('button', { name: 'Edit the program' }).click();
  const bench = page.getByRole('group', { name: 'Your program', exact: true });
  const program = change(await bench.locator('textarea').inputValue());
  await bench.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(program);
  await expect.poll(() => bench.locator('textarea').inputValue()).toBe(program);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and the page does not scroll sideways', async ({ page }) => {
        await open(page, 12);
        await timeline(page).getByText('The same as a table').click();
        await question(page, 1).getByRole('radio').first().check();
        await question(page, 1).getByRole('button', { name: 'Check' }).click();
        await answer(question(page, 2));
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });

      test('no two labels of a lane overlap', async ({ page }) => {
        await open(page);
        const overlaps = await timeline(page).evaluate((figure) => {
          const boxes = [...figure.querySelectorAll('.words text')]
            .map((text) => text.getBoundingClientRect())
            .filter(({ width: wide }) => wide > 0);
          return boxes.filter((one, index) =>
            boxes
              .slice(index + 1)
              .some(
                (other) =>
                  one.left < other.right - 1 &&
                  other.left < one.right - 1 &&
                  one.top < other.bottom - 4 &&
                  other.top < one.bottom - 4,
              ),
          ).length;
        });
        expect(overlaps).toBe(0);
      });
    });
  }
}

test.describe('stepping by keyboard alone', () => {
  test('arrow keys, Home and End move the slider, and everything follows', async ({ page }) => {
    await open(page);
    const steps = await stepsOf(page);
    await slider(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(place(page)).toHaveText(/^Step 3 of/);
    await page.keyboard.press('ArrowLeft');
    await expect(place(page)).toHaveText(/^Step 2 of/);
    await page.keyboard.press('End');
    await expect(place(page)).toHaveText(new RegExp(`^Step ${steps} of`));
    await page.keyboard.press('PageDown');
    await expect(place(page)).not.toHaveText(new RegExp(`^Step ${steps} of`));
    await page.keyboard.press('Home');
    await expect(place(page)).toHaveText(/^Step 1 of/);
  });

  test('buttons go to the first, previous, next and last step, and keep the focus', async ({
    page,
  }) => {
    await open(page);
    const next = player(page).getByRole('button', { name: 'Next step' });
    await next.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(place(page)).toHaveText(/^Step 3 of/);
    await expect(next).toBeFocused();
    const last = player(page).getByRole('button', { name: 'Last step' });
    await last.focus();
    await page.keyboard.press('Enter');
    await expect(place(page)).toHaveText(new RegExp(`^Step ${await stepsOf(page)} of`));
    await expect(next).toHaveAttribute('aria-disabled', 'true');
    await expect(last).toBeFocused();
  });

  test('a switch is a step at which who runs changes, there and back', async ({ page }) => {
    await open(page);
    const next = player(page).getByRole('button', { name: 'Next switch' });
    await next.click();
    const first = await stepOf(page);
    await next.click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(first);
    await player(page).getByRole('button', { name: 'Previous switch' }).click();
    await expect(place(page)).toHaveText(new RegExp(`^Step ${first} of`));
  });

  test('the spans of the timeline are one stop, and arrow keys go from one to the other', async ({
    page,
  }) => {
    await open(page);
    const spans = timeline(page).locator('svg a');
    await expect(spans.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
    await spans.and(page.locator('[tabindex="0"]')).focus();
    await page.keyboard.press('ArrowRight');
    const focused = page.locator('svg a:focus');
    const target = new URL((await focused.getAttribute('href')) ?? '', page.url());
    await page.keyboard.press('Enter');
    await expect(place(page)).toHaveText(new RegExp(`^Step ${target.searchParams.get('step')} of`));
    await page.keyboard.press('ArrowDown');
    await expect(focused).toHaveCount(1);
  });
});

test('a step shows its line, its values and what has just changed', async ({ page }) => {
  await open(page);
  const changed = player(page).locator('tr', { hasText: 'new' });
  await slider(page).focus();
  for (let tries = 0; (await changed.count()) === 0 && tries < 200; tries += 1) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(changed.first().getByRole('rowheader')).toBeVisible();
  await expect(player(page).locator('[aria-current="step"]')).toBeVisible();
});

test('while a view waits, its line says so, and another request is served', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'Somebody else is served' }).click();
  const waiting = player(page).locator('.line', { hasText: 'await asyncio.sleep' });
  await expect(waiting).toContainText('waits here');
  const activity = player(page).getByRole('region', { name: 'Who does what' });
  await expect(activity.getByText(/^waits at line \d+ for asyncio\.sleep$/)).toBeVisible();
});

test('the timeline tells which request waited for what, and its table says the same', async ({
  page,
}) => {
  await open(page);
  const waits = timeline(page).getByRole('link', {
    name: /^request 1 waits: waits for asyncio\.sleep/,
  });
  await expect(waits).toHaveCount(1);
  await timeline(page).getByText('The same as a table').click();
  const row = timeline(page).getByRole('row', { name: /waits for asyncio\.sleep at line/ });
  await row.getByRole('link').click();
  await expect(place(page)).toHaveText(/^Step (?!1 )\d+ of/);
  await expect(
    timeline(page)
      .getByRole('link', { name: /holds the event loop/ })
      .first(),
  ).toBeAttached();
});

test('the sentence of a step is read out once, after a pause', async ({ page }) => {
  await open(page);
  const status = player(page).getByRole('status');
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const node = document.querySelector('#player [role="status"]')!;
    new MutationObserver(() => said.push(node.textContent ?? '')).observe(node, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await slider(page).focus();
  for (let times = 0; times < 8; times += 1) await page.keyboard.press('ArrowRight');
  await expect(status).toHaveText(/^Step 9 of \d+\. \S/);
  const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
  expect(said.length).toBeLessThan(8);
});

test('each moment leads to its step', async ({ page }) => {
  await open(page);
  const moments = page.getByRole('region', { name: 'Moments to look at' });
  for (const moment of await moments.getByRole('listitem').all()) {
    const told = /step (\d+)/.exec(await moment.innerText())?.[1];
    await moment.getByRole('link').click();
    await expect(place(page)).toHaveText(new RegExp(`^Step ${told} of`));
    await expect(moment.getByRole('link')).toHaveAttribute('aria-current', 'step');
  }
});

test('what is drawn and what was recorded can be saved', async ({ page }) => {
  await open(page);
  const saved = async (name: string) => {
    const coming = page.waitForEvent('download');
    await timeline(page).getByRole('button', { name }).click();
    return readFile(await (await coming).path(), 'utf8');
  };
  const svg = await saved('Save as SVG');
  expect(svg).toMatch(/^<svg [^>]*viewBox=/);
  expect(svg).toContain('waits for asyncio.sleep');
  expect(svg).not.toMatch(/var\(--|light-dark|<a[ >]|class=/);
  const recording = JSON.parse(await saved('Save as JSON')) as {
    version: number;
    steps: unknown[];
  };
  expect(recording.version).toBe(1);
  expect(recording.steps).toHaveLength(await stepsOf(page));
});

test.describe('the quiz', () => {
  test('each answer gets its verdict, and the last right one finishes the mode', async ({
    page,
  }) => {
    await open(page);
    for (const number of [1, 2, 3]) await answer(question(page, number));
    await expect(page.getByText('3 of 3 right')).toBeVisible();
    const modes = page.getByRole('navigation', { name: 'Modes of this lesson' });
    await expect(modes.getByRole('link', { name: /^Visualize .*, done$/ })).toBeVisible();
  });

  test('nothing is sent while nothing is chosen', async ({ page }) => {
    await open(page);
    await question(page, 1).getByRole('button', { name: 'Check' }).click();
    await expect(question(page, 1).getByRole('alert')).toHaveText('Choose an option first.');
  });

  test('"Show me in the recording" leads to the step, with the focus', async ({ page }) => {
    await open(page);
    await answer(question(page, 1));
    const link = question(page, 1).getByRole('link', { name: /^Show me in the recording/ });
    const told = /step (\d+)/.exec(await link.innerText())?.[1];
    await link.click();
    await expect(place(page)).toHaveText(new RegExp(`^Step ${told} of`));
    await expect(player(page)).toBeFocused();
    await expect(player(page)).toBeInViewport();
  });

  test('no key is in the page before it was answered', async ({ page }) => {
    const response = await page.request.get(url);
    const html = await response.text();
    expect(html).not.toContain('It is the step at which the coroutine stops');
    expect(html).not.toContain('The last turn gave it 2');
  });
});

test.describe('recording it again', () => {
  test('what the learner changed is recorded and shown, and there is a way back', async ({
    page,
  }) => {
    await open(page);
    await edit(page, (program) => `print("mine")\n${program}`);
    await page.getByRole('button', { name: 'Record again' }).click();
    await expect(page.getByText('Your own recording.')).toBeVisible({ timeout: 30_000 });
    await expect(player(page).locator('.line').first()).toHaveText('print("mine")');
    await slider(page).focus();
    await page.keyboard.press('End');
    await expect(player(page).getByRole('region', { name: 'Printed so far' })).toContainText(
      'mine',
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Back to the lesson/ }).click();
    await expect(page.getByText('Your own recording.')).toHaveCount(0);
    await expect(player(page).locator('.line').first()).toHaveText('import asyncio');
  });

  test('stepping through 5,000 steps makes no task of over 50 ms that is the page’s', async ({
    page,
  }) => {
    test.slow();
    await open(page);
    const spin = ['', '', 'seen = []', 'for n in range(5000):', '    seen = [n, n * n]', ''];
    await edit(page, (program) => program + spin.join('\n'));
    await page.getByRole('button', { name: 'Record again' }).click();
    await expect(page.getByText('Your own recording.')).toBeVisible({ timeout: 60_000 });
    expect(await stepsOf(page)).toBeGreaterThan(4_000);
    expect(await longTasks(page)).toEqual([]);
  });
});

/**
 * Steps through all of the recording, fast and slowly, and tells of the tasks in which the page itself was busy for
 * more than 50 ms. A host that is busy with something else makes tasks long as well: what was long once must be long
 * again at the same step to count.
 */
async function longTasks(page: Page): Promise<number[]> {
  const go = () =>
    page.evaluate(async () => {
      const long = new Set<number>();
      let step = 1;
      const observer = new PerformanceObserver(() => long.add(step));
      observer.observe({ type: 'longtask' });
      const range = document.querySelector<HTMLInputElement>('#player input[type="range"]')!;
      for (; step <= Number(range.max); step += 37) {
        range.value = String(step);
        range.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(done));
      }
      await new Promise((done) => setTimeout(done, 200));
      observer.disconnect();
      return [...long];
    });
  let again = await go();
  for (let times = 0; times < 3 && again.length > 0; times += 1) {
    const now = await go();
    again = again.filter((step) => now.includes(step));
  }
  return again;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one step is shown, and links lead to the others', async ({ page }) => {
    await page.goto(`${url}?step=5`);
    await expect(place(page)).toHaveText(/^Step 5 of/);
    await player(page).getByRole('link', { name: 'Next step' }).click();
    await expect(place(page)).toHaveText(/^Step 6 of/);
    await player(page).getByRole('link', { name: 'Previous step' }).click();
    await expect(place(page)).toHaveText(/^Step 5 of/);
    await player(page).getByRole('link', { name: 'First step' }).click();
    await expect(place(page)).toHaveText(/^Step 1 of/);
    await player(page).getByRole('link', { name: 'Last step' }).click();
    await expect(place(page)).toHaveText(/^Step (\d+) of \1\b/);
  });

  test('the timeline is drawn, its spans lead to their steps, and its table can be opened', async ({
    page,
  }) => {
    await page.goto(url);
    const waits = timeline(page).getByRole('link', { name: /^request 1 waits: waits for/ });
    const target = new URL((await waits.getAttribute('href')) ?? '', page.url());
    expect(Number(target.searchParams.get('step'))).toBeGreaterThan(1);
    await timeline(page).getByText('The same as a table').click();
    await timeline(page)
      .getByRole('row', { name: /waits for asyncio\.sleep/ })
      .getByRole('link')
      .click();
    await expect(place(page)).toHaveText(new RegExp(`^Step ${target.searchParams.get('step')} of`));
  });

  test('a question is answered by a plain form', async ({ page }) => {
    await page.goto(url);
    await question(page, 2).getByRole('radio').first().check();
    await question(page, 2).getByRole('button', { name: 'Check' }).click();
    await expect(
      question(page, 2)
        .locator('strong')
        .filter({ hasText: /Right|Wrong/ }),
    ).toBeVisible();
  });
});
