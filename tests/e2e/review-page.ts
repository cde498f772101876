/** The pages of review as the tests speak of them. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Exercise } from '#lib/domain/exercise.ts';
import { letDaysPass } from '../site/move-clock.ts';
import { rightAnswer } from '../site/test-page.ts';
import { tryUrl } from './try-page.ts';

export class ReviewPage {
  readonly page: Page;
  readonly #exercises: readonly Exercise[];

  /** @param exercises - Of the first lesson. */
  constructor(page: Page, exercises: readonly Exercise[]) {
    this.page = page;
    this.#exercises = exercises;
  }

  /** Answers one exercise of each of so many objectives in Try. */
  async learn(objectives: number): Promise<void> {
    const { request } = this.page;
    const begun = new Map<string, Exercise>();
    for (const exercise of this.#exercises) {
      const isAnswered = exercise.pool === 'try' && rightAnswer(exercise) !== null;
      if (isAnswered && !begun.has(exercise.objective)) begun.set(exercise.objective, exercise);
    }
    await this.page.goto(tryUrl);
    const origin = new URL(this.page.url()).origin;
    for (const exercise of [...begun.values()].slice(0, objectives)) {
      const form = { exercise: exercise.uid, round: '1', key: crypto.randomUUID() };
      const answered = await request.post(`${tryUrl}?/answer`, {
        headers: { origin },
        form: { ...form, ...rightAnswer(exercise) },
      });
      expect(answered.ok()).toBe(true);
    }
  }

  async letDaysPass(days: number): Promise<void> {
    const cookies = await this.page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    letDaysPass(process.env['SITE_DATA_DIR']!, cookie, days);
  }

  /** The link in the head of every page. */
  link(): Locator {
    return this.page
      .getByRole('navigation', { name: 'Site' })
      .getByRole('link', { name: /^Review/ });
  }

  /** The exercise that is asked, with its key. */
  asked(): Exercise {
    const uid = new URL(this.page.url()).pathname.split('/').at(-1);
    const found = this.#exercises.find((exercise) => exercise.uid === uid);
    if (!found) throw new Error(`the lesson has no exercise ${uid}`);
    return found;
  }

  card(): Locator {
    return this.page.getByRole('article');
  }

  place(number: number, of: number): Locator {
    return this.page.getByText(`${number} of ${of} today`, { exact: true });
  }

  next(): Locator {
    return this.card().getByRole('link', { name: /^(Next|That is all for today)$/ });
  }

  rest(title: string): Locator {
    return this.page.getByRole('heading', { name: title, exact: true });
  }

  /** Ends the question's round, whatever its kind: its solution is shown, or what is recalled is rated. */
  async end(press: (target: Locator) => Promise<void>): Promise<void> {
    const button = (name: string | RegExp) => this.card().getByRole('button', { name });
    if (this.asked().kind === 'recall') {
      await press(button('Show the answer'));
      await press(button('I knew it'));
    } else await press(button('Show the solution'));
    await expect(this.next()).toBeVisible();
  }
}
