import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blanksPath, clearDisk, edit, goodFiles, onDisk } from '../proof/lesson-on-disk.ts';
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
  await clearDisk();
});

async function healthOf({ url }: Site): Promise<Health> {
  return (await (await fetch(`${url}/health`)).json()) as Health;
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
  const files = goodFiles();
  files[blanksPath] = edit(files[blanksPath]!, 'answers: [[aget]]', 'answers: [[get]]');
  const env = { ASSAY_CONTENT: await onDisk(files) };
  const prepared = await runAssay(['prepare'], dataDir, env);
  expect(prepared.code).toBe(1);
  expect(prepared.stdout).toMatch(/refuted\s+read-one/);
  site = await startSite(dataDir, env);
  const { exercises } = await healthOf(site);
  expect(exercises).toMatchObject({ heldBack: 1, shown: 2 });
  const visitor = new Visitor(site.url);
  const page = '/learn/web/async/waiting/try';
  expect(await (await visitor.get(page)).text()).not.toContain('One row');
  const fields = { exercise: 'ex_blanks1', round: '1', key: 'not-to-be-had', 'blank-1': 'get' };
  expect((await visitor.post(`${page}?/answer`, fields)).status).toBe(404);
});

test('a content root of one’s own is served beside others', async () => {
  const own = await onDisk(goodFiles());
  const env = { ASSAY_CONTENT: `${join(root, 'tests/e2e/content')}:${own}` };
  await prepareSite(dataDir, env);
  site = await startSite(dataDir, env);
  const response = await fetch(`${site.url}/learn/web/async/waiting/try`);
  expect(response.status).toBe(200);
  expect((await healthOf(site)).exercises.heldBack).toBe(0);
});
