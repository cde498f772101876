import { expect, test, type Page } from '@playwright/test';
import type { Exercise } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';
import { layRightAnswer } from './plain-answer.ts';
import { ReviewPage } from './review-page.ts';

const lessonUrl = '/learn/django/async/when-async-helps';

let exercises: Exercise[];

test.beforeAll(async () => {
  exercises = (await loadOurLesson()).exercises;
});

const reviewOn = (page: Page) => new ReviewPage(page, exercises);

/** Somebody who has met so many objectives, twenty days ago. */
async function comeBack(page: Page, objectives = 2): Promise<ReviewPage> {
  const review = reviewOn(page);
  await review.learn(objectives);
  await review.letDaysPass(20);
  return review;
}

test('who comes for the first time is told how review comes to be', async ({ page }) => {
  const review = reviewOn(page);
  await page.goto('/review');
  await expect(review.rest('Nothing to review yet')).toBeVisible();
  await expect(page.getByText('Each objective of a lesson is a card.')).toBeVisible();
  await expect(review.link()).toHaveCount(0);
});

test('on the same day nothing is due, and it is said when it is', async ({ page }) => {
  const review = reviewOn(page);
  await review.learn(1);
  await page.goto('/');
  await expect(review.link()).toHaveAccessibleName('Review');
  await review.link().click();
  await expect(review.rest('Nothing is due today')).toBeVisible();
  await expect(page.getByText(/^The next question comes /)).toBeVisible();
});

test('the browser’s time zone is kept for the days of review', async ({ browser }) => {
  const context = await browser.newContext({ timezoneId: 'Pacific/Auckland' });
  const page = await context.newPage();
  await page.goto('/', { waitUntil: 'networkidle' });
  const cookies = await context.cookies();
  expect(cookies.find(({ name }) => name === 'assay_zone')).toMatchObject({
    ...{ value: 'Pacific%2FAuckland', sameSite: 'Lax', path: '/' },
  });
  await context.close();
});

test('days later what is due is asked, one at a time, by keyboard', async ({ page }) => {
  const review = await comeBack(page);
  await page.goto('/');
  await expect(review.link()).toHaveAccessibleName('Review , 2 due');
  await review.link().press('Enter');
  await expect(review.place(1, 2)).toBeVisible();
  await expect(page.getByText(/^From When async helps/)).toBeVisible();
  const first = review.asked();
  await page.waitForLoadState('networkidle');
  await review.end((target) => target.press('Enter'));
  await expect(review.link()).toHaveAccessibleName('Review , 1 due');
  // It stays, with its evidence, until its reader goes on.
  expect(review.asked()).toBe(first);
  await review.next().press('Enter');
  await expect(review.place(2, 2)).toBeVisible();
  await expect(review.card().getByRole('heading', { level: 3 }).first()).toBeFocused();
  expect(review.asked().objective).not.toBe(first.objective);
  await review.end((target) => target.press('Enter'));
  await review.next().press('Enter');
  await expect(review.rest('That is all for today')).toBeVisible();
  await expect(review.link()).toHaveAccessibleName('Review');
  await expect(page.getByText(/^The next .*\.$/)).toBeVisible();
  await page.getByRole('link', { name: first.title }).click();
  await expect(review.card().getByRole('heading', { name: first.title })).toBeVisible();
});

test('a page that is loaded anew, or opened elsewhere, asks the same', async ({
  page,
  context,
}) => {
  const review = await comeBack(page, 1);
  await page.goto('/review');
  const asked = review.asked();
  await page.reload();
  expect(review.asked()).toBe(asked);
  const other = reviewOn(await context.newPage());
  await other.page.goto(`${lessonUrl}/review`);
  expect(other.asked()).toBe(asked);
});

test('the lesson’s own review stands among its modes', async ({ page }) => {
  const review = await comeBack(page, 1);
  await page.goto(lessonUrl);
  await page
    .getByRole('link', { name: /^Review/ })
    .last()
    .click();
  await expect(review.place(1, 1)).toBeVisible();
  const modes = page.getByRole('navigation', { name: 'Modes of this lesson' });
  await expect(modes.getByRole('link', { name: /^Review/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('what is due is asked and answered with plain forms', async ({ page }) => {
    const review = await comeBack(page);
    await page.goto('/review');
    await expect(review.place(1, 2)).toBeVisible();
    const { kind } = review.asked();
    if (kind === 'blanks' || kind === 'choice') {
      await layRightAnswer(review.card(), review.asked());
      await review.card().getByRole('button', { name: 'Check' }).click();
      await expect(review.card().getByRole('heading', { name: 'Right' })).toBeVisible();
    } else await review.end((target) => target.click());
    await review.next().click();
    await expect(review.place(2, 2)).toBeVisible();
    await review.end((target) => target.click());
    await review.next().click();
    await expect(review.rest('That is all for today')).toBeVisible();
  });
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('what is due is asked with a finger', async ({ page }) => {
    const review = await comeBack(page, 1);
    await page.goto('/', { waitUntil: 'networkidle' });
    await review.link().tap();
    await expect(review.place(1, 1)).toBeVisible();
    await review.end((target) => target.tap());
    expect((await review.next().boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await review.next().tap();
    await expect(review.rest('That is all for today')).toBeVisible();
  });
});

test('nothing moves while a question comes alive', async ({ page }) => {
  await comeBack(page, 1);
  await page.goto('/review');
  await recordShifts(page);
  await page.reload({ waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  expect(await shiftsOf(page)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing before, in and after a review', async ({ page }) => {
        test.slow();
        const review = reviewOn(page);
        const look = async () => {
          expect(await violations(page)).toEqual([]);
          expect(await overflow(page)).toBeLessThanOrEqual(0);
        };
        await page.goto('/review', { waitUntil: 'networkidle' });
        await look();
        await review.learn(2);
        await review.letDaysPass(20);
        await page.goto('/review', { waitUntil: 'networkidle' });
        await look();
        await review.end((target) => target.click());
        await look();
        await review.next().click();
        await expect(review.place(2, 2)).toBeVisible();
        await page.goto(`${lessonUrl}/review`, { waitUntil: 'networkidle' });
        await look();
        await review.end((target) => target.click());
        await review.next().click();
        await expect(review.rest('That is all for today')).toBeVisible();
        await look();
      });
    });
  }
}
