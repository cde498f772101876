/** The Try page as the tests speak of it: by roles and names, as a learner finds things. */
import { expect, type Locator, type Page } from '@playwright/test';

export const tryUrl = '/learn/django/async/when-async-helps/try';

export class Card {
  readonly page: Page;
  readonly root: Locator;

  constructor(page: Page, anchor: string) {
    this.page = page;
    this.root = page.locator(`#${anchor}`);
  }

  token(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  /** The slot of a blank; its name begins with `Blank 1 of`. */
  blank(number: number): Locator {
    return this.root.getByRole('button', { name: new RegExp(`^Blank ${number} of `) });
  }

  check(): Locator {
    return this.root.getByRole('button', { name: 'Check', exact: true });
  }

  verdict(word: 'Right' | 'Wrong'): Locator {
    return this.root.getByRole('heading', { name: word, exact: true });
  }

  /** The line beside Check: `2 of 3 attempts left`. */
  left(text: string): Locator {
    return this.root.getByText(text, { exact: true });
  }

  said(): Locator {
    return this.root.getByRole('status');
  }

  /** The drawer of the newest answer's evidence, on the card's stamp. */
  evidence(): Locator {
    return this.root.getByTestId('evidence').first();
  }

  async pick(token: string, blank = 1): Promise<void> {
    await this.token(token).click();
    await this.blank(blank).click();
  }
}

export const blanksAnchor = 'read-one-user';
export const choiceAnchor = 'while-a-view-waits';
/** Options of the choice, by what they say. */
export const rightOption = /all five wait at the same time/;
export const wrongOption = /stand in line/;

/** Opens the page and waits until the cards are alive: before that a blank is a select. */
export async function openTry(page: Page): Promise<{ blanks: Card; choice: Card }> {
  await page.goto(tryUrl);
  const blanks = new Card(page, blanksAnchor);
  await expect(blanks.token('aget')).toBeVisible();
  return { blanks, choice: new Card(page, choiceAnchor) };
}

/** Middle of an element in the window, in CSS pixels, after it was scrolled into view. */
export async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('The element has no box.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
