import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Exercise } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { overflow, recordShifts, shiftsOf, violations } from './page-facts.ts';
import { layRightAnswer } from './plain-answer.ts';
import { length, TestPage, testUrl } from './test-page.ts';

let exercises: Exercise[];

test.beforeAll(async () => {
  exercises = (await loadOurLesson()).exercises;
});

const sittingOn = (page: Page) => new TestPage(page, exercises);

/** Nothing that says how an answer went, nor offers to say it. */
async function tellsNothing({ page }: TestPage): Promise<void> {
  await expect(page.getByText(/^(Right|Wrong|Not right)$/)).toHaveCount(0);
  await expect(page.getByTestId('evidence')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /hint|solution|See what/ })).toHaveCount(0);
}

/** Answers all ten, and looks each time where that leads. */
async function answerAll(sitting: TestPage, press: (target: Locator) => Promise<void>) {
  for (let number = 1; number <= length; number += 1) {
    await expect(sitting.heading(number)).toBeFocused();
    await tellsNothing(sitting);
    await sitting.lay(press);
    await press(sitting.go());
    if (number === length) continue;
    await expect(sitting.said()).toHaveText(
      `Your answer is kept. Question ${number + 1} of ${length}.`,
      // A program may have to wait until it is run.
      { timeout: 30_000 },
    );
  }
  await expect(sitting.verdict()).toBeFocused({ timeout: 30_000 });
  await expect(sitting.said()).toHaveText(/^Your answer is kept. The test is over. Verdict: /);
}

test('what a test is, and the rule of its verdict, stand there before it begins', async ({
  page,
}) => {
  const sitting = sittingOn(page);
  await sitting.open();
  await expect(page.getByRole('heading', { name: 'Do you know it?' })).toBeVisible();
  for (const word of ['Strong', 'Shaky', 'Weak', 'Not enough evidence yet']) {
    await expect(page.getByRole('term').filter({ hasText: word })).toBeVisible();
  }
  await expect(page.getByText('There is no clock.')).toBeVisible();
});

test('a whole sitting is taken by keyboard, and its result has evidence and solutions', async ({
  page,
}) => {
  test.slow();
  const sitting = sittingOn(page);
  await sitting.open();
  await page.getByRole('button', { name: 'Start the test' }).press('Enter');
  await answerAll(sitting, async (target) => {
    const isRadio = (await target.getAttribute('type')) === 'radio';
    await target.press(isRadio ? 'Space' : 'Enter');
  });
  await expect(page.getByRole('img', { name: /^Between \d+ and \d+ of 100 medium/ })).toBeVisible();
  await expect(
    page
      .getByRole('list')
      .getByText(/^\d+ of \d+ right$/)
      .first(),
  ).toBeVisible();
  const right = page.locator('details[id^="item-"]').filter({ hasText: /Right/ }).first();
  await right.locator('> summary').press('Enter');
  await expect(right.getByRole('heading', { name: 'Right', exact: true })).toBeVisible();
  await expect(right.getByTestId('evidence').first()).toBeVisible();
  await expect(right.getByRole('heading', { name: /Why, step by step|Beside ours/ })).toBeVisible();
  const report = right.getByTestId('report');
  await report.getByText('Report a problem').press('Enter');
  await report.getByRole('radio', { name: 'It is unclear' }).press('Space');
  await report.getByRole('textbox').fill('Which of the two views is meant?');
  await report.getByRole('button', { name: 'Send the report' }).press('Enter');
  await expect(report.getByText('Thank you: your report is kept')).toBeFocused();
  await expect(
    page.getByText(/You can take another from \d+ \w+ \d+, \d\d:\d\d UTC/),
  ).toBeVisible();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a whole sitting is taken with a finger, and every target is big enough', async ({
    page,
  }) => {
    test.slow();
    const sitting = sittingOn(page);
    await sitting.open();
    await page.getByRole('button', { name: 'Start the test' }).tap();
    await expect(sitting.heading(1)).toBeVisible();
    for (const button of [sitting.go(), sitting.pass()]) {
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await answerAll(sitting, (target) => target.tap());
    expect(
      (await sitting.item(1).locator('> summary').boundingBox())?.height,
    ).toBeGreaterThanOrEqual(44);
    await sitting.item(1).locator('> summary').tap();
    await expect(sitting.item(1).getByRole('heading', { name: /^(Right|Wrong)$/ })).toBeVisible();
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a whole sitting is taken with plain forms', async ({ page }) => {
    test.slow();
    const sitting = sittingOn(page);
    await page.goto(testUrl);
    await page.getByRole('button', { name: 'Start the test' }).click();
    for (let number = 1; number <= length; number += 1) {
      await expect(sitting.heading(number)).toBeVisible();
      await tellsNothing(sitting);
      const exercise = await sitting.asked();
      const isTyped = exercise.kind === 'predict' && exercise.ask === 'type';
      if (number === 2) await sitting.pass().click();
      else if (isTyped) {
        await sitting.card().locator('textarea').fill('nothing at all');
        await sitting.go().click();
      } else {
        await layRightAnswer(sitting.card(), exercise);
        await sitting.go().click();
      }
    }
    await expect(sitting.verdict()).toBeVisible();
    await expect(sitting.item(2).locator('> summary')).toContainText('Passed');
    await sitting.item(2).locator('> summary').click();
    await expect(
      sitting.item(2).getByRole('heading', { name: 'The answer, and why' }),
    ).toBeVisible();
  });
});

test('a page that is loaded anew, or opened elsewhere, asks the same', async ({
  page,
  context,
}) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  await sitting.pass().click();
  await expect(sitting.heading(2)).toBeVisible();
  const [uid, shown] = [await sitting.uid(), await sitting.card().innerText()];
  await page.reload();
  await expect(sitting.heading(2)).toBeVisible();
  expect(await sitting.uid()).toBe(uid);
  const other = sittingOn(await context.newPage());
  await other.open();
  await expect(other.heading(2)).toBeVisible();
  // With its options, tokens or lines in the same order.
  await expect.poll(() => other.card().innerText()).toBe(shown);
});

test('what was answered in another window is told, and what is asked now is shown', async ({
  page,
  context,
}) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  const other = sittingOn(await context.newPage());
  await other.open();
  await other.pass().click();
  await expect(other.heading(2)).toBeVisible();
  await sitting.pass().click();
  await expect(sitting.heading(2)).toBeFocused();
  await expect(page.locator('#test-problem')).not.toBeEmpty();
  await expect(sitting.said()).toHaveText(/Question 2 of 10\.$/);
});

test('what cannot be sent stays as it is laid out, and can be sent again', async ({ page }) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  await sitting.lay((target) => target.click());
  const fields = () =>
    page.locator('form[action="?/answer"]').evaluate((form) => {
      const all = [...new FormData(form as HTMLFormElement)];
      return all.filter(([name]) => /^(blank|option|output|line|indent|file)/.test(name));
    });
  const laid = await fields();
  await page.route(/\?\/answer$/, (route) => route.abort());
  await sitting.go().click();
  await expect(page.getByText(/This could not be sent/).first()).toBeVisible();
  expect(await fields()).toEqual(laid);
  await page.unroute(/\?\/answer$/);
  await sitting.go().click();
  await expect(sitting.heading(2)).toBeFocused();
});

test('an answer with something missing is not sent, and the focus goes there', async ({ page }) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  await sitting.go().click();
  const problem = page.getByText(/, or say that you do not know\.$/).first();
  await expect(problem).toBeVisible();
  await expect(sitting.go()).not.toBeFocused();
  await expect(sitting.heading(1)).toBeVisible();
});

test('who has laid something out is asked before it is passed', async ({ page }) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  await sitting.lay((target) => target.click());
  await sitting.pass().click();
  await expect(sitting.pass()).toHaveAccessibleDescription('What you have here is then not sent.');
  await page.getByRole('button', { name: 'Keep working' }).click();
  await expect(sitting.heading(1)).toBeVisible();
  await sitting.pass().click();
  await sitting.pass().click();
  await expect(sitting.heading(2)).toBeFocused();
});

test('nothing moves while a question comes alive', async ({ page }) => {
  const sitting = sittingOn(page);
  await sitting.begin();
  await recordShifts(page);
  await sitting.open();
  await page.evaluate(() => document.fonts.ready);
  expect(await shiftsOf(page)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing before, in and after a sitting', async ({ page }) => {
        test.slow();
        const sitting = sittingOn(page);
        await sitting.open();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);

        await sitting.begin();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);

        await sitting.lay((target) => target.click());
        await sitting.go().click();
        await sitting.passFrom(2);
        expect(await violations(page)).toEqual([]);
        for (const number of [1, 2]) await sitting.item(number).locator('> summary').click();
        expect(await violations(page)).toEqual([]);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    });
  }
}
