import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { loadOurLesson } from '../site/our-exercises.ts';
import { kindsUrl } from './kinds-page.ts';
import { ReviewPage } from './review-page.ts';
import { Card } from './try-page.ts';

const good = /lets both sleep at the same time/;
const longer = /Both sleep at once/;

class RecallCard extends Card {
  words() {
    return this.root.getByRole('textbox', { name: /^In your own words/ });
  }

  ask() {
    return this.root.getByRole('button', { name: 'Show the answer' });
  }

  point(name: RegExp) {
    return this.root.getByRole('checkbox', { name });
  }

  rate(name: string) {
    return this.root
      .getByRole('group', { name: 'How well did you know it?' })
      .getByRole('button', { name, exact: true });
  }

  answer() {
    return this.root.getByRole('heading', { name: 'A good answer' });
  }

  rated(name: string) {
    return this.root.getByRole('heading', { name: `You said: ${name}`, exact: true });
  }
}

const cardOn = (page: Page, id = 'two-waits') => new RecallCard(page, id);

async function open(page: Page, id?: string): Promise<RecallCard> {
  await page.goto(kindsUrl());
  // The bank of an order is there when the cards are alive.
  await expect(page.getByRole('button', { name: 'result = 0', exact: true })).toBeVisible();
  return cardOn(page, id);
}

test('one writes, asks for the answer, ticks what one had, and says how it went', async ({
  page,
}) => {
  const card = await open(page);
  await expect(card.root.getByText(good)).toHaveCount(0);
  await expect(card.rate('I knew it')).toHaveCount(0);
  for (const other of ['Check', 'Show the solution', /Show a hint/]) {
    await expect(card.root.getByRole('button', { name: other })).toHaveCount(0);
  }
  await card.words().fill('As long as the longer one.');
  await card.ask().click();
  await expect(card.answer()).toBeFocused();
  await expect(card.said()).toHaveText('The answer is shown.');
  await expect(card.root.getByText(good)).toBeVisible();
  await expect(card.root.getByText('As long as the longer one.')).toBeVisible();
  await expect(card.evidence()).toHaveCount(0);

  await card.point(longer).check();
  await card.rate('With effort').click();
  await expect(card.rated('With effort')).toBeFocused();
  await expect(card.said()).toContainText('Kept: With effort. 1 of 3 points was in your answer.');
  await expect(card.root.getByRole('checkbox')).toHaveCount(0);
  await expect(card.root.getByRole('listitem').filter({ hasText: longer })).toContainText(
    'was in your answer',
  );
  for (const verdict of ['Right', 'Wrong'] as const)
    await expect(card.verdict(verdict)).toHaveCount(0);
  await expect(card.root.getByText(/step by step|The answer, and why/)).toHaveCount(0);
  await card.evidence().locator('summary').click();
  await expect(card.evidence()).toContainText('given');

  await page.reload();
  await expect(card.rated('With effort')).toBeVisible();
  await expect(card.root.getByText('As long as the longer one.')).toHaveCount(0);
});

test('what is written is kept over a reload, and is in nothing that is sent', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
  const card = await open(page);
  await card.words().fill('my own secret words');
  await page.reload();
  await expect(card.words()).toHaveValue('my own secret words');
  await card.ask().click();
  await expect(card.root.getByText('my own secret words')).toBeVisible();
  await page.reload();
  await expect(card.root.getByText('my own secret words')).toBeVisible();
  await card.rate('I knew it').click();
  await expect(card.rated('I knew it')).toBeVisible();
  expect(sent.filter((each) => /secret.+words/.test(each))).toEqual([]);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toContain('secret');
});

test('by keyboard alone, and the Enter key on a point rates nothing', async ({ page }) => {
  const card = await open(page);
  await card.ask().focus();
  await page.keyboard.press('Enter');
  await expect(card.answer()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card.point(longer)).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(card.said()).toHaveText('Say how well you knew it. Nothing was kept yet.');
  await expect(card.point(longer)).toBeChecked();
  await card.rate('At once').focus();
  await page.keyboard.press('Space');
  await expect(card.rated('At once')).toBeFocused();
});

test('what was not known can be asked again in a new round', async ({ page }) => {
  const card = await open(page);
  await card.ask().click();
  await card.rate('I did not know it').click();
  await expect(card.rated('I did not know it')).toBeVisible();
  await card.root.getByRole('button', { name: 'Start a new round' }).click();
  await expect(card.ask()).toBeVisible();
  await expect(card.root.getByText(good)).toHaveCount(0);
});

test('of a question without a fact it is said that nothing was run', async ({ page }) => {
  const card = await open(page, 'a-good-name');
  await expect(card.root.getByTestId('hallmark')).toContainText('states nothing to be run');
  await card.ask().click();
  await card.rate('I knew it').click();
  await expect(card.rated('I knew it')).toBeVisible();
  await expect(card.evidence()).toHaveCount(0);
  await expect(card.root.getByText(/has changed since/)).toHaveCount(0);
});

test('asked and rated in two windows, the first rating counts', async ({ page, context }) => {
  const card = await open(page);
  await card.ask().click();
  await expect(card.rate('At once')).toBeVisible();
  const other = await open(await context.newPage());
  await other.rate('With effort').click();
  await expect(other.rated('With effort')).toBeVisible();
  await card.rate('At once').click();
  await expect(card.rated('With effort')).toBeVisible();
});

test('in Review a card is rated, and is done with for the day', async ({ page }) => {
  const review = new ReviewPage(page, (await loadOurLesson()).exercises);
  await review.learn(1);
  await review.letDaysPass(20);
  await page.goto('/review', { waitUntil: 'networkidle' });
  await expect(review.place(1, 1)).toBeVisible();
  const asked = review.asked();
  if (asked.kind !== 'recall') throw new Error(`a ${asked.kind} was asked`);
  const card = new RecallCard(page, asked.id);
  await card.ask().click();
  await expect(card.answer()).toBeFocused();
  await expect(card.root.getByRole('checkbox')).toHaveCount(asked.rubric.length);
  await card.rate('I knew it').click();
  await expect(card.rated('I knew it')).toBeVisible();
  await expect(card.evidence()).toBeVisible();
  await expect(review.link()).toHaveAccessibleName('Review');
  await review.next().click();
  await expect(review.rest('That is all for today')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing at any stage, and nothing is wider than the page', async ({
        page,
      }) => {
        const card = await open(page);
        const look = async (stage: string) => {
          const { violations } = await new AxeBuilder({ page }).include('#two-waits').analyze();
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html }) => `${id}: ${html}`),
          );
          expect(found, stage).toEqual([]);
          const over = () => document.documentElement.scrollWidth - innerWidth;
          expect(await page.evaluate(over), stage).toBeLessThanOrEqual(0);
          await card.root.screenshot({
            path: test.info().outputPath(`recall-${colorScheme}-${width}-${stage}.png`),
          });
        };
        await card.words().fill('As long as the longer one.');
        await look('asked');
        await card.ask().click();
        await card.point(longer).check();
        await look('revealed');
        await card.rate('I knew it').click();
        await expect(card.rated('I knew it')).toBeVisible();
        await look('rated');
      });
    });
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the same forms show the answer and keep what was ticked', async ({ page }) => {
    await page.goto(kindsUrl());
    const card = cardOn(page);
    await card.words().fill('mine');
    await card.ask().click();
    await expect(page).toHaveURL(/#two-waits$/);
    await expect(card.root.getByText(good)).toBeVisible();
    await card.point(longer).check();
    await card.point(longer).press('Enter');
    await expect(card.root.getByText('Say how well you knew it.')).toBeVisible();
    await expect(card.point(longer)).toBeChecked();
    await card.rate('At once').click();
    await expect(page).toHaveURL(/#two-waits$/);
    await expect(card.rated('At once')).toBeVisible();
    await expect(card.root.getByText('1 of 3 points was in your answer.')).toBeVisible();
  });
});
