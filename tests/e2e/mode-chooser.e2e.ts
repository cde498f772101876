import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { Lesson } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';

const url = '/learn/django/async/when-async-helps';
const titles = [
  'Learn',
  'Why',
  'Deep dive',
  'Visualize',
  'Try',
  'Challenge',
  'Project',
  'Performance',
  'Review',
  'Test',
];
const parts = [
  'learn',
  'why',
  'deep-dive',
  'visualize',
  'try',
  'challenge',
  'project',
  'performance',
  'review',
  'test',
];

let lesson: Lesson;
test.beforeAll(async () => {
  lesson = await loadOurLesson();
});

const chooser = (page: Page) => page.getByRole('region', { name: 'Choose how to learn' });
const row = (page: Page, title: string) =>
  chooser(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) });
const teachMe = (page: Page) => chooser(page).getByRole('link', { name: 'Teach me' });
const testMe = (page: Page) => chooser(page).getByRole('link', { name: 'Test me' });

test('each mode has a line of what it is, its minutes and how far it is; none leads nowhere', async ({
  page,
}) => {
  await page.goto(url);
  const links = chooser(page).getByRole('listitem').getByRole('link');
  await expect(links).toHaveText(titles);
  for (const [index, title] of titles.entries()) {
    await expect(row(page, title)).toContainText(`${lesson.minutes[parts[index]!]} min`);
    expect((await page.request.get(`${url}/${parts[index]}`)).ok()).toBe(true);
  }
  await expect(row(page, 'Try')).toContainText('0 of 10 solved');
  await expect(row(page, 'Challenge')).toContainText('0 of 6 solved');
  await expect(row(page, 'Project')).toContainText('0 of 4 solved');
  await expect(row(page, 'Test')).not.toContainText('solved');
});

test('a new learner is led to the first mode, and back to where they were', async ({ page }) => {
  await page.goto(url);
  const begin = `Begin with Learn, ${lesson.minutes['learn']} min`;
  await expect(teachMe(page)).toHaveAccessibleDescription(begin);
  await teachMe(page).click();
  await expect(page).toHaveURL(`${url}/learn`);

  await page.goto(`${url}/try`);
  await page.goto(url);
  await expect(teachMe(page)).toHaveAccessibleDescription(/^Continue: Try/);
  await expect(row(page, 'Try')).toContainText('continue');
  await page.goto('/');
  await page.getByRole('link', { name: 'Continue: Try' }).click();
  await expect(page).toHaveURL(`${url}/try`);
});

test('the test can be taken first', async ({ page }) => {
  await page.goto(url);
  await testMe(page).click();
  await expect(page).toHaveURL(`${url}/test`);
});

async function readOn(page: Page) {
  await page.goto(url);
  await page.goto(`${url}/learn`);
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page).toHaveURL(`${url}/learn#done`);
  await expect(page.getByText('You have read this.')).toBeVisible();
  const modes = page.getByRole('navigation', { name: 'Modes of this lesson' });
  await expect(modes.getByRole('link', { name: /^Learn.*, done$/ })).toBeVisible();
  await page.getByRole('link', { name: 'Next: Why' }).click();
  await expect(page).toHaveURL(`${url}/why`);
  await page.goto(url);
  await expect(row(page, 'Learn')).toContainText('done');
  await expect(teachMe(page)).toHaveAccessibleDescription(/^Continue: Why/);
}

test('a mode that is read is done when its reader says so, and leads on', ({ page }) =>
  readOn(page));

test('what is next follows from what is solved', async ({ page }) => {
  await page.goto(`${url}/challenge`);
  const choice = lesson.exercises.find(
    ({ pool, kind }) => pool === 'challenge' && kind === 'choice',
  );
  const card = page.locator(`#${choice?.id}`);
  const right = choice?.kind === 'choice' ? choice.answers[0] : '';
  await card.locator(`input[value="${right}"]`).check();
  await card.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(card.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
  await page.goto(url);
  await expect(row(page, 'Challenge')).toContainText('1 of 6 solved');
  await expect(chooser(page).getByText('1 of 20 exercises done')).toBeVisible();
});

test('is gone through by keyboard alone', async ({ page }) => {
  await page.goto(url);
  await teachMe(page).focus();
  await page.keyboard.press('Tab');
  await expect(testMe(page)).toBeFocused();
  for (const title of titles) {
    await page.keyboard.press('Tab');
    await expect(row(page, title).getByRole('link')).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${url}/test`);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('reading is said to be done by a plain form', ({ page }) => readOn(page));
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and the page does not scroll sideways', async ({ page }) => {
        await page.goto(`${url}/try`);
        await page.goto(`${url}/why`);
        await page.goto(url);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const told = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html }) => `${id}: ${html}`),
        );
        expect(told).toEqual([]);
        const over = () => document.documentElement.scrollWidth - innerWidth;
        expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
      });
    });
  }
}
