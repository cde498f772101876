import { expect, test } from 'vitest';
import { tryPath, Visitor } from './built-site.ts';
import { findBlanksExercise } from './our-exercises.ts';
import { servedSite } from './served-site.ts';

const served = servedSite();

type Exercise = Awaited<ReturnType<typeof findBlanksExercise>>;

async function begin() {
  const exercise = await findBlanksExercise();
  const visitor = new Visitor(served.site.url);
  await visitor.get(tryPath);
  return { exercise, visitor };
}

function answer(
  visitor: Visitor,
  { uid }: Exercise,
  token: string,
  { round = '1', key = crypto.randomUUID() } = {},
) {
  return visitor.post(`${tryPath}?/answer`, { exercise: uid, round, key, 'blank-1': token });
}

async function pageText(visitor: Visitor): Promise<string> {
  return (await (await visitor.get(tryPath)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('an answer and its evidence survive a reload and a restart of the site', async () => {
  const { exercise, visitor } = await begin();
  expect((await answer(visitor, exercise, exercise.wrong)).status).toBe(303);
  const before = await pageText(visitor);
  expect(before).toContain('SynchronousOnlyOperation');
  expect(before).toContain('2 of 3 attempts left');
  await served.restart();
  const again = new Visitor(served.site.url, { cookie: visitor.cookie });
  expect(await pageText(again)).toContain('2 of 3 attempts left');
  expect(await pageText(again)).toContain('SynchronousOnlyOperation');
});

test('pressing Check twice, from two windows at once, makes one attempt', async () => {
  const { exercise, visitor } = await begin();
  const key = crypto.randomUUID();
  const sent = Array.from({ length: 10 }, () => answer(visitor, exercise, exercise.wrong, { key }));
  for (const { status } of await Promise.all(sent)) expect(status).toBe(303);
  expect(await pageText(visitor)).toContain('2 of 3 attempts left');
});

test('three wrong answers end a round, a fourth is refused, and a new round starts afresh', async () => {
  const { exercise, visitor } = await begin();
  expect(exercise.wrongs).toHaveLength(3);
  for (const wrong of exercise.wrongs) await answer(visitor, exercise, wrong);
  const over = await pageText(visitor);
  expect(over).toContain(exercise.solution[0]?.split('`')[0]?.trim() ?? 'no solution');
  expect((await answer(visitor, exercise, exercise.right)).status).toBe(409);
  await visitor.post(`${tryPath}?/again`, { exercise: exercise.uid, round: '1' });
  expect(await pageText(visitor)).toContain('3 of 3 attempts left');
  expect((await answer(visitor, exercise, exercise.right, { round: '2' })).status).toBe(303);
});

test('the same answer in two windows, each with a key of its own, is one attempt', async () => {
  const { exercise, visitor } = await begin();
  const sent = Array.from({ length: 6 }, () => answer(visitor, exercise, exercise.wrong));
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([303, 422, 422, 422, 422, 422]);
  expect(await pageText(visitor)).toContain('2 of 3 attempts left');
  const again = await answer(visitor, exercise, exercise.wrong);
  expect(again.status).toBe(422);
  expect(await again.text()).toContain('You gave this answer before in this round');
});

test('a replay is answered as the first time, also when its answer was given since', async () => {
  const { exercise, visitor } = await begin();
  const key = crypto.randomUUID();
  expect((await answer(visitor, exercise, exercise.wrong, { key })).status).toBe(303);
  expect((await answer(visitor, exercise, exercise.wrong)).status).toBe(422);
  expect((await answer(visitor, exercise, exercise.wrong, { key })).status).toBe(303);
});

function look(visitor: Visitor, { uid }: Exercise, token: string, round = '1') {
  return visitor.post(`${tryPath}?/look`, { exercise: uid, round, 'blank-1': token });
}

test('a look uses no attempt and leaves no trace', async () => {
  const { exercise, visitor } = await begin();
  await answer(visitor, exercise, exercise.wrong);
  for (const token of [exercise.right, ...exercise.wrongs]) {
    const seen = await look(visitor, exercise, token);
    expect(seen.status).toBe(200);
    expect(await seen.text()).toContain('data-testid="look"');
  }
  const after = await pageText(visitor);
  expect(after).toContain('2 of 3 attempts left');
  expect(after).not.toContain('answered with status 200');
});

test.each(['', 'nothing-like-it'])('a look at "%s" is refused with a sentence', async (token) => {
  const { exercise, visitor } = await begin();
  await answer(visitor, exercise, exercise.wrong);
  const refused = await look(visitor, exercise, token);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toMatch(/Fill every blank first|not one of the answers/);
});

test('one press of "Show a hint" shows one hint, however often it is sent', async () => {
  const { exercise, visitor } = await begin();
  const fields = { exercise: exercise.uid, round: '1', 'hints-shown': '0' };
  for (let n = 0; n < 3; n++) await visitor.post(`${tryPath}?/hint`, fields);
  const text = await pageText(visitor);
  const firstWords = (hint: string) => hint.split('`')[0]?.trim() ?? '';
  expect(text).toContain(firstWords(exercise.hints[0] ?? ''));
  expect(text).not.toContain(firstWords(exercise.hints[1] ?? ''));
});

test.each([
  ['no fields', {}],
  ['an unknown exercise', { exercise: 'ex_nothing', round: '1', key: 'some-key-1' }],
  ['a round that is no number', { exercise: 'ex_7f3k2m', round: 'one', key: 'some-key-2' }],
])('a form with %s is refused without a trace of our code', async (_, fields) => {
  const response = await new Visitor(served.site.url).post(`${tryPath}?/answer`, fields);
  expect([400, 404]).toContain(response.status);
  expect(await response.text()).not.toMatch(/\.ts:\d|node_modules|at async/);
});

test('one learner does not see what another answered', async () => {
  const { exercise, visitor } = await begin();
  await answer(visitor, exercise, exercise.right);
  expect(await pageText(visitor)).toContain('answered with status 200');
  expect(await pageText(new Visitor(served.site.url))).not.toContain('answered with status 200');
});
