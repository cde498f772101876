/** A learner's home, and the kudos that they give to lessons. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { ChoiceExercise, Exercise } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';

const reading = '/learn/web/reading/one-thread';
let lesson: string;
let choice: ChoiceExercise;

test.beforeAll(async () => {
  const { id, exercises } = await loadOurLesson();
  lesson = `/learn/${id}`;
  const isChoice = (each: Exercise) => each.pool === 'challenge' && each.kind === 'choice';
  choice = exercises.find((each): each is ChoiceExercise => isChoice(each))!;
});

/** Comes in, and earns one mark of the challenge. */
async function practise(page: Page, baseURL: string): Promise<void> {
  await page.request.get('/');
  const form = { exercise: choice.uid, round: '1', key: crypto.randomUUID() };
  const response = await page.request.post(`${lesson}/challenge?/answer`, {
    form: { ...form, option: choice.answers[0]! },
    headers: { origin: baseURL },
  });
  expect(response.ok()).toBe(true);
}

const deletion = (page: Page) => page.getByRole('button', { name: 'Delete all my data' });
const sure = (page: Page) => page.getByRole('checkbox', { name: /cannot be brought back/ });

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing at home, empty or not, and nothing scrolls sideways', async ({
        page,
        baseURL,
      }) => {
        await page.goto('/me');
        await expect(page.getByRole('heading', { name: 'Where to begin' })).toBeVisible();
        expect(await violations(page)).toEqual([]);
        await practise(page, baseURL!);
        await page.goto('/me');
        for (const summary of await page.locator('main summary').all()) await summary.click();
        await expect(page.getByRole('heading', { name: 'Badges' })).toBeVisible();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await page.goto('/me/deleted');
        expect(await violations(page)).toEqual([]);
      });
    });
  }
}

test('who comes first is told where to begin, and the head of each page leads home', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Site' }).getByText('Your practice').click();
  await expect(page).toHaveURL(/\/me$/);
  await page.getByRole('link', { name: 'Begin with Learn' }).click();
  await expect(page).toHaveURL(/\/learn\/.+\/learn$/);
});

test('home leads on to where one was, and tells how one stands and the days in words', async ({
  page,
  baseURL,
}) => {
  await practise(page, baseURL!);
  await page.goto(`${reading}/learn`);
  await page.goto(`${lesson}/challenge`);
  await page.goto('/me');
  const onward = page.getByRole('region', { name: 'Go on' });
  await expect(onward.getByRole('link', { name: /^(Continue|Next)/ })).toHaveText([
    /Continue: Challenge/,
    /Continue: Learn/,
  ]);
  await expect(page.getByText('You practised on 1 of the last 28 days.')).toBeVisible();
  await expect(page.getByRole('img', { name: /last 12 weeks: 1 day of practice$/ })).toBeVisible();
  const lessons = page.getByRole('region', { name: 'Your lessons' });
  await expect(lessons.getByRole('listitem')).toHaveCount(1);
  await expect(lessons.getByText('Not enough evidence yet')).toBeVisible();
  await expect(lessons.getByText(/% left today/)).toBeVisible();
});

test('a badge tells what stands behind it, and its marks lead to their exercises', async ({
  page,
  baseURL,
}) => {
  await practise(page, baseURL!);
  await page.goto('/me');
  const badges = page.getByRole('region', { name: 'Badges' });
  await expect(badges.getByRole('img', { name: /^1 of \d+ marks earned/ })).toBeVisible();
  await badges.getByText('What stands behind it').press('Enter');
  const mark = badges.getByRole('listitem').filter({ hasText: 'Earned in round 1' }).last();
  await expect(mark).toContainText('Django 5.2');
  await mark.getByRole('link').click();
  await expect(page).toHaveURL(`${lesson}/challenge#${choice.id}`);
});

test('what is kept is saved as files', async ({ page, baseURL }) => {
  await practise(page, baseURL!);
  await page.goto('/me');
  const save = async (name: RegExp) => {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const saved = await download;
    return [saved.suggestedFilename(), await readFile(await saved.path(), 'utf8')] as const;
  };
  const [jsonName, json] = await save(/JSON/);
  expect(jsonName).toMatch(/^assay-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(json)).toMatchObject({ rounds: [{ exerciseUid: choice.uid }] });
  const [csvName, csv] = await save(/CSV/);
  expect(csvName).toMatch(/^assay-.+\.csv$/);
  expect(csv).toContain(`,${choice.uid},choice,`);
});

test('all is deleted by keyboard alone, with what the browser kept', async ({ page, baseURL }) => {
  await practise(page, baseURL!);
  await page.goto('/me', { waitUntil: 'networkidle' });
  await page.evaluate(() => localStorage.setItem('draft', 'mine'));
  await sure(page).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(deletion(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'It is deleted' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('draft'))).toBeNull();
  await page.goto('/me');
  await expect(page.getByRole('heading', { name: 'Where to begin' })).toBeVisible();
});

test('kudos are given and taken back in place: the button keeps the focus, nothing jumps', async ({
  page,
}) => {
  await page.goto(`${reading}/learn`, { waitUntil: 'networkidle' });
  await expect(page.getByRole('button', { name: /kudos/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'I have read this' }).click();
  const give = page.getByRole('button', { name: 'Give kudos' });
  await give.scrollIntoViewIfNeeded();
  await recordShifts(page);
  await page.reload({ waitUntil: 'networkidle' });
  await give.focus();
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  const takeBack = page.getByRole('button', { name: 'Take back your kudos' });
  await expect(takeBack).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: /kudos.*yours/ })).toBeVisible();
  await expect(page.locator('main .runtime')).toContainText(/\d+ kudos/);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(give).toBeFocused();
  expect(await shiftsOf(page)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('kudos lead back to where they were given', async ({ page }) => {
    await page.goto(`${reading}/why`);
    await page.getByRole('button', { name: 'I have read this' }).click();
    await page.getByRole('button', { name: 'Give kudos' }).click();
    await expect(page).toHaveURL(`${reading}/why#kudos`);
    await page.getByRole('button', { name: 'Take back your kudos' }).click();
    await expect(page.getByRole('button', { name: 'Give kudos' })).toBeVisible();
  });

  test('all is deleted once the box is ticked, and not before', async ({ page, baseURL }) => {
    await practise(page, baseURL!);
    await page.goto('/me');
    await deletion(page).click();
    await expect(page).toHaveURL(/\/me$/);
    await sure(page).check();
    await deletion(page).click();
    await expect(page).toHaveURL(/\/me\/deleted/);
    await page.goto('/me');
    await expect(page.getByRole('heading', { name: 'Where to begin' })).toBeVisible();
  });
});
