/** The workbench as the tests speak of it: on a page of a lesson of their own, on a site of their own. */
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { startWorkbenchSite, workbenchPath } from '../site/workbench-site.ts';

/** How the program begins that a learner begins with there. */
export const startOf = 'from django.http import JsonResponse\n';

/** Each worker has one such site for all its tests. */
export const test = base.extend<object, { site: string }>({
  site: [
    // Playwright reads from the pattern which fixtures are wanted.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { url, stop } = await startWorkbenchSite();
      await use(url);
      await stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: ({ site }, use) => use(site),
});

export class Workbench {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('group', { name: 'Your program', exact: true });
  }

  /** The box that is typed in, of the file that is shown. */
  editor(): Locator {
    return this.root.getByRole('textbox', { name: /program\.py$/ });
  }

  /** The text as the form sends it. */
  text(): Promise<string> {
    return this.root.locator('textarea').first().inputValue();
  }

  tab(name: RegExp | string): Locator {
    return this.root.getByRole('tab', { name });
  }

  run(): Locator {
    return this.root.getByRole('button', { name: 'Run', exact: true });
  }

  stop(): Locator {
    return this.root.getByRole('button', { name: 'Stop', exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name });
  }

  printed(): Locator {
    return this.root.getByRole('group', { name: 'What it printed' });
  }

  /** What the run came to. */
  outcome(): Locator {
    return this.root.getByRole('region', { name: 'What it did' });
  }

  /** Writes a program in the place of all that stands there, as if it were pasted. */
  async write(program: string): Promise<void> {
    await this.editor().click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(program);
    await expect.poll(() => this.text()).toBe(program);
  }

  /** Runs it by its key, from the editor. */
  async runByKey(): Promise<void> {
    await this.editor().press('Control+Enter');
  }
}

/** Opens the page and waits until the editor has taken the textarea's place. */
export async function openWorkbench(page: Page): Promise<Workbench> {
  await page.goto(workbenchPath);
  const bench = new Workbench(page);
  await bench.root.scrollIntoViewIfNeeded();
  await expect(bench.root.locator('.cm-content')).toBeVisible();
  return bench;
}
