import { expect, test } from 'vitest';
import type { Exercise } from '#lib/domain/exercise.ts';
import {
  readAnswerForm as read,
  readPassForm,
  readReportForm,
  readTestAnswerForm,
} from './answer-form.ts';

const blanks = { kind: 'blanks' } as Exercise;
const choice = { kind: 'choice' } as Exercise;
const typed = { kind: 'predict', ask: 'type' } as Exercise;
const chosen = { kind: 'predict', ask: 'choose' } as Exercise;
const order = { kind: 'order' } as Exercise;
const code = {
  kind: 'write',
  main: 'views.py',
  start: { 'views.py': '', 'b.py': '' },
} as unknown as Exercise;

const readAnswerForm = (data: FormData, exercise = blanks) => read(data, exercise);

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const sent = { exercise: 'ex_7f3k2m', round: '2', key: 'a-key-of-ours' };

test('blanks are read in their order, empty ones kept', () => {
  const answer = readAnswerForm(form({ ...sent, 'blank-1': 'User', 'blank-2': '' }));
  expect(answer).toEqual({
    exerciseUid: 'ex_7f3k2m',
    round: 2,
    key: 'a-key-of-ours',
    answer: ['User', ''],
    problem: null,
  });
});

test('a choice is one option id, and none chosen is an empty one', () => {
  for (const exercise of [choice, chosen]) {
    const given = readAnswerForm(form({ ...sent, option: 'overlaps' }), exercise);
    expect(given?.answer).toEqual(['overlaps']);
    expect(readAnswerForm(form(sent), exercise)?.answer).toEqual(['']);
  }
});

test('a typed output is read whole, its lines ended as Python ends them', () => {
  const output = `  1\r\n${'long '.repeat(200)}\r\n`;
  const answer = readAnswerForm(form({ ...sent, output }), typed);
  expect(answer).toMatchObject({ answer: [output.replaceAll('\r\n', '\n')], problem: null });
});

test('an order is read place by place, a line with its indent, and an empty place is kept', () => {
  const fields = { 'line-1': 'l_a', 'indent-1': '0', 'line-2': '', 'indent-2': '2' };
  const data = form({ ...sent, ...fields, 'line-3': 'l_b', 'indent-3': '1' });
  expect(readAnswerForm(data, order)?.answer).toEqual(['0:l_a', '', '1:l_b']);
});

test('the files of a program are read as the page shows them, into order of path', () => {
  const fields = { 'file-0': 'import b\r\n', 'file-1': 'b' };
  expect(readAnswerForm(form({ ...sent, ...fields }), code)?.answer).toEqual(['b', 'import b\n']);
});

test('no more files are read than there can be', () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`file-${n}`, 'x']));
  expect(readAnswerForm(form({ ...sent, ...many }), code)?.answer).toHaveLength(10);
});

test('a file of more than 64 KiB is answered with a sentence', () => {
  const full = 'é'.repeat(32 * 1024);
  expect(readAnswerForm(form({ ...sent, 'file-0': full }), code)?.problem).toBeNull();
  const more = readAnswerForm(form({ ...sent, 'file-0': `${full}x` }), code);
  expect(more?.problem).toContain('64 KiB');
});

test('what the form of another kind would send is not read', () => {
  const fields = { option: 'x', 'blank-1': 'x', 'line-1': 'x', 'file-0': 'x', output: 'x' };
  expect(readAnswerForm(form({ ...sent, ...fields }), blanks)?.answer).toEqual(['x']);
  expect(readAnswerForm(form({ ...sent, option: 'x' }), blanks)?.answer).toEqual([]);
  expect(readAnswerForm(form({ ...sent, option: 'x' }), code)?.answer).toEqual([]);
});

test.each([
  ['no exercise', { exercise: '' }],
  ['an exercise that is no uid', { exercise: '../etc' }],
  ['no round', { round: '' }],
  ['round zero', { round: '0' }],
  ['a round that is no number', { round: 'NaN' }],
  ['no key', { key: '' }],
  ['a key with other characters', { key: 'a key; of ours' }],
  ['a key that is too long', { key: 'k'.repeat(65) }],
])('a form with %s is refused', (_, change) => {
  expect(readAnswerForm(form({ ...sent, ...change }))).toBeNull();
  expect(readReportForm(form({ ...sent, kind: 'typo', text: 'x', ...change }))).toBeNull();
});

test('a report is read as it was written, however long', () => {
  const text = 'It says\r\n"a a".'.repeat(1000);
  expect(readReportForm(form({ ...sent, kind: 'typo', text }))).toEqual({
    exerciseUid: 'ex_7f3k2m',
    round: 2,
    key: 'a-key-of-ours',
    kind: 'typo',
    text,
  });
});

test('a report without kind or text is read, to be answered with a sentence', () => {
  expect(readReportForm(form(sent))).toMatchObject({ kind: '', text: '' });
});

test('a report whose text is a file is refused', () => {
  const data = form({ ...sent, kind: 'typo' });
  data.set('text', new Blob(['x']));
  expect(readReportForm(data)).toBeNull();
});

const asked = {
  ...{ exercise: 'ex_7f3k2m', key: 'a-key-of-ours', number: '3' },
  sitting: '01939c0e-7b4a-7d1e-9a53-0f8a5c1d2e3f',
};

test('an answer to a test names its sitting and number', () => {
  const named = { exerciseUid: asked.exercise, sitting: asked.sitting, number: 3, key: asked.key };
  expect(readPassForm(form(asked))).toEqual(named);
  expect(readTestAnswerForm(form({ ...asked, option: 'overlaps' }), choice)).toEqual({
    ...{ ...named, answer: ['overlaps'], problem: null },
  });
  const long = readTestAnswerForm(form({ ...asked, output: 'é'.repeat(40_000) }), typed);
  expect(long?.problem).toMatch(/64 KiB/);
});

test.each([
  ['exercise', '7f3k2m'],
  ['key', 'short'],
  ['sitting', 'none'],
  ['sitting', `${asked.sitting}0`],
  ['number', '0'],
  ['number', '1.5'],
  ['number', 'first'],
  ['number', '101'],
])('an answer to a test whose %s is %s is no form of ours', (field, value) => {
  expect(readPassForm(form({ ...asked, [field]: value }))).toBeNull();
  const { [field as keyof typeof asked]: _, ...rest } = asked;
  expect(readTestAnswerForm(form(rest), choice)).toBeNull();
});
