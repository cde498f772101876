import { expect, test } from 'vitest';
import type {
  CodeExercise,
  Exercise,
  OrderExercise,
  PredictExercise,
} from '#lib/domain/exercise.ts';
import { Visitor } from './built-site.ts';
import { eachKindContent, eachKindPath, loadEachKind } from './each-kind.ts';
import { bare, expectNoSecret, secretsOf } from './secrets.ts';
import { servedSite } from './served-site.ts';

const served = servedSite({ ASSAY_CONTENT: eachKindContent });

const modes = ['try', 'challenge'] as const;

async function find<K extends Exercise['kind']>(kind: K, pool: Exercise['pool']) {
  const all = await loadEachKind();
  const exercise = all.find((each) => each.kind === kind && each.pool === pool);
  if (!exercise) throw new Error(`there is no ${kind} in ${pool}`);
  return exercise as Extract<Exercise, { kind: K }>;
}

type Fields = Record<string, string>;

const choose = ({ wrong }: PredictExercise, index: number): Fields => ({
  option: wrong[index]!.id,
});
const arrange = ({ lines }: OrderExercise, indents: string): Fields =>
  Object.fromEntries(
    lines.flatMap(({ id }, slot) => [
      [`line-${slot + 1}`, id],
      [`indent-${slot + 1}`, indents[slot] ?? '0'],
    ]),
  );
const code = ({ main, start }: CodeExercise, also: string): Fields => ({
  'file-0': `${start[main]}\n# ${also}\n`,
});

async function answer(visitor: Visitor, { uid, pool }: Exercise, fields: Fields) {
  const form = { exercise: uid, round: '1', key: crypto.randomUUID(), ...fields };
  return visitor.post(`${eachKindPath}/${pool}?/answer`, form);
}

async function pageOf(visitor: Visitor, mode: string) {
  const page = await (await visitor.get(`${eachKindPath}/${mode}`)).text();
  return page + (await (await visitor.get(`${eachKindPath}/${mode}/__data.json`)).text());
}

/** Empty ones, and what no exercise of the lesson offers. */
const noAnswers: Fields[] = [
  {},
  { output: '', option: '', 'line-1': '', 'file-0': '' },
  { output: ' ', option: 'x', 'line-1': 'x', 'indent-1': '9', 'file-1': 'x' },
];

test('no page holds a key of any kind before the answer, nor does a refused form', async () => {
  const exercises = await loadEachKind();
  const secrets = exercises.flatMap((each) => secretsOf(each));
  expect(secrets.length).toBeGreaterThan(40);
  const visitor = new Visitor(served.site.url);
  for (const mode of modes) expectNoSecret(await pageOf(visitor, mode), secrets, mode);
  for (const exercise of exercises) {
    for (const fields of noAnswers) {
      const response = await answer(visitor, exercise, fields);
      expect(response.status, `${exercise.id} ${JSON.stringify(fields)}`).toBe(422);
      expectNoSecret(await response.text(), secrets, 'a refused form');
    }
  }
});

test('outputs and lines come with ids of one form, in an order of each learner', async () => {
  const predict = await find('predict', 'try');
  const order = await find('order', 'try');
  const lines = [...order.lines, ...order.distractors];
  const orders = new Set<string>();
  for (let learner = 0; learner < 6; learner += 1) {
    const page = await (await new Visitor(served.site.url).get(`${eachKindPath}/try`)).text();
    const options = [...page.matchAll(/name="option" value="([^"]*)"/g)].map(([, id]) => id!);
    expect(options).toHaveLength(predict.wrong.length + 1);
    expect(new Set(options.map((id) => id.replace(/[0-9a-z]/g, 'x'))).size).toBe(1);
    const select = /<select name="line-1".*?<\/select>/s.exec(page)?.[0] ?? '';
    const ids = [...select.matchAll(/<option value="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids.toSorted()).toEqual(lines.map(({ id }) => id).toSorted());
    expect(new Set(ids.map((id) => id.replace(/[0-9a-z]/g, 'x'))).size).toBe(1);
    orders.add(`${options.join()} ${ids.join()}`);
  }
  expect(orders.size).toBeGreaterThan(1);
});

test('a wrong prediction is not told what was printed, while the round goes on', async () => {
  const predict = await find('predict', 'try');
  const visitor = new Visitor(served.site.url);
  await visitor.get(`${eachKindPath}/try`);
  expect((await answer(visitor, predict, choose(predict, 0))).status).toBe(303);
  const during = await pageOf(visitor, 'try');
  expect(bare(during)).toContain(bare(predict.wrong[0]!.why));
  expectNoSecret(during, [...predict.wrong.slice(1).map(({ why }) => bare(why))], 'a wrong answer');
  expect(during).not.toContain('data-testid="evidence"');
  await visitor.post(`${eachKindPath}/try?/show`, { exercise: predict.uid, round: '1' });
  expect(await pageOf(visitor, 'try')).toContain('data-testid="evidence"');
});

test('what is told of a wrong order or program is its own', async () => {
  const order = await find('order', 'try');
  const fix = await find('fix', 'try');
  const visitor = new Visitor(served.site.url);
  await visitor.get(`${eachKindPath}/try`);
  expect((await answer(visitor, order, arrange(order, '0011'))).status).toBe(303);
  expect((await answer(visitor, fix, code(fix, 'changed'))).status).toBe(303);
  const during = await pageOf(visitor, 'try');
  expect(during).toContain('The check says:');
  for (const exercise of [order, fix]) {
    const said = bare(during);
    // What the check says of an assertion is told; the expectation is not.
    const secrets = secretsOf(exercise).filter((secret) => secret.length > 0);
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  }
});

test('in a challenge the solution is shown on request only, also to who is out of attempts', async () => {
  const order = await find('order', 'challenge');
  const fix = await find('fix', 'challenge');
  const predict = await find('predict', 'challenge');
  const visitor = new Visitor(served.site.url);
  await visitor.get(`${eachKindPath}/challenge`);
  for (const indents of ['0011', '0012']) await answer(visitor, order, arrange(order, indents));
  for (const also of ['one', 'two']) await answer(visitor, fix, code(fix, also));
  for (const index of [0, 1]) await answer(visitor, predict, choose(predict, index));
  const over = await pageOf(visitor, 'challenge');
  expect(over.match(/Show the solution/g)?.length).toBe(3);
  const given = predict.wrong.slice(0, 2).map(({ why }) => bare(why));
  const secrets = [order, fix, predict].flatMap((each) => secretsOf(each));
  expectNoSecret(
    over,
    secrets.filter((secret) => !given.includes(secret)),
    'a challenge whose attempts are used up',
  );
  for (const { uid } of [order, fix, predict]) {
    await visitor.post(`${eachKindPath}/challenge?/show`, { exercise: uid, round: '1' });
  }
  const shown = bare(await pageOf(visitor, 'challenge'));
  for (const { solution } of [order, fix, predict]) expect(shown).toContain(bare(solution[0]!));
});

test('an answer to be recalled is shown to who asks for it, its run to who has rated it', async () => {
  const recall = await find('recall', 'try');
  const visitor = new Visitor(served.site.url);
  await visitor.get(`${eachKindPath}/try`);
  const secrets = secretsOf(recall);

  const tooSoon = await answer(visitor, recall, { rating: 'good', had: recall.rubric[0]!.id });
  expect(tooSoon.status).toBe(422);
  const refusal = await tooSoon.text();
  expect(refusal).toContain('Ask for the answer first');
  expectNoSecret(refusal, secrets, 'a rating that comes too soon');
  const form = { exercise: recall.uid, round: '1', 'hints-shown': '0' };
  expect((await visitor.post(`${eachKindPath}/try?/show`, form)).status).toBe(404);
  expectNoSecret(await pageOf(visitor, 'try'), secrets, 'what cannot be shown in another way');

  expect((await visitor.post(`${eachKindPath}/try?/hint`, form)).status).toBe(303);
  const asked = await pageOf(visitor, 'try');
  const told = [...recall.answer, ...recall.rubric.map(({ text }) => text)].map(bare);
  for (const text of told) expect(bare(asked)).toContain(text);
  expectNoSecret(
    asked,
    secrets.filter((secret) => !told.includes(secret)),
    'an answer that was asked for',
  );
  const other = new Visitor(served.site.url);
  expectNoSecret(await pageOf(other, 'try'), secrets, "another learner's page");

  for (const rating of ['', 'fine']) {
    expect((await answer(visitor, recall, { rating })).status).toBe(422);
  }
  expect((await answer(visitor, recall, { rating: 'good', had: 'nothing' })).status).toBe(422);
  const rated = await answer(visitor, recall, { rating: 'good', had: recall.rubric[0]!.id });
  expect(rated.status).toBe(303);
  const after = await pageOf(visitor, 'try');
  expect(after).toContain('You said: I knew it');
  expect(after).toContain('data-testid="evidence"');
  expect((await answer(visitor, recall, { rating: 'easy' })).status).toBe(409);
});

test('an exercise is answered on the page of its own pool and on no other', async () => {
  const predict = await find('predict', 'challenge');
  const visitor = new Visitor(served.site.url);
  const fields = { exercise: predict.uid, round: '1', key: crypto.randomUUID() };
  for (const act of ['answer', 'look', 'hint', 'show', 'again', 'report']) {
    const form = { ...fields, ...choose(predict, 0), kind: 'typo', text: 'x' };
    expect((await visitor.post(`${eachKindPath}/try?/${act}`, form)).status, act).toBe(404);
  }
});
