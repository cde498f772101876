/** The page of a Test as the tests speak of it. Which exercise is asked, they find out on the page. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Exercise, OrderExercise } from '#lib/domain/exercise.ts';

export const testUrl = '/learn/django/async/when-async-helps/test';
/** How many questions a sitting has. */
export const length = 10;

export class TestPage {
  readonly page: Page;
  readonly #exercises: readonly Exercise[];

  /** @param exercises - Of the lesson. */
  constructor(page: Page, exercises: readonly Exercise[]) {
    this.page = page;
    this.#exercises = exercises;
  }

  /** Opens the page, and waits until it is alive. */
  async open(): Promise<void> {
    await this.page.goto(testUrl, { waitUntil: 'networkidle' });
  }

  /** Opens it and begins a sitting. */
  async begin(): Promise<void> {
    await this.open();
    await this.page.getByRole('button', { name: 'Start the test' }).click();
    await expect(this.heading(1)).toBeVisible();
  }

  heading(number: number): Locator {
    return this.page.getByRole('heading', {
      name: new RegExp(`^Question ${number} of ${length} `),
    });
  }

  verdict(): Locator {
    return this.page.getByRole('heading', { name: /^Verdict: / });
  }

  /** Around all of a question. */
  card(): Locator {
    return this.page.getByRole('article');
  }

  go(): Locator {
    return this.page.getByRole('button', { name: 'Answer and go on' });
  }

  pass(): Locator {
    return this.page.getByRole('button', { name: 'I do not know' });
  }

  said(): Locator {
    return this.page.locator('.test > [role="status"]');
  }

  item(number: number): Locator {
    return this.page.locator(`#item-${number}`);
  }

  async uid(): Promise<string> {
    return this.page.locator('input[name="exercise"]').inputValue();
  }

  /** The exercise that is asked, with its key. */
  async asked(): Promise<Exercise> {
    const uid = await this.uid();
    const found = this.#exercises.find((exercise) => exercise.uid === uid);
    if (!found) throw new Error(`the lesson has no exercise ${uid}`);
    return found;
  }

  /** Passes every question that is left, from this one on. */
  async passFrom(number: number): Promise<void> {
    for (let asked = number; asked <= length; asked += 1) {
      await expect(this.heading(asked)).toBeVisible();
      await this.pass().click();
    }
    await expect(this.verdict()).toBeVisible();
  }

  /** Lays out a right answer, or one that nobody takes for right where the key is not written down. */
  async lay(press: (target: Locator) => Promise<void>): Promise<void> {
    const exercise = await this.asked();
    const card = this.card();
    switch (exercise.kind) {
      case 'blanks':
        for (const [index, token] of (exercise.answers[0] ?? []).entries()) {
          const blank = card.locator(`[data-blank="${index + 1}"]`);
          if (exercise.blanks > 1 && index === 0) await press(blank);
          await press(card.locator('[data-token]').getByText(token, { exact: true }));
        }
        return;
      case 'choice':
        return press(card.locator(`input[value="${exercise.answers[0]}"]`));
      case 'predict': {
        if (exercise.ask === 'type') return card.locator('textarea').fill('nothing at all');
        const wrong = exercise.wrong.map(({ id }) => `:not([value="${id}"])`).join('');
        return press(card.locator(`input[name="option"]${wrong}`));
      }
      case 'order':
        return this.#layLines(exercise, press);
      case 'fix':
      case 'write':
        return this.#write(exercise.answer[exercise.main] ?? '');
      case 'recall':
        throw new Error('a Test asks nothing that rates itself');
    }
  }

  async #layLines(
    { orders: [order = []] }: OrderExercise,
    press: (target: Locator) => Promise<void>,
  ): Promise<void> {
    for (const { line, indent } of order) {
      await press(this.card().locator(`[data-bank] [data-line="${line}"]`));
      const placed = this.card().locator(`[data-area] [data-line="${line}"]`);
      const name = (await placed.getAttribute('aria-label')) ?? (await placed.innerText());
      const stands = Number(/indent (\d)/.exec(name)?.[1]);
      const key = stands < indent ? 'ArrowRight' : 'ArrowLeft';
      for (let step = Math.abs(stands - indent); step > 0; step -= 1) await placed.press(key);
    }
  }

  async #write(source: string): Promise<void> {
    // The editor takes the textarea's place once it is wanted, by the focus or by being seen.
    await this.card().locator('.cm-content:visible, textarea:visible').first().focus();
    const editor = this.card().locator('.cm-content:visible').first();
    await expect(editor).toBeVisible();
    await editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
  }
}
