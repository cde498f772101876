import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise } from '#lib/domain/exercise.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  startSite,
  tryPath,
  Visitor,
  type Site,
} from './built-site.ts';
import { findBlanksExercise, findChoiceExercise, loadOurLesson } from './our-exercises.ts';

let dataDir: string;
let site: Site;
beforeAll(async () => {
  dataDir = await makeDataDir();
  await prepareSite(dataDir);
  site = await startSite(dataDir);
});
afterAll(async () => {
  await site.stop();
  await removeDataDir(dataDir);
});

const lessonPath = tryPath.replace(/\/try$/, '');

/** Letters and digits only, so that no escaping (HTML, JSON, attribute) hides a match. */
const bare = (text: string) =>
  text.replace(/&[a-z]+;|&#\d+;|\\u[0-9a-f]{4}|<[^>]*>/gi, '').replace(/[^a-z0-9]/gi, '');

/** All texts of an exercise that would tell the key, or an answer's outcome, before it is given. */
function secretsOf(exercise: Exercise): string[] {
  const own =
    exercise.kind === 'blanks'
      ? [exercise.expect, ...exercise.misconceptions.map(({ says }) => says)]
      : exercise.options.flatMap(({ holds, why }) => [why, holds ?? '']);
  return [...exercise.solution, ...exercise.hints, ...own]
    .map(bare)
    .filter((text) => text.length >= 8);
}

async function everySecret(): Promise<string[]> {
  const lesson = await loadOurLesson();
  const lock = JSON.parse(await readFile(join(lesson.folder, 'proof.lock.json'), 'utf8')) as {
    exercises: { evidence: { id: string }[] }[];
  };
  const ids = lock.exercises.flatMap(({ evidence }) => evidence.map(({ id }) => id));
  return [...lesson.exercises.flatMap(secretsOf), ...ids.map(bare)];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function expectNoSecret(text: string, secrets: string[], where: string): void {
  const plain = bare(text);
  const found = secrets.filter((secret) => plain.includes(secret));
  expect(found, `secrets in ${where}`).toEqual([]);
}

test('no page, no page data and no refused form holds a key before the answer', async () => {
  const secrets = await everySecret();
  expect(secrets.length).toBeGreaterThan(15);
  const visitor = new Visitor(site.url);
  const paths = ['/', lessonPath, tryPath, '/health', '/no-such-page', '/learn/a/b/c'];
  for (const path of paths) {
    for (const address of [path, `${path === '/' ? '' : path}/__data.json`]) {
      const response = await visitor.get(address);
      expectNoSecret(await response.text(), secrets, address);
      expectNoSecret(JSON.stringify([...response.headers]), secrets, `headers of ${address}`);
    }
  }
  for (const { uid } of [await findBlanksExercise(), await findChoiceExercise()]) {
    const fields = { exercise: uid, round: '1', key: 'no-answer-given' };
    for (const answer of [
      {},
      { 'blank-1': '' },
      { 'blank-1': 'nothing-like-it' },
      { option: 'x' },
    ]) {
      const response = await visitor.post(`${tryPath}?/answer`, { ...fields, ...answer });
      expect(response.status).toBe(422);
      expectNoSecret(await response.text(), secrets, 'a refused form');
    }
  }
});

test('no file that a browser can fetch holds a key', async () => {
  const secrets = await everySecret();
  const files = (await filesBelow(join(root, 'build/client'))).filter((file) =>
    /\.(js|css|html|json|map|svg|txt)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) expectNoSecret(await readFile(file, 'utf8'), secrets, file);
});

test('the search for secrets would find one: they are there once the round is over', async () => {
  const { uid, solution } = await findBlanksExercise();
  const visitor = new Visitor(site.url);
  await visitor.get(tryPath);
  await visitor.post(`${tryPath}?/show`, { exercise: uid, round: '1' });
  const text = bare(await (await visitor.get(tryPath)).text());
  expect(text).toContain(bare(solution[0] ?? ''));
});

test('after a wrong answer, what is said of the other answers stays on the server', async () => {
  const exercise = await findChoiceExercise();
  const visitor = new Visitor(site.url);
  const fields = { exercise: exercise.uid, round: '1', key: 'one-wrong-answer' };
  const response = await visitor.post(`${tryPath}?/answer`, { ...fields, option: exercise.wrong });
  expect(response.status).toBe(303);
  const text = bare(await (await visitor.get(tryPath)).text());
  for (const { id, why } of exercise.options) {
    expect(text.includes(bare(why)), `the reason of ${id}`).toBe(id === exercise.wrong);
  }
});
