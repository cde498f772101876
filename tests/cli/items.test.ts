import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LessonItemsView } from '#lib/domain/items-view.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import { newAttempt } from '../contract/store-engines.ts';
import { assay, root } from './assay-command.ts';

const lessonId = 'django/async/when-async-helps';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'assay-items-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const call = (...args: string[]) => assay(args, { env: { ASSAY_DATA_DIR: dataDir } });

async function choice() {
  const { lessons } = await loadCatalogue([join(root, 'content')]);
  const found = lessons
    .find(({ id }) => id === lessonId)
    ?.exercises.find(({ kind, pool }) => kind === 'choice' && pool === 'try');
  if (found?.kind !== 'choice') throw new Error('the lesson has no choice in Try');
  const wrong = found.options.find(({ id }) => !found.answers.includes(id))!;
  return { ...found, wrong };
}

test('says of each exercise of a lesson what first answers say, wrong ones by their text', async () => {
  const { uid, contentVersion, wrong } = await choice();
  const store = await openStore({ dataDir });
  for (let learner = 0; learner < 12; learner++) {
    const given = { learnerId: `l${learner}`, exerciseUid: uid, contentVersion };
    await store.recordAttempt(newAttempt({ ...given, answer: [wrong.id], verdict: 'wrong' }));
  }
  await store.close();

  const { code, stdout } = await call('items', lessonId, '--json');
  expect(code).toBe(0);
  const shown = JSON.parse(stdout) as LessonItemsView;
  expect(shown).toMatchObject({ learners: 12, newestOnly: null });
  const item = shown.items.find((each) => each.uid === uid);
  expect(item).toMatchObject({ answers: 12, right: { value: 0, low: 0 }, discrimination: null });
  const taken = item?.distractors.find(({ count }) => count === 12);
  expect(taken).toMatchObject({ state: 'alive', text: wrong.text || wrong.code });

  const plain = await call('items', lessonId);
  expect(plain.stdout).toContain(`${uid}, choice, try`);
  expect(plain.stdout).toMatch(/answers +12, right 0\.00 \(0\.00 to 0\.\d\d\)/);
});

test('lists the lessons, and says so where there is none of that id', async () => {
  const { stdout } = await call('items');
  expect(stdout).toMatch(
    new RegExp(`^${lessonId} {2}exercises \\d+, answers 0, open reports 0$`, 'm'),
  );
  expect(await call('items', 'no/such/lesson')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no lesson no/such/lesson.') as string,
  });
});
