/** What can be found out of any page: what axe says, how wide it is, whether anything moved. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Card } from './try-page.ts';

/** What axe finds on the whole page, or in some of its cards: a page of ten takes it seconds. */
export async function violations(page: Page, ...cards: Card[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  for (const { anchor } of cards) axe.include(`#${anchor}`);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How far the page is wider than the window, in CSS pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

interface Shift {
  value: number;
  what: string;
}

/** Records what moves on the pages that are opened from now on. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moved: Shift[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: { node: Node | null }[];
        };
        moved.push({ value, what: sources.map(({ node }) => node?.nodeName).join(' ') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/**
 * What moved so far, once what is under way is painted. A face that comes late may shift a word by a hair;
 * a board that jumps is a hundred times this, and only that is told.
 */
export async function shiftsOf(page: Page): Promise<Shift[]> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const moved = await page.evaluate(() => (globalThis as unknown as { moved: Shift[] }).moved);
  return moved.filter(({ value }) => value > 0.001);
}
