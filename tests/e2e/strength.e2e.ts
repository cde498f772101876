/** How a learner stands in a lesson, wherever that is shown: nothing at first, then two figures that are kept apart. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { overflow, violations } from './page-facts.ts';
import { openTry, rightOption } from './try-page.ts';

const lesson = '/learn/django/async/when-async-helps';

const verdict = (within: Page | Locator) =>
  within.getByText(/^(Strong|Shaky|Weak|Not enough evidence yet)$/);
const standing = (page: Page) => page.getByRole('region', { name: 'How you stand' });

/** One right first answer, without help. */
async function answerOne(page: Page): Promise<void> {
  const { choice } = await openTry(page);
  await choice.root.getByRole('radio', { name: rightOption }).check();
  await choice.check().click();
  await expect(choice.verdict('Right')).toBeVisible();
}

test('who has answered nothing sees nothing of it', async ({ page }) => {
  for (const path of [`${lesson}/why`, '/', lesson]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(verdict(page)).toHaveCount(0);
    await expect(page.getByText(/left today/)).toHaveCount(0);
  }
});

test('after a first answer the catalogue and the lesson say how one stands', async ({ page }) => {
  await answerOne(page);
  await page.goto('/');
  await expect(verdict(page)).toHaveText('Not enough evidence yet');
  await expect(page.getByText(/\d+ % left today/)).toContainText('100 % left today');
  // What the interval is, for who does not see it.
  await expect(page.getByText(/between \d+ and \d+ of 100 medium exercises/)).toHaveCount(1);
  await page.goto(lesson);
  await expect(verdict(standing(page))).toHaveText('Not enough evidence yet');
  await expect(standing(page).getByText('It rests on 1 answer')).toBeVisible();
  await expect(standing(page).getByText(/what you have met: 1 of 5 objectives/)).toBeVisible();
});

test('practice after a hint counts for what is left, and not for how well one knew it', async ({
  page,
}) => {
  const { choice } = await openTry(page);
  await choice.root.getByRole('button', { name: /hint/i }).click();
  await expect(choice.root.getByText(/hint 1|1 hint/i).first()).toBeVisible();
  await choice.root.getByRole('radio', { name: rightOption }).check();
  await choice.check().click();
  await expect(choice.verdict('Right')).toBeVisible();
  await page.goto(lesson);
  await expect(standing(page).getByText('Nothing was answered at first and')).toBeVisible();
  await expect(verdict(standing(page))).toHaveCount(0);
  await expect(standing(page).getByText('100 %', { exact: true })).toBeVisible();
});

test('the lesson leads to the rule, which says what counts', async ({ page }) => {
  await answerOne(page);
  await page.goto(lesson);
  await page.getByRole('link', { name: 'How these two are found' }).click();
  await expect(page.getByRole('heading', { name: 'How strength works' })).toBeVisible();
  for (const word of ['Strong', 'Shaky', 'Weak', 'Not enough evidence yet']) {
    await expect(page.getByRole('term').filter({ hasText: word })).toBeVisible();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in ${colorScheme}, on a small screen and a large one, axe finds nothing and nothing overflows`, async ({
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await answerOne(page);
    for (const path of ['/', lesson, '/how-strength-works']) {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(path);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      }
      expect(await violations(page)).toEqual([]);
    }
  });
}
