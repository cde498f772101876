/** Review on the built site: what is due is drawn once and asked, nothing is told before the answer, none can be farmed. */
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '#lib/domain/day.ts';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
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
import { letDaysPass } from './move-clock.ts';
import { loadOurLesson } from './our-exercises.ts';
import { expectNoSecret, secretsOf } from './secrets.ts';
import { lessonPath, rightAnswer, type Fields } from './test-page.ts';

let content: string;
let dataDir: string;
let site: Site;
let lesson: Lesson;
/** Of the pool `review`: shown nowhere but where it is drawn. */
let hidden: Exercise;

beforeAll(async () => {
  content = await contentWithReview();
  const { lessons } = await loadCatalogue([content]);
  lesson = lessons[0]!;
  hidden = lesson.exercises.find(({ pool }) => pool === 'review')!;
  dataDir = await makeDataDir();
  await prepareSite(dataDir, { ASSAY_CONTENT: content });
  site = await startSite(dataDir, { ASSAY_CONTENT: content });
});
afterAll(async () => {
  await site?.stop();
  await removeDataDir(dataDir);
  await rm(content, { recursive: true, force: true });
});

/** What it is that a learner begins with, so that one card is there. */
const begun = 'ex_7f3k2m';

/** Our first lesson with its exercises alone; one more of those on the objective of the first is for review. */
async function contentWithReview(): Promise<string> {
  const own = await loadOurLesson();
  const folder = relative(join(root, 'content'), own.folder);
  const parts = ['exercises', 'fixture', 'lesson.yaml', 'proof.lock.json'];
  const copied = await mkdtemp(join(tmpdir(), 'assay-content-'));
  const isKept = (path: string) => {
    const part = path.split(`${folder}/`)[1]?.split('/')[0];
    return part === undefined || parts.includes(part);
  };
  await cp(join(root, 'content'), copied, { recursive: true, filter: isKept });
  const file = join(copied, folder, 'lesson.yaml');
  const minutes = 'minutes:\n  try: 10\n  challenge: 10\n  review: 5\n  test: 10\n';
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^minutes:\n(?: {2}.*\n)+/m, minutes));

  const { objective } = own.exercises.find(({ uid }) => uid === begun)!;
  const files = await readdir(join(copied, folder, 'exercises'));
  const pathOf = ({ id }: Exercise) => {
    return join(
      copied,
      folder,
      'exercises',
      files.find((name) => name.endsWith(`${id}.yaml`))!,
    );
  };
  // What the lesson has for review would be asked as well.
  for (const each of own.exercises) if (each.pool === 'review') await rm(pathOf(each));
  const path = pathOf(
    own.exercises.find((each) => {
      return each.pool === 'try' && each.objective === objective && each.uid !== begun;
    })!,
  );
  const source = await readFile(path, 'utf8');
  await writeFile(path, source.replace(/^pool: try$/m, 'pool: review'));
  return copied;
}

const exerciseOf = (uid: string): Exercise => {
  const found = lesson.exercises.find((each) => each.uid === uid);
  if (!found) throw new Error(`the lesson has no ${uid}`);
  return found;
};

function answerOf(uid: string, round: number): Fields {
  const answer = rightAnswer(exerciseOf(uid));
  if (!answer) throw new Error(`the key of ${uid} is not written down`);
  return { exercise: uid, round: String(round), key: crypto.randomUUID(), ...answer };
}

/** Somebody who has answered one exercise in Try. */
async function begin(): Promise<Visitor> {
  const visitor = new Visitor(site.url);
  await visitor.get(tryPath);
  expect((await visitor.post(`${tryPath}?/answer`, answerOf(begun, 1))).status).toBe(303);
  return visitor;
}

/** The same, some days later. */
async function beginEarlier(days = 20): Promise<Visitor> {
  const visitor = await begin();
  letDaysPass(dataDir, visitor.cookie, days);
  return visitor;
}

/** Where the review leads now. */
async function led(visitor: Visitor, path = '/review'): Promise<string | null> {
  const response = await visitor.get(path);
  await response.text();
  return response.status === 303 ? response.headers.get('location') : null;
}

async function textOf(visitor: Visitor, path: string): Promise<string> {
  const response = await visitor.get(path);
  expect(response.status, path).toBe(200);
  return (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

interface Kept {
  draws: { day: number; card: string; exerciseUid: string; round: number }[];
}

async function keptOf({ cookie }: Visitor): Promise<Kept | null> {
  const token = /assay_learner=([^;]+)/.exec(cookie)?.[1] ?? '';
  const env = { ASSAY_CONTENT: content };
  const { stdout, code } = await runAssay(['learner', 'export', token], dataDir, env);
  return code === 0 ? (JSON.parse(stdout) as Kept) : null;
}

const uidIn = (address: string | null) => address?.split('/').at(-1) ?? '';

test('who did nothing yet is told how review comes to be, and nothing is kept of them', async () => {
  const visitor = new Visitor(site.url);
  expect(await textOf(visitor, '/review')).toContain('Nothing to review yet');
  // Now with a cookie.
  const again = await textOf(visitor, '/review');
  expect(again).toContain('Nothing to review yet');
  expect(again).toContain('How review works');
  expect(await (await visitor.get('/')).text()).not.toContain('href="/review"');
  expect(await keptOf(visitor)).toBeNull();
});

test('what was learned today is not due today, and it is said when it is', async () => {
  const visitor = await begin();
  const text = await textOf(visitor, '/review');
  expect(text).toContain('Nothing is due today');
  expect(text).toMatch(/The next question comes (tomorrow|in \d+ days, on \d+ \w+ 2\d{3})\./);
  expect(await textOf(visitor, lessonPath)).not.toMatch(/\d due/);
  expect((await keptOf(visitor))?.draws).toEqual([]);
});

test('days later it is asked with an exercise that was not seen, and nothing of its key is told', async () => {
  const visitor = await beginEarlier();
  expect(await textOf(visitor, '/')).toContain(', 1 due');
  const address = await led(visitor);
  // Of those never seen, the review's own comes first.
  expect(address).toBe(`/review/${hidden.uid}`);
  const page = await (await visitor.get(address!)).text();
  const data = await (await visitor.get(`${address}/__data.json`)).text();
  const secrets = secretsOf(hidden, lesson.exercises);
  expect(secrets.length).toBeGreaterThan(2);
  expectNoSecret(`${page}${data}`, secrets, 'a question of review');
  const text = await textOf(visitor, address!);
  expect(text).toContain('1 of 1 today');
  expect(text).toContain('3 of 3 attempts left');

  expect((await visitor.post(`${address}?/answer`, answerOf(hidden.uid, 1))).status).toBe(303);
  const over = await textOf(visitor, address!);
  expect(over).toContain('Right');
  expect(over).toContain('See what it did');
  expect(over).toContain('That is all for today');
  expect(over).not.toContain(', 1 due');
  const rest = await textOf(visitor, '/review');
  expect(rest).toContain('That is all for today');
  expect(rest).toContain(hidden.title);
  expect(rest).toMatch(/The next question comes in \d+ days/);
});

test('reloading, another device and a restart ask the same', async () => {
  const visitor = await beginEarlier();
  const device = () => new Visitor(site.url, { cookie: visitor.cookie });
  const addresses = await Promise.all(Array.from({ length: 6 }, () => led(device())));
  expect(new Set(addresses).size).toBe(1);
  expect(await led(visitor, `${lessonPath}/review`)).toBe(
    `${lessonPath}/review/${uidIn(addresses[0]!)}`,
  );
  await site.stop();
  site = await startSite(dataDir, { ASSAY_CONTENT: content });
  expect(await led(device())).toBe(addresses[0]);
  expect((await keptOf(visitor))?.draws).toHaveLength(1);
});

test('an answer that is sent twice, from two devices at once, counts once', async () => {
  const visitor = await beginEarlier();
  const address = await led(visitor);
  const fields = answerOf(hidden.uid, 1);
  const sent = Array.from({ length: 5 }, () => visitor.post(`${address}?/answer`, fields));
  for (const { status } of await Promise.all(sent)) expect(status).toBe(303);
  expect(await textOf(visitor, '/review')).toContain('That is all for today');
  const late = { ...answerOf(hidden.uid, 1) };
  expect((await visitor.post(`${address}?/answer`, late)).status).toBe(409);
});

test('what was not drawn is reached by no form, and the page of it leads to what is asked', async () => {
  const visitor = await begin();
  const fields = { ...answerOf(hidden.uid, 1), kind: 'typo', text: 'x', 'hints-shown': '0' };
  const secrets = secretsOf(hidden, lesson.exercises);
  for (const page of [`/review/${hidden.uid}`, `${lessonPath}/review/${hidden.uid}`, tryPath]) {
    for (const action of ['answer', 'look', 'hint', 'show', 'again', 'report']) {
      const response = await visitor.post(`${page}?/${action}`, fields);
      expect(response.status, `${page} ${action}`).toBe(404);
      expectNoSecret(await response.text(), secrets, page);
    }
  }
  expect(await led(visitor, `/review/${hidden.uid}`)).toBe('/review');
  expect(await led(visitor, `${lessonPath}/review/${hidden.uid}`)).toBe(`${lessonPath}/review`);
  // Whoever it is drawn for may send it; somebody else may not.
  const drawn = await beginEarlier();
  expect(await led(drawn)).toBe(`/review/${hidden.uid}`);
  expect((await visitor.post(`/review/${hidden.uid}?/answer`, fields)).status).toBe(404);
  expect((await drawn.post(`/review/${hidden.uid}?/hint`, fields)).status).toBe(303);
});

test('a page that is only fetched beforehand draws nothing', async () => {
  const visitor = await beginEarlier();
  const headers = { cookie: visitor.cookie, 'sec-purpose': 'prefetch' };
  const { status } = await fetch(`${site.url}/review`, { headers, redirect: 'manual' });
  expect(status).toBe(503);
  expect((await keptOf(visitor))?.draws).toEqual([]);
});

test('what cannot be asked any more gives way to another; what was answered stands', async () => {
  const visitor = await beginEarlier();
  expect(await led(visitor)).toBe(`/review/${hidden.uid}`);
  const database = new DatabaseSync(join(dataDir, 'assay.sqlite3'), { timeout: 10_000 });
  database.exec("update review_draws set content_version = 'of before', exercise_uid = 'ex_gone'");
  database.close();
  const address = await led(visitor);
  expect(address).toBe(`/review/${hidden.uid}`);
  expect((await keptOf(visitor))?.draws).toMatchObject([{ exerciseUid: hidden.uid, round: 1 }]);
});

test('not found and not answered, it comes back the next day', async () => {
  const visitor = await beginEarlier();
  const address = await led(visitor);
  const given = { exercise: hidden.uid, round: '1', 'hints-shown': '0' };
  expect((await visitor.post(`${address}?/show`, given)).status).toBe(303);
  expect(await textOf(visitor, '/review')).toContain('Not found this time');
  letDaysPass(dataDir, visitor.cookie, 3);
  const next = await led(visitor);
  expect(next).toMatch(/^\/review\/ex_/);
  expect(next).not.toBe(address);
  expect(await textOf(visitor, next!)).toContain('1 of 1 today');
});

test('a day is one where the learner is, and over midnight an answer is still taken', async () => {
  const visitor = await beginEarlier();
  const learner = visitor.cookie;
  // More than a day apart, so it is never the same day in both; UTC is at most a day from either.
  const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
  const days: number[] = [];
  for (const zone of zones) {
    visitor.cookie = `${learner}; assay_zone=${encodeURIComponent(zone)}`;
    expect(await led(visitor)).toBe(`/review/${hidden.uid}`);
    days.push(dayOf(new Date(), zone));
  }
  const { draws } = (await keptOf(visitor))!;
  expect(draws.map(({ day }) => day).toSorted()).toEqual(days.toSorted());
  visitor.cookie = `${learner}; assay_zone=Mars%2FOlympus`;
  const address = `/review/${hidden.uid}`;
  expect((await visitor.post(`${address}?/answer`, answerOf(hidden.uid, 1))).status).toBe(303);
  expect(await textOf(visitor, address)).toContain('Right');
});

test('a lesson has a review of its own, and of a lesson that is not there none', async () => {
  const visitor = await beginEarlier();
  const address = await led(visitor, `${lessonPath}/review`);
  const text = await textOf(visitor, address!);
  expect(text).toContain(lesson.title);
  expect(text).toContain('1 of 1 today');
  expect((await visitor.get('/learn/no/such/lesson/review')).status).toBe(404);
  expect((await visitor.post(`${address}?/answer`, answerOf(hidden.uid, 1))).status).toBe(303);
  expect(await textOf(visitor, `${lessonPath}/review`)).toContain('That is all for today');
});
