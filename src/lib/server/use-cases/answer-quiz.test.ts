import { expect, test } from 'vitest';
import type { ServedCatalogue, ServedVisualize } from '#lib/domain/catalogue.ts';
import { presentVisualize } from '#lib/domain/present-visualize.ts';
import type { Place, Visualize } from '#lib/domain/visualize.ts';
import type { QuestionRef, QuizRight } from '../store/port.ts';
import { answerQuiz } from './answer-quiz.ts';

const at = { kind: 'idle', nth: 1 } as Place;
const wrong = (id: string) => ({
  ...{ id, option: { what: 'text' as const, text: id }, why: `Not \`${id}\`.` },
});
const question = (id: string) => ({
  ...{
    id,
    ask: `Which is \`${id}\`?`,
    key: { id: `${id}-key`, fact: { what: 'step' as const, at } },
  },
  ...{ wrong: [wrong(`${id}-a`), wrong(`${id}-b`)], why: 'It is idle.' },
});
const option = (id: string, what: 'step' | 'text', step: number | null) => ({
  ...{ id, what, text: step === null ? id : String(step + 1), isAlike: true, step, name: null },
});

const visualize = {
  ...{ title: 'Two', intro: 'Look.', program: 'x = 1\n', drive: '' },
  moments: [
    { at, title: 'Here', says: 'It is `idle`.' },
    { at, title: 'There', says: 'It is not.' },
  ],
  quiz: [question('q1'), question('q2')],
} as unknown as Visualize;

const served = {
  visualize,
  proof: {
    ...{ runs: 3, versions: {}, provenAt: null },
    moments: [
      { step: 4, name: null },
      { step: null, name: null },
    ],
    quiz: ['q1', 'q2'].map((id) => ({
      id,
      options: [
        option(`${id}-key`, 'step', 6),
        option(`${id}-a`, 'text', null),
        option(`${id}-b`, 'text', null),
      ],
    })),
  },
} as unknown as ServedVisualize;

function bench() {
  const rights: QuizRight[] = [];
  const finished: string[] = [];
  const catalogue = { lessons: [{ lesson: { id: 'a/b/c' }, visualize: served }] };
  const deps = {
    catalogue: catalogue as unknown as ServedCatalogue,
    now: () => new Date(0),
    store: {
      recordQuizRight: async ({ lessonId, question: id, at: answeredAt }: QuestionRef) =>
        void rights.push({ lessonId, question: id, answeredAt }),
      selectQuizRights: async () => rights,
      finishMode: async ({ mode }: { mode: string }) => void finished.push(mode),
    },
  };
  const answer = (id: string, given: string) =>
    answerQuiz(deps, { learnerId: 'ada', lessonId: 'a/b/c', question: id, option: given });
  return { answer, rights, finished };
}

test('a wrong answer is told with its own reason, and not kept', async () => {
  const { answer, rights } = bench();
  const told = await answer('q1', 'q1-a');
  expect(told).toMatchObject({
    ...{ id: 'q1', reasons: {} },
    answers: [
      { option: 'q1-a', verdict: 'wrong', step: null, why: [{}, { text: 'q1-a', code: true }, {}] },
    ],
  });
  expect(JSON.stringify(told)).not.toContain('It is idle.');
  expect(rights).toEqual([]);
});

test('a right answer is told with all reasons and its step, and kept', async () => {
  const { answer, rights, finished } = bench();
  const told = await answer('q1', 'q1-key');
  expect(told).toMatchObject({ answers: [{ verdict: 'right', step: 6 }] });
  expect(Object.keys(told!.reasons).sort()).toEqual(['q1-a', 'q1-b', 'q1-key']);
  expect(rights).toMatchObject([{ lessonId: 'a/b/c', question: 'q1' }]);
  expect(finished).toEqual([]);
});

test('the mode is done with the last question that was answered right', async () => {
  const { answer, finished } = bench();
  await answer('q2', 'q2-key');
  await answer('q1', 'q1-b');
  expect(finished).toEqual([]);
  await answer('q1', 'q1-key');
  expect(finished).toEqual(['visualize']);
});

test.each([
  ['q3', 'q1-key'],
  ['q1', 'q2-key'],
  ['q1', ''],
])('there is no answer to %s with the option %j', async (id, given) => {
  const { answer, rights } = bench();
  expect(await answer(id, given)).toBeNull();
  expect(rights).toEqual([]);
});

test('before an answer a page has the options and nothing that tells them apart', () => {
  const view = presentVisualize(served, 'ada', new Set(), () => []);
  const [first] = view.questions;
  expect(first).toMatchObject({ answers: [], reasons: {} });
  expect(first!.options).toHaveLength(3);
  for (const each of first!.options) expect(Object.keys(each).sort()).toEqual(['id', 'text']);
  expect(first!.options.find(({ id }) => id === 'q1-key')?.text).toEqual([
    { text: 'Step 7', code: false },
  ]);
  const text = JSON.stringify(view.questions);
  expect(text).not.toContain('It is idle.');
  expect(text).not.toContain('Not ');
});

test('a question that was answered right stays so, and each learner has an order of their own', () => {
  const view = presentVisualize(served, 'ada', new Set(['q2']), () => []);
  expect(view.questions.map(({ answers }) => answers.length)).toEqual([0, 1]);
  const orders = new Set(
    Array.from({ length: 20 }, (_, number) =>
      presentVisualize(served, `learner ${number}`, new Set(), () => [])
        .questions[0]!.options.map(({ id }) => id)
        .join(),
    ),
  );
  expect(orders.size).toBeGreaterThan(1);
});

test('a moment that was not found is not shown', () => {
  const { moments } = presentVisualize(served, 'ada', new Set(), () => []);
  expect(moments).toMatchObject([{ step: 4, title: 'Here' }]);
});
