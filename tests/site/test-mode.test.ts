/** The Test of our first lesson: nothing of how it goes is told before its end, and it cannot be farmed. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import type { TestQuestion } from '#lib/domain/test-view.ts';
import {
  makeDataDir,
  prepareSite,
  removeDataDir,
  root,
  runAssay,
  startSite,
  Visitor,
  type Site,
} from './built-site.ts';
import { loadOurLesson } from './our-exercises.ts';
import { bare, expectNoSecret, secretsOf } from './secrets.ts';
import {
  anyAnswer,
  fieldsOf,
  lessonPath,
  rightAnswer,
  seeQuestion,
  seeTest,
  testPath,
  type Fields,
  type SeenTest,
} from './test-page.ts';

let content: string;
let dataDir: string;
let site: Site;
let lesson: Lesson;
let pool: Exercise[];

beforeAll(async () => {
  lesson = await loadOurLesson();
  pool = lesson.exercises.filter(({ pool: own }) => own === 'test');
  content = await exercisesOnly();
  dataDir = await makeDataDir();
  await prepareSite(dataDir, { ASSAY_CONTENT: content });
  await start();
});
afterAll(async () => {
  await site?.stop();
  await removeDataDir(dataDir);
  await rm(content, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  site = await startSite(dataDir, { ASSAY_CONTENT: content, ...env });
}

/** Our first lesson without what is read, watched, built or measured: a test asks none of it. */
async function exercisesOnly(): Promise<string> {
  const folder = relative(join(root, 'content'), lesson.folder);
  const parts = ['exercises', 'fixture', 'lesson.yaml', 'proof.lock.json'];
  const copied = await mkdtemp(join(tmpdir(), 'assay-content-'));
  const isKept = (path: string) => {
    const part = path.split(`${folder}/`)[1]?.split('/')[0];
    return part === undefined || parts.includes(part);
  };
  await cp(join(root, 'content'), copied, { recursive: true, filter: isKept });
  const file = join(copied, folder, 'lesson.yaml');
  const minutes = 'minutes:\n  try: 10\n  challenge: 10\n  test: 10\n';
  const own = await readFile(file, 'utf8');
  await writeFile(file, own.replace(/^minutes:\n(?: {2}.*\n)+/m, minutes));
  return copied;
}

async function restart(change: (database: DatabaseSync) => void = () => {}): Promise<void> {
  await site.stop();
  const database = new DatabaseSync(join(dataDir, 'assay.sqlite3'));
  change(database);
  database.close();
  await start();
}

/** The same browser, after a restart that gave the site another port. */
const again = ({ cookie }: Visitor) => new Visitor(site.url, { cookie });

const exerciseOf = ({ exercise: { uid } }: TestQuestion): Exercise => {
  const found = pool.find((each) => each.uid === uid);
  if (!found) throw new Error(`${uid} is not of the pool`);
  return found;
};

async function begin(): Promise<Visitor> {
  const visitor = new Visitor(site.url);
  await visitor.get(testPath);
  expect((await visitor.post(`${testPath}?/start`, {})).status).toBe(303);
  return visitor;
}

async function send(visitor: Visitor, fields: Fields, action = 'answer'): Promise<Response> {
  return visitor.post(`${testPath}?/${action}`, fields);
}

/** Answers what is asked, until the sitting is over. */
async function answerAll(visitor: Visitor, onSeen: (seen: SeenTest) => void = () => {}) {
  const asked: TestQuestion[] = [];
  for (;;) {
    const seen = await seeTest(visitor);
    const { test } = seen;
    if (test.state !== 'question') return { asked, over: seen };
    onSeen(seen);
    asked.push(test);
    const fields = fieldsOf({ ...seen, test });
    // Some right, some by chance, some passed.
    const right = test.number % 2 === 0 ? rightAnswer(exerciseOf(test)) : null;
    const isPassed = test.number % 5 === 0;
    const answer = isPassed ? {} : (right ?? anyAnswer(test.exercise));
    const response = await send(visitor, { ...fields, ...answer }, isPassed ? 'pass' : 'answer');
    expect(response.status, `question ${test.number}, ${test.exercise.kind}`).toBe(303);
    expect(await response.text()).toBe('');
  }
}

/** What the site keeps of a visitor's sittings, newest first. */
async function keptOf({ cookie }: Visitor) {
  const args = ['learner', 'export', cookie.replace('assay_learner=', '')];
  const { stdout } = await runAssay(args, dataDir, { ASSAY_CONTENT: content });
  return (
    JSON.parse(stdout) as {
      sittings: {
        endedAt: string | null;
        items: { exerciseUid: string; answered: { verdict: string; answer: string[] } | null }[];
      }[];
    }
  ).sittings;
}

/** The names of all that a value has, and that its parts have. */
function namesIn(value: unknown): Set<string> {
  if (value === null || typeof value !== 'object') return new Set();
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return new Set([...own, ...Object.values(value).flatMap((part) => [...namesIn(part)])]);
}

/** What no response may hold while a sitting is open. */
async function secretsOfPool(): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(lesson.folder, 'proof.lock.json'), 'utf8')) as {
    exercises: { evidence: { id: string }[] }[];
  };
  const ids = lock.exercises.flatMap(({ evidence }) => evidence.map(({ id }) => bare(id)));
  return [...pool.flatMap((each) => secretsOf(each, lesson.exercises)), ...ids, ...proseOfPool()];
}

/** What may be chosen from: it stands in the question, right and wrong. */
function offeredBy(exercise: Exercise): string[] {
  if (exercise.kind === 'choice') {
    return exercise.options.flatMap(({ text, code }) => [text, code ?? '']);
  }
  if (exercise.kind === 'blanks') return exercise.bank;
  if (exercise.kind !== 'order') return [];
  return [...exercise.lines, ...exercise.distractors].map(({ text }) => text);
}

/** Page data has the code in a sentence apart: what stands around it is looked for as well. */
function proseOfPool(): string[] {
  const shown = bare(
    pool.flatMap((each) => [each.prompt, each.program, each.drive, ...offeredBy(each)]).join('\n'),
  );
  return pool
    .flatMap(({ solution, hints }) => [...solution, ...hints])
    .flatMap((text) => text.split('`').map(bare))
    .filter((text) => text.length >= 16 && !shown.includes(text));
}

test('a sitting asks ten exercises of the pool, and tells nothing of how it goes before its end', async () => {
  const secrets = await secretsOfPool();
  expect(secrets.length).toBeGreaterThan(100);
  const visitor = await begin();
  const { asked, over } = await answerAll(visitor, ({ test, text }) => {
    expectNoSecret(text, secrets, 'a question');
    if (test.state !== 'question') return;
    expect(test.exercise).toMatchObject({
      canLook: false,
      round: { attempts: [], hints: [], hintsLeft: 0, ending: null, solution: null },
    });
    const told = ['verdict', 'evidence', 'says', 'rightBlanks', 'attempt', 'estimate', 'result'];
    expect([...namesIn(test)].filter((name) => told.includes(name))).toEqual([]);
  });
  expect(asked.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(new Set(asked.map(({ exercise }) => exercise.uid)).size).toBe(10);
  const objectives = new Set(asked.map(({ exercise }) => exercise.objective));
  expect([...objectives].toSorted()).toEqual(lesson.objectives.map(({ id }) => id).toSorted());
  for (const difficulty of ['easy', 'medium', 'hard']) {
    const count = asked.filter(({ exercise }) => exercise.difficulty === difficulty).length;
    expect(count, difficulty).toBeGreaterThanOrEqual(1);
  }

  // The search for secrets would have found one: now that it is over they are there.
  expect(over.test).toMatchObject({ state: 'over', isAgainOpen: false, earlier: [] });
  if (over.test.state !== 'over') return;
  const { items, verdict, estimate, next } = over.test.result;
  expect(items.map(({ exercise }) => exercise?.uid)).toEqual(
    asked.map(({ exercise }) => exercise.uid),
  );
  expect(items.filter((item) => item.verdict === 'passed')).toHaveLength(2);
  expect(items.every(({ solution }) => solution !== null)).toBe(true);
  const told = bare(over.text);
  const found = proseOfPool().filter((text) => told.includes(text));
  expect(found.length).toBeGreaterThan(10);
  expect(['strong', 'shaky', 'weak', 'not-enough-evidence']).toContain(verdict);
  expect(estimate.low).toBeLessThan(estimate.middle);
  expect(estimate.middle).toBeLessThan(estimate.high);
  expect(next.length).toBeGreaterThan(0);
  for (const { href } of next) expect((await visitor.get(href)).status, href).toBe(200);
  const page = (await (await visitor.get(lessonPath)).text()).replaceAll(/<[^>]*>|\s+/g, ' ');
  expect(page).toMatch(/Test .{0,200}done/);
});

test('an answer that a script sends is told as little of', async () => {
  const secrets = await secretsOfPool();
  const visitor = await begin();
  const seen = await seeQuestion(visitor);
  const response = await fetch(`${site.url}${testPath}?/answer`, {
    method: 'POST',
    headers: {
      ...{ cookie: visitor.cookie, origin: site.url, accept: 'application/json' },
      'x-sveltekit-action': 'true',
    },
    body: new URLSearchParams({ ...fieldsOf(seen), ...anyAnswer(seen.test.exercise) }),
  });
  const text = await response.text();
  expectNoSecret(text, secrets, 'what a script is told');
  const told = JSON.parse(text) as { type: string; data: string };
  expect(told.type).toBe('success');
  expect(JSON.parse(told.data)).toEqual([
    { exercise: 1, problem: 2 },
    seen.test.exercise.uid,
    null,
  ]);
});

test('reloading and going back draw nothing new', async () => {
  const visitor = await begin();
  const first = await seeQuestion(visitor);
  for (let time = 0; time < 4; time++) {
    expect((await visitor.post(`${testPath}?/start`, {})).status).toBe(303);
    expect((await seeQuestion(visitor)).test).toEqual(first.test);
  }
  await Promise.all(Array.from({ length: 6 }, () => visitor.get(testPath)));
  const [sitting, ...others] = await keptOf(visitor);
  expect(others).toEqual([]);
  expect(sitting?.items.map(({ exerciseUid }) => exerciseUid)).toEqual([first.test.exercise.uid]);
});

test('two pages that open at once are asked the same, and one answer to it is taken', async () => {
  const visitor = await begin();
  const seen = await Promise.all(Array.from({ length: 4 }, () => seeQuestion(visitor)));
  expect(new Set(seen.map(({ test }) => test.exercise.uid)).size).toBe(1);
  const statuses = await Promise.all(
    seen.map(async (each) => {
      const fields = { ...fieldsOf(each), ...anyAnswer(each.test.exercise) };
      return (await send(visitor, fields)).status;
    }),
  );
  expect(statuses.toSorted()).toEqual([303, 409, 409, 409]);
  const [sitting] = await keptOf(visitor);
  expect(sitting?.items.filter(({ answered }) => answered)).toHaveLength(1);
});

test('a replayed answer is the first one, and changes nothing', async () => {
  const visitor = await begin();
  const seen = await seeQuestion(visitor);
  const fields = fieldsOf(seen);
  expect((await send(visitor, fields, 'pass')).status).toBe(303);
  for (const answer of [{}, anyAnswer(seen.test.exercise)]) {
    expect((await send(visitor, { ...fields, ...answer })).status).toBe(303);
  }
  const [sitting] = await keptOf(visitor);
  expect(sitting?.items).toMatchObject([{ answered: { verdict: 'passed', answer: [] } }]);
});

test('a tampered answer is refused, tells nothing and changes nothing', async () => {
  const secrets = await secretsOfPool();
  const [ada, bob] = [await begin(), await begin()];
  const [mine, others] = [await seeQuestion(ada), await seeQuestion(bob)];
  const good = { ...fieldsOf(mine), ...anyAnswer(mine.test.exercise) };
  const undrawn = pool.find(({ uid }) => uid !== mine.test.exercise.uid)!;
  const inTry = lesson.exercises.find(({ pool: own }) => own === 'try')!;
  const tampered: Record<string, Fields> = {
    'another’s sitting': { ...good, sitting: others.test.sitting },
    'no sitting': { ...good, sitting: crypto.randomUUID() },
    'a number ahead': { ...good, number: '2' },
    'a number far ahead': { ...good, number: '11' },
    'an exercise that was not drawn': { ...good, exercise: undrawn.uid, ...rightAnswer(undrawn) },
    'an exercise of another pool': { ...good, exercise: inTry.uid },
    'an exercise that is not there': { ...good, exercise: 'ex_nothing' },
  };
  for (const [what, fields] of Object.entries(tampered)) {
    for (const action of ['answer', 'pass']) {
      const response = await send(ada, fields, action);
      expect(response.status, `${what}, ${action}`).toBe(409);
      expectNoSecret(await response.text(), secrets, what);
    }
  }
  for (const field of ['sitting', 'number', 'exercise', 'key']) {
    const { [field]: _, ...rest } = good;
    for (const bad of [rest, { ...rest, [field]: '../' }]) {
      expect((await send(ada, bad)).status, field).toBe(400);
    }
  }
  expect((await seeQuestion(ada)).test).toEqual(mine.test);
  expect((await seeQuestion(bob)).test).toEqual(others.test);

  expect((await send(ada, good)).status).toBe(303);
  const late = await send(ada, { ...good, key: crypto.randomUUID() });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('already answered');
});

test('an answer that cannot be judged is told why, and is not used up', async () => {
  const visitor = await begin();
  const seen = await seeQuestion(visitor);
  const response = await send(visitor, fieldsOf(seen));
  expect(response.status).toBe(422);
  const nonsense = { option: 'nonsense', 'blank-1': 'nonsense', output: ' ', 'line-1': 'x' };
  expect((await send(visitor, { ...fieldsOf(seen), ...nonsense })).status).toBe(422);
  expect((await seeQuestion(visitor)).test).toEqual(seen.test);
});

test('no other page takes what a test asks', async () => {
  const visitor = await begin();
  const { test } = await seeQuestion(visitor);
  const form = { exercise: test.exercise.uid, round: '1', key: crypto.randomUUID() };
  for (const page of ['try', 'challenge']) {
    for (const action of ['answer', 'look', 'hint', 'show', 'again', 'report']) {
      const fields = { ...form, ...anyAnswer(test.exercise), kind: 'typo', text: 'x' };
      const response = await visitor.post(`${lessonPath}/${page}?/${action}`, fields);
      expect(response.status, `${page} ${action}`).toBe(404);
    }
  }
});

test('after a restart of the site it goes on where it was', async () => {
  const visitor = await begin();
  await send(visitor, fieldsOf(await seeQuestion(visitor)), 'pass');
  const before = await seeQuestion(visitor);
  await restart();
  const back = again(visitor);
  const after = await seeQuestion(back);
  expect(after.test).toEqual(before.test);
  const { asked } = await answerAll(back);
  expect(asked.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('what cannot be asked any more is taken back before it is answered, and another is asked', async () => {
  const visitor = await begin();
  const { test } = await seeQuestion(visitor);
  await restart((database) =>
    database
      .prepare("update sitting_items set content_version = 'of before' where sitting_id = ?")
      .run(test.sitting),
  );
  const after = await seeQuestion(again(visitor));
  expect(after.test).toMatchObject({ sitting: test.sitting, number: 1 });
  const { asked } = await answerAll(again(visitor));
  expect(asked).toHaveLength(10);
});

test('it can be taken again after a pause, with other exercises', async () => {
  const visitor = await begin();
  const first = await answerAll(visitor);
  const refused = await visitor.post(`${testPath}?/start`, {});
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain('after a day');
  expect(await keptOf(visitor)).toHaveLength(1);

  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString();
  await restart((database) =>
    database.prepare('update sittings set ended_at = ? where ended_at is not null').run(yesterday),
  );
  const back = again(visitor);
  const { test } = await seeTest(back);
  expect(test).toMatchObject({ state: 'over', isAgainOpen: true });
  expect((await back.post(`${testPath}?/start`, {})).status).toBe(303);
  const second = await answerAll(back);
  expect(second.asked).toHaveLength(10);
  const seen = new Set(first.asked.map(({ exercise }) => exercise.uid));
  expect(second.asked.filter(({ exercise }) => seen.has(exercise.uid))).toEqual([]);
  expect(second.over.test).toMatchObject({ earlier: [{ endedAt: yesterday }] });
});

test('where nothing can be run, a sitting asks what can be looked up, and it is judged', async () => {
  await site.stop();
  await start({ ASSAY_EXECUTION: 'off' });
  const { asked, over } = await answerAll(await begin());
  expect(asked).toHaveLength(10);
  const kinds = asked.map(({ exercise }) => exercise.kind);
  expect(kinds.filter((kind) => !['blanks', 'choice', 'predict'].includes(kind))).toEqual([]);
  expect(over.test).toMatchObject({ state: 'over' });
  await restart();
});

test('of a lesson without enough exercises for it there is no test', async () => {
  const visitor = new Visitor(site.url);
  const path = '/learn/no/such/lesson/test';
  expect((await visitor.get(path)).status).toBe(404);
  for (const action of ['start', 'answer', 'pass']) {
    const fields = {
      sitting: crypto.randomUUID(),
      number: '1',
      exercise: 'ex_1',
      key: 'a-long-key',
    };
    const { status } = await visitor.post(`${path}?/${action}`, fields);
    expect([404, 409]).toContain(status);
  }
});
