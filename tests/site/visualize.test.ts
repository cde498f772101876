/** The page of a recorded program as a browser without JavaScript has it, and the recordings that it is made of. */
import { get } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { partSteps, type RecordedStep, type RecordingHead } from '#lib/domain/recording.ts';
import type { QuizQuestion } from '#lib/domain/visualize.ts';
import { runAssay, startSite, tryPath, Visitor } from './built-site.ts';
import { loadOurLesson } from './our-exercises.ts';
import { newLearner, RunCaller } from './run-caller.ts';
import { bare, expectNoSecret } from './secrets.ts';
import { servedSite } from './served-site.ts';
import { removeContent, visualizeContent } from './visualize-content.ts';

const content = await visualizeContent();
const served = servedSite({ ASSAY_CONTENT: content });
afterAll(() => removeContent(content));
const lesson = tryPath.replace(/\/try$/, '');
const page = `${lesson}/visualize`;

const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const textOf = async (visitor: Visitor, path: string) =>
  plain(await (await visitor.get(path)).text());

async function ourQuiz(): Promise<QuizQuestion[]> {
  return (await loadOurLesson()).visualize!.quiz;
}

/** Id of the recording that the page shows. */
async function recordingId(visitor: Visitor): Promise<string> {
  const data = await (await visitor.get(`${page}/__data.json`)).text();
  const [id] = /[0-9a-f]{32}/.exec(data) ?? [];
  return id!;
}

/** A file as the site sends it: Node's own client takes nothing compressed unless it is told to. */
function bytesOf(path: string, encoding: string) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (resolve, reject) => {
      const headers = { 'accept-encoding': encoding };
      get(`${served.site.url}${path}`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      }).on('error', reject);
    },
  );
}

describe('the page of a recorded program', () => {
  test('shows any step by its address, without a script', async () => {
    const visitor = new Visitor(served.site.url);
    const first = await textOf(visitor, page);
    expect(first).toContain('The loop is given back');
    expect(first).toContain('recorded 3 times');
    const answered = await textOf(visitor, `${page}?step=17`);
    expect(answered).not.toBe(first);
    for (const odd of ['0', '999999', '-1', 'x', '1e3', '']) {
      expect((await visitor.get(`${page}?step=${odd}`)).status).toBe(200);
    }
  });

  test('holds no key, in words or in data, before the right answer', async () => {
    const visitor = new Visitor(served.site.url);
    const secrets = (await ourQuiz())
      .flatMap(({ why, wrong }) => [why, ...wrong.map((each) => each.why)])
      .map(bare);
    for (const path of [page, `${page}/__data.json`, `${page}?step=17`]) {
      expectNoSecret(await (await visitor.get(path)).text(), secrets, path);
    }
    const [question] = await ourQuiz();
    const data = await (await visitor.get(`${page}/__data.json`)).text();
    // Each option stands there once, the key like any other.
    for (const { id } of [question!.key, ...question!.wrong]) {
      expect(data.split(`"${id}"`)).toHaveLength(2);
    }
  });

  test('takes answers, tells why, and is done when all three were right', async () => {
    const visitor = new Visitor(served.site.url);
    await visitor.get('/');
    const quiz = await ourQuiz();
    const answer = async (question: string, option: string) => {
      const response = await visitor.post(`${page}?/quiz`, { question, option });
      expect(response.status).toBe(200);
      return bare(await response.text());
    };
    const [first] = quiz;
    const wrong = first!.wrong[0]!;
    const told = await answer(first!.id, wrong.id);
    expect(told).toContain(bare(wrong.why));
    expect(told).not.toContain(bare(first!.why));
    expect(await textOf(visitor, page)).toContain('0 of 3 right');

    for (const [index, { id, key, why }] of quiz.entries()) {
      expect(await textOf(visitor, page)).toContain(`${index} of 3 right`);
      expect(await textOf(visitor, lesson)).not.toMatch(/Visualize .{0,160}done/);
      expect(await answer(id, key.id)).toContain(bare(why));
    }
    expect(await textOf(visitor, page)).toContain('3 of 3 right');
    expect(await textOf(visitor, lesson)).toMatch(/Visualize .{0,160}done/);
    const { stdout } = await runAssay(
      ['learner', 'export', visitor.cookie.replace('assay_learner=', '')],
      served.dataDir,
    );
    expect((JSON.parse(stdout) as { quiz: object[] }).quiz).toHaveLength(3);
  });

  test('takes no form that is not its own', async () => {
    const visitor = new Visitor(served.site.url);
    const [{ id, key }, other] = (await ourQuiz()) as [QuizQuestion, QuizQuestion];
    const post = async (fields: Record<string, string>) =>
      (await visitor.post(`${page}?/quiz`, fields)).status;
    expect(await post({})).toBe(400);
    expect(await post({ question: id })).toBe(422);
    expect(await post({ question: 'x', option: key.id })).toBe(404);
    expect(await post({ question: id, option: other.key.id })).toBe(404);
    expect(await post({ question: '__proto__', option: 'constructor' })).toBe(404);
  });

  test('is not there in a lesson that has none', async () => {
    const visitor = new Visitor(served.site.url);
    expect((await visitor.get('/learn/a/b/c/visualize')).status).toBe(404);
  });
});

describe('a recording', () => {
  test('is sent as it is kept, to stay in caches; and plain to who takes nothing compressed', async () => {
    const id = await recordingId(new Visitor(served.site.url));
    for (const path of [`/api/recordings/${id}`, `/api/recordings/${id}/0`]) {
      const packed = await bytesOf(path, 'gzip');
      expect(packed.headers).toMatchObject({
        'content-encoding': 'gzip',
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        'content-length': String(packed.body.length),
      });
      const bare = await bytesOf(path, 'identity');
      expect(bare.headers['content-encoding']).toBeUndefined();
      const unpacked = await (await fetch(`${served.site.url}${path}`)).json();
      expect(JSON.parse(bare.body.toString())).toEqual(unpacked);
      expect(packed.body.length).toBeLessThan(bare.body.length);
    }
  });

  test('is what the description says', async () => {
    const caller = new RunCaller(served.site.url);
    const id = await recordingId(new Visitor(served.site.url));
    const json = async (path: string) => (await fetch(`${served.site.url}${path}`)).json();
    const head = (await json(`/api/recordings/${id}`)) as RecordingHead;
    (await caller.schema('RecordingHead')).parse(head);
    const steps = (await json(`/api/recordings/${id}/0`)) as RecordedStep[];
    (await caller.schema('RecordedSteps')).parse(steps);
    expect(head).toMatchObject({ id, cut: null });
    expect(steps).toHaveLength(Math.min(head.steps, partSteps));
  });

  test.each([
    `/api/recordings/${'0'.repeat(32)}`,
    '/api/recordings/..%2F..%2Fproofs',
    `/api/recordings/${'A'.repeat(32)}`,
  ])('that is not there is a problem in JSON: %s', async (path) => {
    const response = await fetch(`${served.site.url}${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('json');
    expect(response.headers.get('cache-control')).not.toContain('immutable');
  });

  test.each(['1', '-1', '0x0', '9999999', '..%2Fhead'])('has no part %s', async (part) => {
    const id = await recordingId(new Visitor(served.site.url));
    const response = await fetch(`${served.site.url}/api/recordings/${id}/${part}`);
    expect(response.status).toBe(404);
  });
});

describe('a run that is recorded', () => {
  const of = { lesson: lesson.replace('/learn/', ''), mode: 'visualize' };

  test('names its recording, and holds nothing of it', async () => {
    const { program } = (await loadOurLesson()).visualize!;
    const caller = new RunCaller(served.site.url);
    const changed = program.replace('total(3)', 'total(4)');
    const { body, text } = await caller.run({ of, program: changed, record: true });
    expect(body).toMatchObject({
      outcome: 'finished',
      recording: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(text).not.toContain('"steps"');
    const path = `/api/recordings/${body['recording'] as string}`;
    const response = await fetch(`${served.site.url}${path}`);
    expect(response.headers.get('cache-control')).toMatch(/^private/);
    const head = (await response.json()) as RecordingHead;
    expect(head.frames.map((frame) => frame.function)).toContain('sleeps');
    const steps = (await (await fetch(`${served.site.url}${path}/0`)).json()) as RecordedStep[];
    expect(
      steps.some(({ changed: names }) =>
        names?.some(([name, value]) => name === 'i' && value === '3'),
      ),
    ).toBe(true);
  });

  test('is another run than one that is not', async () => {
    const caller = new RunCaller(served.site.url, newLearner());
    const request = { id: crypto.randomUUID(), program: 'print(1)' };
    expect((await caller.run(request)).body).not.toHaveProperty('recording');
    expect((await caller.run({ ...request, record: true })).status).toBe(409);
    const own = await caller.run({ program: 'print(1)', record: true });
    expect(own.body['recording']).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    [{ program: '', record: 5000 }, '/record'],
    [{ program: '', of: { ...of, mode: 'learn' } }, '/of'],
    [{ program: '', of: { ...of, lesson: 'a/b/c' } }, '/of/lesson'],
  ])('is asked for as it is described: %j', async (request, path) => {
    const { status, body } = await new RunCaller(served.site.url).run(request);
    expect(status).toBe(400);
    expect(body['problems']).toMatchObject([{ path }]);
  });
});

test('where nothing can be run any more, what was recorded before is shown; elsewhere the mode is not offered', async () => {
  const off = { ASSAY_EXECUTION: 'off', ASSAY_CONTENT: content };
  const statusOn = async (dataDir: string, env: Record<string, string>) => {
    const site = await startSite(dataDir, env);
    try {
      const visitor = new Visitor(site.url);
      const { status } = await visitor.get(page);
      return { status, lesson: await textOf(visitor, lesson), text: await textOf(visitor, page) };
    } finally {
      await site.stop();
    }
  };
  // What can be seen without a jail rests on the lock.
  await served.site.stop();
  const here = await statusOn(served.dataDir, off);
  expect(here.status).toBe(200);
  expect(here.lesson).toContain('Visualize');
  const elsewhere = await statusOn(`${served.dataDir}/elsewhere`, off);
  expect(elsewhere.status).toBe(404);
  expect(elsewhere.lesson).not.toContain('Visualize');
  expect(elsewhere.text).toContain('has not been recorded on this site');
  served.site = await startSite(served.dataDir, { ASSAY_CONTENT: content });
});
