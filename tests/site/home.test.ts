/** A learner's home as a browser without JavaScript gets it: what it shows of whom, what it gives away, what it deletes. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { recogniseLearner } from '#lib/server/auth/learner-token.ts';
import { Browser } from './account-browser.ts';
import { tryPath, Visitor } from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';
import { servedSite } from './served-site.ts';
import { anyAnswer, fieldsOf, lessonPath, seeQuestion, testPath } from './test-page.ts';

const served = servedSite();
let exercise: Awaited<ReturnType<typeof findBlanksExercise>>;
beforeAll(async () => {
  exercise = await findBlanksExercise();
});

const textOf = async (visitor: Visitor, path: string) =>
  (await (await visitor.get(path)).text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

const bodyOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text();

/** A visitor who has a cookie, and has given a wrong answer. */
async function someone(): Promise<Visitor> {
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  const fields = { exercise: exercise.uid, round: '1', key: randomUUID() };
  const response = await visitor.post(`${tryPath}?/answer`, {
    ...fields,
    'blank-1': exercise.wrong,
  });
  expect(response.status).toBe(303);
  return visitor;
}

/** Whether the store has the cookie's learner, or a report of theirs; read beside the site, as a command is too slow for it. */
function isKept(cookie: string): boolean {
  const { id } = recogniseLearner(cookie.replace('assay_learner=', ''));
  const database = new DatabaseSync(join(served.dataDir, 'assay.sqlite3'), { readOnly: true });
  try {
    const found =
      'select id from learners where id = ? union all select id from reports where learner_id = ?';
    return database.prepare(found).all(id, id).length > 0;
  } finally {
    database.close();
  }
}

test('who has no cookie sees where to begin, may take nothing with them, and leaves nothing', async () => {
  const visitor = new Visitor(served.site.url);
  const page = await textOf(visitor, '/me');
  expect(page).toContain('Where to begin');
  expect(page).not.toContain('Delete all');
  expect(JSON.parse(await bodyOf(visitor, '/me/export.json'))).toMatchObject({ learner: null });
  expect((await bodyOf(visitor, '/me/export.csv')).split('\r\n')).toHaveLength(2);
  await visitor.post('/me?/delete', { sure: 'yes' });
  expect(isKept(visitor.cookie)).toBe(false);
});

test('what was given can be had as files, which nothing on the way keeps', async () => {
  const visitor = await someone();
  for (const [path, type] of [
    ['/me/export.json', 'application/json; charset=utf-8'],
    ['/me/export.csv', 'text/csv; charset=utf-8'],
  ] as const) {
    const { status, headers } = await visitor.get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="assay-\d{4}-\d\d-\d\d\.(json|csv)"$/,
    );
  }
  expect(JSON.parse(await bodyOf(visitor, '/me/export.json'))).toMatchObject({
    rounds: [{ exerciseUid: exercise.uid, attempts: [{ answer: [exercise.wrong] }] }],
    ...{ modes: [], quiz: [], kudos: [], sittings: [], reports: [] },
  });
  const bytes = new Uint8Array(await (await visitor.get('/me/export.csv')).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, row] = new TextDecoder().decode(bytes).split('\r\n');
  expect(head).toMatch(/^when,lesson,mode,exercise,uid,.*,verdict,help,answer$/);
  expect(row).toMatch(new RegExp(`,try,.*,${exercise.uid},blanks,.*,1,1,wrong,0,`));
});

test('nothing of a Test is told by a file before its end', async () => {
  const visitor = await someone();
  await visitor.post(`${testPath}?/start`, {});
  const asked = await seeQuestion(visitor);
  await visitor.post(`${testPath}?/answer`, {
    ...fieldsOf(asked),
    ...anyAnswer(asked.test.exercise),
  });
  await seeQuestion(visitor);

  const { sittings } = JSON.parse(await bodyOf(visitor, '/me/export.json')) as {
    sittings: { items: Record<string, unknown>[] }[];
  };
  expect(sittings).toHaveLength(1);
  expect(Object.keys(sittings[0]!).sort()).toEqual([
    ...['endedAt', 'id', 'items', 'lessonId', 'startedAt'],
  ]);
  const [first, second] = sittings[0]!.items;
  expect(first).toMatchObject({
    exerciseUid: asked.test.exercise.uid,
    answered: { verdict: null },
  });
  expect(Object.keys(first!['answered'] as object).sort()).toEqual(['answer', 'at', 'verdict']);
  expect(second).toMatchObject({ answered: null });
  for (const item of [first, second]) {
    expect(item).not.toHaveProperty('model');
    expect(item).not.toHaveProperty('difficulty');
  }
  const rows = (await bodyOf(visitor, '/me/export.csv')).split('\r\n');
  const row = rows.find((each) => each.includes(asked.test.exercise.uid));
  expect(row).toContain(',not told yet,');
  expect(row).not.toMatch(/,(right|wrong),/);
});

test('nobody sees or takes what is another learner’s', async () => {
  const [one, other] = [await someone(), new Visitor(served.site.url)];
  await one.post(`${lessonPath}?/kudos`, { give: 'yes', from: lessonPath });
  await other.get('/');
  const seen = [await bodyOf(other, '/me'), await bodyOf(other, '/me/export.json')];
  for (const text of [...seen, await bodyOf(other, '/me/export.csv')]) {
    expect(text).not.toContain(exercise.uid);
  }
  expect(seen[0]).toContain('Where to begin');
  expect(await textOf(one, '/me')).toContain('You practised on 1 of the last 28 days.');
});

test('all is deleted when its learner is sure, and nothing of anybody else', async () => {
  const [visitor, other] = [await someone(), await someone()];
  const report = await visitor.post(`${tryPath}?/report`, {
    ...{ exercise: exercise.uid, round: '1', key: randomUUID(), kind: 'typo', text: 'By me.' },
  });
  expect(report.status).toBe(303);
  const { cookie } = visitor;
  const unsure = await visitor.post('/me?/delete', {});
  expect(unsure.status).toBe(422);
  expect(await unsure.text()).toContain('Nothing was deleted.');
  expect(isKept(cookie)).toBe(true);

  const sure = await visitor.post('/me?/delete', { sure: 'yes' });
  expect([sure.status, sure.headers.get('location')]).toEqual([303, '/me/deleted']);
  expect(sure.headers.get('clear-site-data')).toBe('"storage"');
  expect(visitor.cookie).not.toBe(cookie);
  expect(await textOf(visitor, '/me/deleted')).toContain('It is deleted');
  expect(isKept(cookie)).toBe(false);
  expect(await textOf(visitor, '/me')).toContain('Where to begin');
  expect(isKept(visitor.cookie)).toBe(false);
  expect(isKept(other.cookie)).toBe(true);
});

test('an account goes with its learner: its browsers are signed out, and nobody signs in to it any more', async () => {
  const browser = new Browser(served.site.url);
  const known = { email: 'leaving@assay.example', password: 'three quiet herons', to: '/me' };
  await browser.get('/');
  expect((await browser.post('/sign-up', known)).status).toBe(303);
  expect(await browser.text('/me')).toContain(known.email);
  expect((await browser.post('/me?/delete', { sure: 'yes' })).status).toBe(303);
  const page = await browser.text('/me');
  expect(page).toContain('Sign in');
  expect(page).not.toContain(known.email);
  expect((await browser.post('/sign-in', known)).status).not.toBe(303);
});

test('no other site can have it deleted', async () => {
  const { cookie } = await someone();
  const foreign = new Visitor(served.site.url, { cookie, origin: 'https://elsewhere.example' });
  expect((await foreign.post('/me?/delete', { sure: 'yes' })).status).toBe(403);
  expect(isKept(cookie)).toBe(true);
});

test('kudos are for who did something of the lesson, one of each, given and taken back', async () => {
  const kudos = (visitor: Visitor, give: string, from = lessonPath) =>
    visitor.post(`${lessonPath}?/kudos`, { give, from });
  const newcomer = new Visitor(served.site.url);
  await newcomer.get(lessonPath);
  expect(await textOf(newcomer, lessonPath)).not.toContain('Give kudos');
  expect((await kudos(newcomer, 'yes')).status).toBe(403);
  expect(isKept(newcomer.cookie)).toBe(false);

  const counted = async () => {
    const page = await textOf(newcomer, `${lessonPath}/try`);
    return Number(/ · (\d+) kudos/.exec(page)?.[1] ?? 0);
  };
  const before = await counted();
  const visitor = await someone();
  expect(await textOf(visitor, lessonPath)).toContain('Give kudos');
  for (const press of ['first', 'second']) {
    const { status, headers } = await kudos(visitor, 'yes', `${lessonPath}/why`);
    expect([press, status, headers.get('location')]).toEqual([
      ...[press, 303, `${lessonPath}/why#kudos`],
    ]);
  }
  expect(await counted()).toBe(before + 1);
  expect(await textOf(visitor, lessonPath)).toContain('Take back your kudos');
  await kudos(visitor, 'no');
  expect(await counted()).toBe(before);

  // It leads to no other site, and to no other page.
  for (const from of ['https://elsewhere.example/', '//elsewhere.example', '/me', '']) {
    const { headers } = await kudos(visitor, 'no', from);
    expect(headers.get('location')).toBe(`${lessonPath}#kudos`);
  }
  expect((await kudos(visitor, 'maybe')).status).toBe(400);
});
