import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type { Project, ProgramFiles } from '#lib/domain/exercise.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { layFiles } from './plain-answer.ts';

const url = '/learn/django/async/when-async-helps/project';

let project: Project;

test.beforeAll(async () => {
  project = (await loadOurLesson()).project!;
});

const step = (number: number) => project.steps[number - 1]!;
const stepUrl = (number: number) => `${url}/${step(number).slug}`;
const cardOf = (page: Page, number: number) => page.locator(`#${step(number).exercise.id}`);
const right = (card: Locator) => card.getByRole('heading', { name: 'Right', exact: true });
const check = (card: Locator) => card.getByRole('button', { name: 'Check', exact: true });

/** Each file with a remark of the learner's own, by which it is known again. */
const owned = (files: ProgramFiles, remark: string): ProgramFiles =>
  Object.fromEntries(
    Object.entries(files).map(([path, source]) => [path, `${source}\n# ${remark} ${path}\n`]),
  );

async function violations(page: Page): Promise<string[]> {
  const found = (await new AxeBuilder({ page }).analyze()).violations;
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test('the steps are listed in their order, and the first is the one to begin with', async ({
  page,
}) => {
  await page.goto(url);
  await expect(page.getByText('0 of 4 steps done')).toBeVisible();
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('link');
  await expect(steps).toHaveText(project.steps.map(({ exercise }) => exercise.title));
  await page.getByRole('link', { name: `Begin with: ${step(1).exercise.title}` }).click();
  await expect(page).toHaveURL(stepUrl(1));
  await expect(cardOf(page, 1).getByText('As many attempts as it takes')).toBeVisible();
  // The step is within the project, whose own page is another one.
  const modes = page.getByRole('navigation', { name: 'Modes of this lesson' });
  await expect(modes.getByRole('link', { name: /^Project/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test('a step that was skipped to gives nothing of the solution before, until it is asked for', async ({
  page,
}) => {
  const response = await page.goto(stepUrl(3));
  // A line that the step before adds, and that neither its start nor this step's text has.
  const before = new Set(Object.values(step(2).exercise.start).join('\n').split('\n'));
  const added = Object.values(step(2).exercise.answer)
    .flatMap((source) => source.split('\n'))
    .filter((line) => line.trim().length > 20 && !before.has(line));
  expect(added.length).toBeGreaterThan(0);
  const plain = (await response!.text()).replaceAll(/<[^>]*>/g, '');
  for (const line of added) expect(plain).not.toContain(line.trim());
  await expect(page.getByText('you have not solved that one yet')).toBeVisible();

  await page.getByRole('button', { name: 'Start from the solution of step 2' }).click();
  await expect(page.getByText('You begin with the solution of step 2.')).toBeVisible();
  const { main, answer } = step(2).exercise;
  const program = cardOf(page, 3).getByRole('textbox', { name: `Your program: ${main}` });
  await expect(program).toHaveValue(answer[main]!);
  await page.goto(url);
  const skipped = page.getByRole('listitem').filter({ hasText: step(2).exercise.title });
  await expect(skipped).toContainText('Its solution was shown.');
  await expect(page.getByText('0 of 4 steps done')).toBeVisible();
});

test('a step is edited, run and checked on its page', async ({ page }) => {
  test.slow();
  await page.goto(stepUrl(1));
  const card = cardOf(page, 1);
  const editor = card.getByRole('textbox', { name: /^Your program: views\.py/ });
  await editor.click();
  await expect(card.locator('.cm-editor').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText('print("here I am")\n');
  await card.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(card.getByText('here I am').last()).toBeVisible();

  await check(card).click();
  await expect(card.getByRole('heading', { name: 'Wrong', exact: true })).toBeVisible();
  await expect(card.getByText('As many attempts as it takes')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('what is open or said on the card of a step is not on the next one', async ({ page }) => {
  await page.goto(stepUrl(2));
  await page.getByRole('button', { name: 'Start from the solution of step 1' }).click();
  await page.goto(stepUrl(1), { waitUntil: 'networkidle' });
  const first = cardOf(page, 1).getByTestId('report');
  await first.getByText('Report a problem').click();
  await first.getByRole('radio', { name: 'It is unclear' }).check();
  await first.getByRole('textbox').fill('Which file?');
  const steps = page.getByRole('navigation', { name: 'Steps of the project' });
  await steps.getByRole('link', { name: /^Step 2:/ }).click();
  const second = cardOf(page, 2).getByTestId('report');
  await second.getByText('Report a problem').click();
  await expect(second.getByRole('radio', { name: 'It is unclear' })).not.toBeChecked();
  await expect(second.getByRole('textbox')).toHaveValue('');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('four steps go on from the learner’s own files, up to what was built', async ({ page }) => {
    test.slow();
    await page.goto(url);
    for (const [index, { exercise }] of project.steps.entries()) {
      await page.goto(stepUrl(index + 1));
      const card = cardOf(page, index + 1);
      if (index > 0) {
        await expect(
          page.getByText(`You begin with your own files, as they passed step ${index}.`),
        ).toBeVisible();
        for (const path of Object.keys(exercise.start)) {
          const area = card.getByRole('textbox', { name: `Your program: ${path}` });
          await expect(area).toHaveValue(new RegExp(`# mine ${index} ${path}`));
        }
      }
      await layFiles(card, owned(exercise.answer, `mine ${index + 1}`));
      await check(card).click();
      await expect(page).toHaveURL(`${stepUrl(index + 1)}#${exercise.id}`);
      await expect(right(card)).toBeVisible();
    }
    await page.getByRole('link', { name: 'See what you built' }).click();
    await expect(page.getByText('4 of 4 steps done')).toBeVisible();
    await expect(page.getByText('All 4 steps are done, with 4 answers in all.')).toBeVisible();
    await expect(page.getByText('# mine 4 views.py')).toBeVisible();

    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save this file' }).last().click();
    expect((await saved).suggestedFilename()).toBe('views.py');
  });

  test('no file is to be had before the project is done', async ({ page }) => {
    const response = await page.goto(`${url}/files/views.py`);
    expect(response?.status()).toBe(404);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' });

      test('axe finds nothing, and the pages do not scroll sideways', async ({ page }) => {
        test.slow();
        for (const path of [url, stepUrl(1), stepUrl(2)]) {
          await page.goto(path);
          // What scrolls gets its tab stop when the page comes alive, which a busy machine puts off.
          await expect(async () => expect(await violations(page)).toEqual([])).toPass();
          const over = () => document.documentElement.scrollWidth - innerWidth;
          expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
        }
      });
    });
  }
}
