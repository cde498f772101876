/** The page with an exercise of each kind, as the tests speak of it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { eachKindPath } from '../site/each-kind.ts';
import { Card } from './try-page.ts';

/** The page of a mode of their lesson. */
export const kindsUrl = (mode = 'try') => `${eachKindPath}/${mode}`;

export const chosen = 'slow-and-quick';
export const typed = 'down-to-one';
export const ordered = 'sum-of-numbers';
export const mended = 'ask-at-once';
export const written = 'longest';

/** The right lines, as they stand in the program of `ordered`. */
export const rightLines = [
  'result = 0',
  'for number in numbers:',
  'result += number',
  'return result',
];

export class OrderCard extends Card {
  /** A line in the bank. */
  inBank(text: string): Locator {
    return this.root
      .getByRole('group', { name: 'Lines to choose from' })
      .getByRole('button', { name: text, exact: true });
  }

  /** A line in the program, wherever it stands. */
  placed(text: string): Locator {
    const name = new RegExp(
      `^Line \\d of 4, indent \\d: ${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
    );
    return this.root.getByRole('list', { name: 'Your lines' }).getByRole('button', { name });
  }

  /** Moves the picked line. */
  tool(name: string): Locator {
    return this.root
      .getByRole('group', { name: 'Move the picked line' })
      .getByRole('button', { name, exact: true });
  }

  /** The lines of the program as they stand, each with its indent before it. */
  async stands(...lines: string[]): Promise<void> {
    const buttons = this.root.getByRole('list', { name: 'Your lines' }).getByRole('button');
    await expect(buttons).toHaveCount(lines.length);
    for (const [index, line] of lines.entries()) {
      const [indent, text] = [line.search(/\S/) / 4, line.trim()];
      await expect(buttons.nth(index)).toHaveAccessibleName(
        `Line ${index + 1} of 4, indent ${indent}: ${text}`,
      );
    }
  }
}

export class CodeCard extends Card {
  /** The text of the program, before an editor takes its place. */
  source(): Locator {
    return this.root.locator('textarea[name="file-0"]');
  }

  /** Puts another text in the place of the program's, as who pastes it does. */
  async write(source: string): Promise<void> {
    const editor = this.root.locator('.cm-content').first();
    // The editor takes the textarea's place once it is wanted.
    if (!(await editor.isVisible())) await this.source().focus();
    await editor.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
  }
}

/** Opens the page and waits until its cards are alive. */
export async function openKinds(page: Page, mode = 'try') {
  await page.goto(kindsUrl(mode));
  const again = mode === 'challenge' ? '-again' : '';
  const order = new OrderCard(page, ordered + again);
  await expect(order.inBank('result = 0')).toBeVisible();
  return {
    choose: new Card(page, chosen + again),
    type: new Card(page, typed + again),
    order,
    fix: new CodeCard(page, mended + again),
    write: new CodeCard(page, written + again),
  };
}
