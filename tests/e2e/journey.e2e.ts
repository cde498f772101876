/** One learner's way, from the first visit to the last, on a site whose days go by. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { Exercise } from '#lib/domain/exercise.ts';
import {
  estimateOf,
  posteriorOf,
  priorOfAnybody,
  type Posterior,
} from '#lib/domain/strength/ability.ts';
import { firstEstimate, itemOf } from '#lib/domain/strength/correct-item.ts';
import { strongShare } from '#lib/domain/strength/shares.ts';
import { abilityFor } from '#lib/domain/strength/verdict.ts';
import {
  daysLater,
  makeDataDir,
  prepareSite,
  removeDataDir,
  startSite,
} from '../site/built-site.ts';
import type { Site } from '../site/built-site.ts';
import { loadOurLesson } from '../site/our-exercises.ts';
import { ReviewPage } from './review-page.ts';
import { length, TestPage, testUrl } from './test-page.ts';
import { blanksAnchor, Card, tryUrl } from './try-page.ts';

const lesson = '/learn/django/async/when-async-helps';
const password = 'seven slow lanterns';
const email = 'ada@assay.example';

let dataDir: string;
let site: Site;
let exercises: Exercise[];

test.beforeAll(async () => {
  exercises = (await loadOurLesson()).exercises;
  dataDir = await makeDataDir();
  await prepareSite(dataDir);
  site = await startSite(dataDir);
});

test.afterAll(async () => {
  await site.stop();
  await removeDataDir(dataDir);
});

/** The site ends, and it is so many days later when it is there again, at the same address. */
async function comeBackAfter(days: number): Promise<void> {
  const { port } = new URL(site.url);
  await site.stop();
  site = await startSite(dataDir, { ...daysLater(days), PORT: port });
}

const at = (path: string) => new URL(path, site.url).href;

/** Answers so that it stays open whether the learner is strong: right while they seem weaker, else not. */
async function takeTestAsShaky(page: Page): Promise<void> {
  const sitting = new TestPage(page, exercises);
  const middle = abilityFor(strongShare) / 2;
  let known: Posterior = priorOfAnybody;
  for (let number = 1; number <= length; number += 1) {
    await expect(sitting.heading(number)).toBeVisible();
    const { difficulty, kind } = await sitting.asked();
    const isRight = estimateOf(known).ability < middle && kind !== 'predict';
    if (isRight) {
      await sitting.lay((target) => target.click());
      await sitting.go().click();
    } else await sitting.pass().click();
    known = posteriorOf([{ item: itemOf(firstEstimate(difficulty), 0.2), isRight }], known);
  }
  await expect(sitting.verdict()).toBeVisible({ timeout: 30_000 });
}

/** What is printed where the output is typed: nobody writes that key down. */
const printed: Record<string, string> = {
  'three-offers': 'pages 2\nquestions 6',
  'last-tickets': '9\n7',
  'what-goes-on': 'late sweep\nlater sweep wash',
};

async function takeTestAsStrong(page: Page): Promise<void> {
  const sitting = new TestPage(page, exercises);
  for (let number = 1; number <= length; number += 1) {
    await expect(sitting.heading(number)).toBeVisible();
    const output = printed[(await sitting.asked()).id];
    if (output === undefined) await sitting.lay((target) => target.click());
    else await sitting.card().locator('textarea').fill(output);
    await sitting.go().click();
  }
  await expect(sitting.verdict()).toBeVisible({ timeout: 30_000 });
}

test('from the first visit to the last: learn, try, test, review, test again, sign up, sign in elsewhere, export, delete', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);

  // Nobody is asked who they are.
  await page.goto(at(lesson));
  await page.goto(at(`${lesson}/learn`), { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page.locator('#done')).toBeVisible();

  await page.goto(at(tryUrl), { waitUntil: 'networkidle' });
  const card = new Card(page, blanksAnchor);
  await card.pick('aget');
  await card.check().click();
  await expect(card.verdict('Right')).toBeVisible();

  await page.goto(at(testUrl), { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Start the test' }).click();
  await takeTestAsShaky(page);
  const verdict = page.getByRole('heading', { name: /^Verdict: / });
  await expect(verdict).toHaveText(/Shaky/);
  await page.goto(at(lesson));
  await expect(page.getByText('Shaky').first()).toBeVisible();

  // The next day some of it is due.
  await comeBackAfter(1);
  const review = new ReviewPage(page, exercises);
  await page.goto(at('/'));
  await expect(review.link()).toHaveAccessibleName(/\d+ due/);
  const due = Number(/\d+/.exec((await review.link().textContent()) ?? '')?.[0]);
  expect(due).toBeGreaterThan(0);
  await review.link().click();
  for (let number = 1; number <= due; number += 1) {
    await expect(review.place(number, due)).toBeVisible();
    await page.waitForLoadState('networkidle');
    await review.end((target) => target.click());
    await review.next().click();
  }
  await expect(review.rest('That is all for today')).toBeVisible();

  // It is known now, and a Test of other questions says so.
  await comeBackAfter(3);
  await page.goto(at(testUrl), { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: /test/i }).first().click();
  await takeTestAsStrong(page);
  await expect(verdict).toHaveText(/Strong/);

  // An account keeps all of it.
  await page.goto(at('/sign-up?to=%2Fme'));
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page).toHaveURL(at('/me'));
  const lessons = page.getByRole('region', { name: 'Your lessons' });
  await expect(lessons.getByText('Strong').first()).toBeVisible();
  await expect(page.getByText('You practised on 3 of the last 28 days.')).toBeVisible();

  // Elsewhere something was done that nobody knew of.
  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(at(`${lesson}/why`), { waitUntil: 'networkidle' });
  await elsewhere.getByRole('button', { name: 'I have read this' }).click();
  await expect(elsewhere.locator('#done')).toBeVisible();
  await elsewhere.goto(at('/sign-in?to=%2Fme'));
  await elsewhere.getByLabel('E-mail').fill(email);
  await elsewhere.getByLabel('Password').fill(password);
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(elsewhere).toHaveURL(at('/me'));
  await expect(
    elsewhere.getByRole('region', { name: 'Your lessons' }).getByText('Strong').first(),
  ).toBeVisible();

  // Either device has what both did, to take along.
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /JSON/ }).click();
  const kept = JSON.parse(await readFile(await (await download).path(), 'utf8')) as {
    rounds: unknown[];
    sittings: { items: unknown[] }[];
    modes: { mode: string; doneAt: string | null }[];
  };
  expect(kept.sittings.map(({ items }) => items.length)).toEqual([length, length]);
  expect(kept.rounds).toHaveLength(1 + due);
  const done = kept.modes.filter(({ doneAt }) => doneAt !== null).map(({ mode }) => mode);
  expect(done.sort()).toEqual(['learn', 'test', 'why']);

  // And nothing of it is left once that is wished.
  await page.getByRole('checkbox', { name: /cannot be brought back/ }).check();
  await page.getByRole('button', { name: 'Delete all my data' }).click();
  await expect(page.getByRole('heading', { name: 'It is deleted' })).toBeVisible();
  await elsewhere.goto(at('/me'));
  await expect(elsewhere.getByRole('heading', { name: 'Where to begin' })).toBeVisible();
  await elsewhere.goto(at('/sign-in'));
  await elsewhere.getByLabel('E-mail').fill(email);
  await elsewhere.getByLabel('Password').fill(password);
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(elsewhere.getByText('do not belong together')).toBeVisible();
  await elsewhere.context().close();
});
