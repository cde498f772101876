import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  runAssay,
  startSite,
  tryPath,
  Visitor,
  type Site,
} from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';

interface Health {
  execution: { available: boolean };
  exercises: { shown: number; heldBack: number };
}

let dataDir: string;
let site: Site | null = null;
beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(async () => {
  await site?.stop();
  site = null;
  await removeDataDir(dataDir);
});

async function healthOf({ url }: Site): Promise<Health> {
  return (await (await fetch(`${url}/health`)).json()) as Health;
}

/** A copy of our content in which the blanks exercise declares a wrong answer right. */
async function contentWithAFalseKey(): Promise<string> {
  const content = join(dataDir, 'content');
  await cp(join(root, 'content'), content, { recursive: true });
  const { places, right, wrong } = await findBlanksExercise();
  const file = join(content, places['']?.file ?? '');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(`answers: [[${right}]]`, `answers: [[${wrong}]]`));
  return content;
}

test('where nothing can be run, lessons are served and graded by their locks', async () => {
  const env = { ASSAY_EXECUTION: 'off' };
  await prepareSite(dataDir, env);
  site = await startSite(dataDir, env);
  const health = await healthOf(site);
  expect(health.execution.available).toBe(false);
  expect(health.exercises.heldBack).toBe(0);
  const { uid, wrong } = await findBlanksExercise();
  const visitor = new Visitor(site.url);
  expect(await (await visitor.get(tryPath)).text()).toContain('evidence');
  const fields = { exercise: uid, round: '1', key: 'from-the-lock', 'blank-1': wrong };
  expect((await visitor.post(`${tryPath}?/answer`, fields)).status).toBe(303);
  expect(await (await visitor.get(tryPath)).text()).toContain('SynchronousOnlyOperation');
});

test('where nothing can be run, texts are served by their locks, and no figure is made up', async () => {
  const env = { ASSAY_EXECUTION: 'off', ASSAY_CONTENT: 'tests/e2e/content' };
  site = await startSite(dataDir, env);
  const visitor = new Visitor(site.url);
  const read = async (mode: string) => {
    const response = await visitor.get(`/learn/web/reading/one-thread/${mode}`);
    return { status: response.status, text: await response.text() };
  };
  const why = await read('why');
  expect(why.status).toBe(200);
  expect(why.text).toContain('Not measured on this host');
  expect(why.text).toMatch(/waiting at once<\/th>.*?<td[^>]*>1<\/td>.*?<td[^>]*>3<\/td>/s);
  expect(why.text).not.toContain('Measured on this host');
  expect((await read('learn')).text).toContain('ZeroDivisionError');
  expect((await visitor.get('/learn/web/reading/one-thread/tests')).status).toBe(404);
});

test('what is refuted is not shown, and what is right beside it is', async () => {
  const ASSAY_CONTENT = await contentWithAFalseKey();
  const prepared = await runAssay(['prepare'], dataDir, { ASSAY_CONTENT });
  expect(prepared.code).toBe(1);
  expect(prepared.stdout).toMatch(/refuted\s+read-one-user/);
  site = await startSite(dataDir, { ASSAY_CONTENT });
  const { exercises } = await healthOf(site);
  expect(exercises.heldBack).toBe(1);
  expect(exercises.shown).toBeGreaterThan(0);
  const { uid, title } = await findBlanksExercise();
  const visitor = new Visitor(site.url);
  expect(await (await visitor.get(tryPath)).text()).not.toContain(title);
  const fields = { exercise: uid, round: '1', key: 'not-to-be-had', 'blank-1': 'get' };
  expect((await visitor.post(`${tryPath}?/answer`, fields)).status).toBe(404);
});

test('a content root of one’s own is served beside ours', async () => {
  const own = join(dataDir, 'own');
  await cp(join(root, 'content/django'), join(own, 'flask'), { recursive: true });
  const lesson = join(own, 'flask/async/03-when-async-helps');
  for (const file of await readdir(join(lesson, 'exercises'))) {
    const path = join(lesson, 'exercises', file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/uid: ex_/, 'uid: ex_own'));
  }
  const env = { ASSAY_CONTENT: `${join(root, 'content')}:${own}` };
  await prepareSite(dataDir, env);
  site = await startSite(dataDir, env);
  const response = await fetch(`${site.url}/learn/flask/async/when-async-helps/try`);
  expect(response.status).toBe(200);
  expect((await healthOf(site)).exercises.heldBack).toBe(0);
});
