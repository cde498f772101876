import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exercise } from '#lib/domain/exercise.ts';
import { root, tryPath, Visitor } from './built-site.ts';
import {
  findBlanksExercise,
  findChoiceExercise,
  findCodeExercise,
  loadOurLesson,
} from './our-exercises.ts';
import { bare, expectNoSecret, secretsOf } from './secrets.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();

const lessonPath = tryPath.replace(/\/try$/, '');

async function everySecret(): Promise<string[]> {
  const lesson = await loadOurLesson();
  const lock = JSON.parse(await readFile(join(lesson.folder, 'proof.lock.json'), 'utf8')) as {
    exercises: { evidence: { id: string }[] }[];
  };
  const ids = lock.exercises.flatMap(({ evidence }) => evidence.map(({ id }) => id));
  const { exercises, visualize } = lesson;
  const ofQuiz = visualize!.quiz.flatMap(({ why, wrong }) => [
    why,
    ...wrong.map((each) => each.why),
  ]);
  return [
    ...exercises.flatMap((each) => secretsOf(each, exercises)),
    ...[...ids, ...ofQuiz].map(bare),
  ];
}

/** What names the run records of one exercise. */
async function evidenceIdsOf(uid: string): Promise<string[]> {
  const lesson = await loadOurLesson();
  const lock = JSON.parse(await readFile(join(lesson.folder, 'proof.lock.json'), 'utf8')) as {
    exercises: { uid: string; evidence: { id: string }[] }[];
  };
  const own = lock.exercises.filter((exercise) => exercise.uid === uid);
  return own.flatMap(({ evidence }) => evidence.map(({ id }) => bare(id)));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('no page, no page data and no refused form holds a key before the answer', async () => {
  const secrets = await everySecret();
  expect(secrets.length).toBeGreaterThan(15);
  const visitor = new Visitor(served.site.url);
  const modes = ['try', 'challenge', 'project', 'visualize'].map((mode) => `${lessonPath}/${mode}`);
  const paths = ['/', lessonPath, ...modes, '/health', '/no-such-page', '/learn/a/b/c'];
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
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  await visitor.post(`${tryPath}?/show`, { exercise: uid, round: '1' });
  const text = bare(await (await visitor.get(tryPath)).text());
  expect(text).toContain(bare(solution[0] ?? ''));
});

test('after a wrong answer, what is said of the other answers stays on the server', async () => {
  const exercise = await findChoiceExercise();
  const visitor = new Visitor(served.site.url);
  const fields = { exercise: exercise.uid, round: '1', key: 'one-wrong-answer' };
  const response = await visitor.post(`${tryPath}?/answer`, { ...fields, option: exercise.wrong });
  expect(response.status).toBe(303);
  const text = bare(await (await visitor.get(tryPath)).text());
  for (const { id, why } of exercise.options) {
    expect(text.includes(bare(why)), `the reason of ${id}`).toBe(id === exercise.wrong);
  }
});

/** Asks to look at every answer of an exercise. */
async function lookAtAll(visitor: Visitor, exercise: Exercise, round: string) {
  const { uid } = exercise;
  const answers =
    exercise.kind === 'blanks'
      ? exercise.bank.map((token) => ({ 'blank-1': token }))
      : exercise.kind === 'choice'
        ? exercise.options.map(({ id }) => ({ option: id }))
        : [];
  return Promise.all(
    answers.map(async (answer) => {
      const fields = { exercise: uid, round, ...answer };
      const response = await visitor.post(`${tryPath}?/look`, fields);
      return { status: response.status, text: await response.text() };
    }),
  );
}

test('looking gives out nothing before the first answer of a round, whatever was done else', async () => {
  const [blanks, code] = [await findBlanksExercise(), await findCodeExercise()];
  const elsewhere = await findChoiceExercise();
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  const fields = { exercise: elsewhere.uid, round: '1', key: 'answer-elsewhere' };
  await visitor.post(`${tryPath}?/answer`, { ...fields, option: elsewhere.right });
  await visitor.post(`${tryPath}?/hint`, { exercise: blanks.uid, round: '1', 'hints-shown': '0' });
  for (const exercise of [blanks, code]) {
    // The one hint that was asked for is no secret any more.
    const hint = bare(exercise.hints[0] ?? '');
    const own = [...secretsOf(exercise), ...(await evidenceIdsOf(exercise.uid))].filter(
      (secret) => secret !== hint,
    );
    expect(own.length).toBeGreaterThan(8);
    for (const round of ['1', '2', '7']) {
      for (const { status, text } of await lookAtAll(visitor, exercise, round)) {
        expect(status).toBe(422);
        expect(text).toContain('Answer once in this round first.');
        expectNoSecret(text, own, 'a look before the answer');
      }
    }
  }
});

test('a new round has to be answered before it can be looked at again', async () => {
  const exercise = await findBlanksExercise();
  const visitor = new Visitor(served.site.url);
  const fields = { exercise: exercise.uid, round: '1', key: 'right-at-once' };
  await visitor.post(`${tryPath}?/answer`, { ...fields, 'blank-1': exercise.right });
  for (const { status } of await lookAtAll(visitor, exercise, '1')) expect(status).toBe(200);
  await visitor.post(`${tryPath}?/again`, { exercise: exercise.uid, round: '1' });
  for (const round of ['1', '2']) {
    for (const { status } of await lookAtAll(visitor, exercise, round)) expect(status).toBe(422);
  }
});

test('a look tells what ran and gives neither verdict nor reason of the author', async () => {
  const exercise = await findCodeExercise();
  const visitor = new Visitor(served.site.url);
  const fields = { exercise: exercise.uid, round: '1', key: 'wrong-to-look' };
  await visitor.post(`${tryPath}?/answer`, { ...fields, option: exercise.wrong });
  for (const { status, text } of await lookAtAll(visitor, exercise, '1')) {
    expect(status).toBe(200);
    for (const { id, why } of exercise.options) {
      expect(bare(text).includes(bare(why)), `the reason of ${id}`).toBe(id === exercise.wrong);
    }
    for (const step of exercise.solution) expect(bare(text)).not.toContain(bare(step));
  }
});
