import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runAssay, tryPath, Visitor } from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();
let exercise: Awaited<ReturnType<typeof findBlanksExercise>>;
beforeAll(async () => {
  exercise = await findBlanksExercise();
});

interface Listed {
  text: string;
  kind: string;
  standing: string;
  attempts: unknown[];
}

/** Read as the operator reads them, while the site runs. */
async function listed(): Promise<Listed[]> {
  const { stdout } = await runAssay(['reports', '--json'], served.dataDir);
  return (JSON.parse(stdout) as { reports: Listed[] }).reports;
}

const report = (visitor: Visitor, fields: Record<string, string>) =>
  visitor.post(`${tryPath}?/report`, {
    exercise: exercise.uid,
    round: '1',
    key: randomUUID(),
    kind: 'unclear',
    text: 'What is meant by this?',
    ...fields,
  });

test('a report of a learner without JavaScript is kept, with what they had answered', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  await visitor.post(`${tryPath}?/answer`, {
    exercise: exercise.uid,
    round: '1',
    key: randomUUID(),
    'blank-1': exercise.wrong,
  });
  const text = 'It says "wrong",\r\nbut it is right.';
  const response = await report(visitor, { kind: 'wrong-verdict', text });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(`${tryPath}?reported=${exercise.uid}`);
  expect((await visitor.get(`${tryPath}?reported=${exercise.uid}`)).status).toBe(200);

  expect(await listed()).toContainEqual(
    expect.objectContaining({
      kind: 'wrong-verdict',
      text: 'It says "wrong",\nbut it is right.',
      standing: 'same',
      attempts: [{ answer: [exercise.wrong], verdict: 'wrong' }],
    }),
  );
});

test('a form that is sent twice is one report', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  const fields = { key: randomUUID(), text: 'Sent twice.' };
  const responses = await Promise.all([report(visitor, fields), report(visitor, fields)]);
  expect(responses.map(({ status }) => status)).toEqual([303, 303]);
  expect((await listed()).filter(({ text }) => text === 'Sent twice.')).toHaveLength(1);
});

test('the page is told what became of a report that it sent itself', async () => {
  const send = async (text: string) => {
    const response = await fetch(`${served.site.url}${tryPath}?/report`, {
      method: 'POST',
      headers: {
        origin: served.site.url,
        accept: 'application/json',
        'x-sveltekit-action': 'true',
      },
      body: new URLSearchParams({
        exercise: exercise.uid,
        round: '1',
        key: randomUUID(),
        kind: 'typo',
        text,
      }),
    });
    return (await response.json()) as { type: string; status: number; data: string };
  };
  const kept = await send('An a too many.');
  expect(kept).toMatchObject({ type: 'success', status: 200 });
  expect(kept.data).toContain('reported');
  const refused = await send('');
  expect(refused).toMatchObject({ type: 'failure', status: 422 });
  expect(refused.data).toContain('few words');
});

test.each([
  ['without words', { text: ' ' }, 422],
  ['of no kind', { kind: '' }, 422],
  ['that is too long', { text: 'x'.repeat(2001) }, 422],
  ['without a round', { round: '' }, 400],
  ['without a key', { key: '' }, 400],
  ['of an exercise that is not here', { exercise: 'ex_nothere' }, 404],
])('a report %s is refused, and nothing is kept', async (_, fields, status) => {
  const before = (await listed()).length;
  const response = await report(new Visitor(served.site.url), fields);
  expect(response.status).toBe(status);
  expect(await listed()).toHaveLength(before);
});

test('of one learner, 20 reports a day are kept', async () => {
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  const before = (await listed()).length;
  const responses = await Promise.all(Array.from({ length: 25 }, () => report(visitor, {})));
  const counts = (status: number) => responses.filter((each) => each.status === status).length;
  expect([counts(303), counts(422)]).toEqual([20, 5]);
  expect(await responses.find(({ status }) => status === 422)?.text()).toContain(exercise.title);
  expect(await listed()).toHaveLength(before + 20);
});

test('a backup of the running site holds them, and is not restored under it', async () => {
  const before = (await listed()).length;
  const file = join(served.dataDir, 'a.backup');
  const backup = await runAssay(['backup', file], served.dataDir);
  expect(backup.code, backup.stderr).toBe(0);
  expect(backup.stdout).toMatch(new RegExp(`, ${before} reports?\n`));
  const restore = await runAssay(['restore', file], served.dataDir);
  expect(restore).toMatchObject({ code: 2, stderr: expect.stringMatching(/in use/) });
  expect(await listed()).toHaveLength(before);
});
