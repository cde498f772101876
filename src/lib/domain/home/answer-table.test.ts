import { expect, test } from 'vitest';
import type { ServedCatalogue } from '../catalogue.ts';
import { answerTable } from './answer-table.ts';
import type { TellableLearner } from './exported-learner.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

const exercise = (uid: string, change: object) => ({
  ...{ uid, title: `Title of ${uid}`, pool: 'try', difficulty: 'easy', ...change },
});
const options = [{ id: 'blocks', text: 'It blocks.' }];
const wrong = [{ id: 'o1', output: '1', why: '' }];
const exercises = [
  exercise('ex_choice', { kind: 'choice', options }),
  exercise('ex_out', { kind: 'predict', ask: 'choose', wrong, pool: 'test' }),
  exercise('ex_gone', { kind: 'predict', ask: 'choose', wrong }),
];
const right = { answer: ['o2'], observed: 'right', evidence: { stdout: '2\n' } };
// Only what is read here. `ex_gone` is held back.
const catalogue = {
  lessons: [
    {
      lesson: { id: 'a/b/c', title: 'Waiting', exercises },
      exercises: exercises.slice(0, 2).map((each) => ({
        exercise: each,
        proof: { answers: [right] },
      })),
    },
  ],
} as unknown as ServedCatalogue;

const attempt = (number: number, hour: number, answer: string[]) => ({
  ...{ number, answer, verdict: 'wrong' as const, at: at(hour), helpUsed: 1 },
});

const round = (exerciseUid: string, attempts: ReturnType<typeof attempt>[]) => ({
  ...{ exerciseUid, number: 2, attempts },
});

const learner: TellableLearner = {
  rounds: [
    round('ex_choice', [attempt(1, 3, ['blocks']), attempt(2, 4, ['no-such'])]),
    round('ex_gone', [attempt(1, 5, ['o2'])]),
    round('ex_unknown', [attempt(1, 6, ['x', 'y'])]),
  ],
  sittings: [
    {
      ...{ lessonId: 'a/b/c', endedAt: null },
      items: [
        { exerciseUid: 'ex_out', answered: { answer: ['o1'], verdict: null, at: at(2) } },
        { exerciseUid: 'ex_out', answered: { answer: ['o2'], verdict: null, at: at(1) } },
        { exerciseUid: 'ex_out', answered: null },
      ],
    },
  ],
};

const [head, ...rows] = answerTable(catalogue, learner);
const cell = (row: string[], name: string) => row[head!.indexOf(name)];

test('there is a row for each answer, oldest first, with what is known of its exercise', () => {
  expect(rows.map((row) => cell(row, 'when'))).toEqual([1, 2, 3, 4, 5, 6].map(at));
  const row = rows[2]!;
  expect(row).toEqual([
    ...[at(3), 'Waiting', 'try', 'Title of ex_choice', 'ex_choice', 'choice', 'easy', '2', '1'],
    ...['wrong', '1', 'It blocks.'],
  ]);
});

test('an answer that is not told yet reads the same whether it is right or wrong', () => {
  const [first, second] = rows;
  expect([cell(first!, 'answer'), cell(second!, 'answer')]).toEqual(['2', '1']);
  for (const row of [first!, second!]) {
    expect([cell(row, 'mode'), cell(row, 'verdict')]).toEqual(['test', 'not told yet']);
  }
});

test('what the lesson does not know any more stands as it is kept', () => {
  expect(rows.slice(3).map((row) => cell(row, 'answer'))).toEqual(['no-such', 'o2', 'x\ny']);
  expect(cell(rows[5]!, 'uid')).toBe('ex_unknown');
  expect(cell(rows[5]!, 'exercise')).toBe('');
});
