import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { ChoiceExercise, Exercise } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { recordShifts, shiftsOf } from './page-facts.ts';
import { layRightAnswer } from './plain-answer.ts';

const url = '/learn/django/async/when-async-helps/challenge';

let exercises: Exercise[];
let choice: ChoiceExercise;
let minutes: number;

test.beforeAll(async () => {
  const lesson = await loadOurLesson();
  exercises = lesson.exercises.filter(({ pool }) => pool === 'challenge');
  choice = exercises.find((exercise) => exercise.kind === 'choice')!;
  minutes = lesson.minutes['challenge']!;
});

const badge = (page: Page) =>
  page.getByRole('img', { name: /marks? earned|badge is whole/ }).first();
const marks = (page: Page) => page.getByRole('list', { name: 'Marks of the badge' });
const cardOf = (page: Page, { id }: Exercise) => page.locator(`#${id}`);

/** Opens the page and waits until it is alive: before that a press may be lost. */
async function open(page: Page): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('radio', { name: 'Off' })).toBeEnabled();
}

/** Gives an answer to the choice, by its option. */
async function choose(page: Page, right: boolean): Promise<void> {
  const card = cardOf(page, choice);
  const given = card.getByRole('heading', { name: right ? 'Right' : 'Wrong', exact: true });
  const [option] = choice.options.filter(({ id }) => choice.answers.includes(id) === right);
  await card.locator(`input[value="${option!.id}"]`).check();
  await card.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(given).toBeVisible();
}

test('six exercises of mixed kinds stand under a badge with no mark yet', async ({ page }) => {
  await open(page);
  const kinds = exercises.map(({ kind }) => kind);
  expect(kinds).toHaveLength(6);
  expect(kinds).toEqual(expect.arrayContaining(['fix', 'write']));
  await expect(badge(page)).toHaveAccessibleName('0 of 6 marks earned');
  await expect(marks(page).getByText('Not earned yet.')).toHaveCount(6);
  await expect(page.getByText('2 of 2 attempts left')).toHaveCount(6);
});

test('a right answer strikes its mark, and the mark says what stands behind it', async ({
  page,
}) => {
  await open(page);
  await choose(page, false);
  await expect(page.getByRole('button', { name: 'See what this does' })).toHaveCount(0);
  await choose(page, true);
  await expect(badge(page)).toHaveAccessibleName('1 of 6 marks earned');
  const mark = marks(page).getByRole('listitem').filter({ hasText: choice.title });
  await expect(mark).toContainText(/Earned in round 1, attempt 2, \d+ \w+ \d+\.\s+Django \d/);
  await mark.getByRole('link', { name: choice.title }).click();
  await expect(cardOf(page, choice)).toBeInViewport();
});

test('a solution that was shown leaves the mark open, right afterwards or not', async ({
  page,
}) => {
  await open(page);
  const card = cardOf(page, choice);
  await choose(page, false);
  const show = card.getByRole('button', { name: 'Show the solution' });
  await show.click();
  await expect(show).toHaveAccessibleDescription('You can then no longer earn this mark.');
  await expect(card.getByRole('button', { name: 'Keep working' })).toBeFocused();
  await show.click();
  const mark = marks(page).getByRole('listitem').filter({ hasText: choice.title });
  await expect(mark).toContainText('Its solution was shown, so this mark stays open.');

  await card.getByRole('button', { name: 'Start a new round' }).click();
  await choose(page, true);
  await expect(mark).toContainText('Its solution was shown, so this mark stays open.');
  await expect(badge(page)).toHaveAccessibleName('0 of 6 marks earned');
});

test('who is out of attempts is not shown the solution, and can still earn the mark', async ({
  page,
}) => {
  await open(page);
  const card = cardOf(page, choice);
  const wrongs = choice.options.filter(({ id }) => !choice.answers.includes(id)).slice(0, 2);
  for (const { id } of wrongs) {
    await card.locator(`input[value="${id}"]`).check();
    await card.getByRole('button', { name: 'Check', exact: true }).click();
    // The first is told before the second is given; after that there is nothing left to choose.
    await expect(card.getByRole('heading', { name: 'Wrong', exact: true })).toBeVisible();
  }
  await expect(card.getByRole('button', { name: 'Start a new round' })).toBeVisible();
  await expect(card.getByRole('heading', { name: 'The answer, and why' })).toHaveCount(0);
  await card.getByRole('button', { name: 'Start a new round' }).click();
  await choose(page, true);
  const mark = marks(page).getByRole('listitem').filter({ hasText: choice.title });
  await expect(mark).toContainText('Earned in round 2, attempt 1');
});

test.describe('the timer', () => {
  const timer = (page: Page) => page.getByRole('group', { name: 'Timer' });
  const clock = (page: Page) => page.getByRole('timer', { name: 'Time left' });

  test.beforeEach(async ({ page }) => {
    await page.clock.install();
    await open(page);
  });

  test('is off until it is chosen, and then counts down, pauses and hides', async ({ page }) => {
    await expect(timer(page).getByRole('radio', { name: 'Off' })).toBeChecked();
    await expect(clock(page)).toHaveCount(0);
    await timer(page)
      .getByRole('radio', { name: `Standard, ${minutes} min` })
      .check();
    await page.clock.runFor(90_000);
    await expect(clock(page)).toHaveText(`${minutes - 2}:30`);

    await timer(page).getByRole('button', { name: 'Pause' }).click();
    await page.clock.runFor(600_000);
    await expect(clock(page)).toHaveText(`${minutes - 2}:30`);
    await timer(page).getByRole('button', { name: 'Go on' }).click();
    await timer(page).getByRole('button', { name: 'Hide the time' }).click();
    await expect(clock(page)).toHaveCount(0);
    await page.clock.runFor(30_000);
    await timer(page).getByRole('button', { name: 'Show the time' }).click();
    await expect(clock(page)).toHaveText(`${minutes - 2}:00`);
  });

  test('is paused, as it was, when the page is opened again', async ({ page }) => {
    await timer(page)
      .getByRole('radio', { name: `Relaxed, ${2 * minutes} min` })
      .check();
    await page.clock.runFor(60_000);
    await timer(page).getByRole('button', { name: 'Hide the time' }).click();
    await page.reload();
    await expect(timer(page).getByRole('radio', { name: /^Relaxed/ })).toBeChecked();
    await expect(clock(page)).toHaveCount(0);
    await page.clock.runFor(60_000);
    await timer(page).getByRole('button', { name: 'Show the time' }).click();
    await expect(clock(page)).toHaveText(`${2 * minutes - 1}:00`);
    await expect(timer(page).getByRole('button', { name: 'Go on' })).toBeVisible();
  });

  test('says that half is gone and that all is, and changes nothing', async ({ page }) => {
    await timer(page)
      .getByRole('radio', { name: /^Standard/ })
      .check();
    const said = timer(page).getByRole('status');
    await expect(said).toHaveText('');
    await page.clock.runFor((minutes / 2) * 60_000);
    await expect(said).toHaveText(`Half of the time is left: ${minutes / 2}:00.`);
    await page.clock.runFor((minutes / 2) * 60_000);
    await expect(said).toHaveText(
      'The time is over. Take as long as you need: it changes nothing.',
    );
    await choose(page, true);
    await expect(badge(page)).toHaveAccessibleName('1 of 6 marks earned');
  });

  test('leaves the focus within it when its time is over', async ({ page }) => {
    await timer(page)
      .getByRole('radio', { name: /^Standard/ })
      .check();
    await timer(page).getByRole('button', { name: 'Pause' }).focus();
    await page.clock.runFor(minutes * 60_000);
    await expect(timer(page).getByRole('button', { name: 'Pause' })).toHaveCount(0);
    await expect(timer(page).getByRole('button', { name: 'Start over' })).toBeFocused();
  });

  test('is chosen and held by keyboard alone', async ({ page }) => {
    await timer(page).getByRole('radio', { name: 'Off' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(timer(page).getByRole('radio', { name: /^Relaxed/ })).toBeChecked();
    await page.keyboard.press('Tab');
    await expect(timer(page).getByRole('button', { name: 'Pause' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(timer(page).getByRole('button', { name: 'Go on' })).toBeFocused();
  });
});

test('nothing moves while the page comes alive', async ({ page }) => {
  await recordShifts(page);
  await open(page);
  await page.evaluate(() => document.fonts.ready);
  expect(await shiftsOf(page)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and the page does not scroll sideways', async ({ page }) => {
        await open(page);
        await page.getByRole('radio', { name: /^Standard/ }).check();
        await choose(page, true);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        ).toEqual([]);
        const over = () => document.documentElement.scrollWidth - innerWidth;
        expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
      });
    });
  }
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('there is no timer, and six right answers make the badge whole', async ({ page }) => {
    test.slow();
    await page.goto(url);
    await expect(page.getByRole('group', { name: 'Timer' })).toHaveCount(0);
    for (const [index, exercise] of exercises.entries()) {
      const card = cardOf(page, exercise);
      await layRightAnswer(card, exercise);
      await card.getByRole('button', { name: 'Check', exact: true }).click();
      await expect(card.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
      const name = index < 5 ? `${index + 1} of 6 marks earned` : /^The badge is whole: 6 marks/;
      await expect(badge(page)).toHaveAccessibleName(name);
    }
    await expect(marks(page).getByText(/^Earned in round 1, attempt 1/)).toHaveCount(6);
  });
});
