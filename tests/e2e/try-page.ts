/** The Try page as the tests speak of it: by roles and names, as a learner finds things. */
import { expect, type Locator, type Page } from '@playwright/test';

export const tryUrl = '/learn/django/async/when-async-helps/try';

export class Card {
  readonly page: Page;
  readonly anchor: string;
  readonly root: Locator;

  constructor(page: Page, anchor: string) {
    this.page = page;
    this.anchor = anchor;
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
    // A workbench inside it says things of its own as well.
    return this.root.locator('> [role="status"]');
  }

  /** The drawer of the newest answer's evidence, on the card's stamp. */
  evidence(): Locator {
    return this.root.getByTestId('evidence').first();
  }

  /** The button that shows what the present answer does, without giving it. */
  look(): Locator {
    return this.root.getByRole('button', { name: 'See what this does' });
  }

  looked(): Locator {
    return this.root.getByTestId('look');
  }

  report(): Locator {
    return this.root.getByTestId('report');
  }

  /** Puts a token into the only blank, or first takes the token and then its blank. */
  async pick(token: string, blank?: number): Promise<void> {
    await this.token(token).click();
    if (blank !== undefined) await this.blank(blank).click();
  }

  /** Gives an answer that is wrong and waits for what became of it. */
  async fail(): Promise<void> {
    await this.check().click();
    await expect(this.verdict('Wrong')).toBeVisible();
  }
}

export const blanksAnchor = 'read-one-user';
/** Three blanks; `User`, `filter`, `async for` are right. */
export const severalAnchor = 'active-names';
/** Tokens that are whole expressions. */
export const longAnchor = 'repair-the-list';
export const choiceAnchor = 'while-a-view-waits';
/** Each option is code of its own. */
export const codeAnchor = 'an-async-view';
/** Options of the choice, by what they say. */
export const rightOption = /all five wait at the same time/;
export const wrongOption = /Under both they stand in line/;

/** Opens the page and waits until the cards are alive: before that a blank is a select. */
export async function openTry(page: Page) {
  await page.goto(tryUrl);
  const blanks = new Card(page, blanksAnchor);
  await expect(blanks.token('aget')).toBeVisible();
  return {
    blanks,
    several: new Card(page, severalAnchor),
    long: new Card(page, longAnchor),
    choice: new Card(page, choiceAnchor),
    code: new Card(page, codeAnchor),
  };
}

/** Middle of an element in the window, in CSS pixels, after it was scrolled into view. */
export async function middle(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('The element has no box.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
