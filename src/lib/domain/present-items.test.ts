import { expect, test } from 'vitest';
import type { ServedLesson } from './catalogue.ts';
import { presentItems, type ItemsKnown } from './present-items.ts';
import { firstEstimate } from './strength/correct-item.ts';
import type { FirstAnswer } from './strength/item-statistics.ts';

const exercise = (uid: string, change: object = {}) => ({
  exercise: {
    ...{ uid, id: `file-${uid}`, title: uid, kind: 'choice', pool: 'try', contentVersion: 'v1' },
    ...{ difficulty: 'medium', answers: ['a'] },
    options: [
      { id: 'a', text: 'It waits.' },
      { id: 'b', text: 'It blocks.' },
      { id: 'c', text: '', code: 'x = 1' },
    ],
    ...change,
  },
});

const lesson = (...exercises: object[]) => ({ exercises }) as unknown as ServedLesson;

const answer = (isRight: boolean, otherwise = 0, chosen = isRight ? 'a' : 'b'): FirstAnswer => ({
  ...{ isRight, otherwise, chosen },
});
const many = (count: number, isRight: boolean, otherwise = 0) =>
  Array.from({ length: count }, () => answer(isRight, otherwise));

const known = (change: Partial<ItemsKnown> = {}): ItemsKnown => ({
  ...{ answers: new Map(), models: [], reports: new Map(), ...change },
});

const model = (shift: number, answers: number, contentVersion = 'v1') => ({
  ...{ exerciseUid: 'ex_a', contentVersion, answers },
  estimate: { ...firstEstimate('medium'), difficulty: shift },
});

test('an exercise whose able learners are wrong stands first and says so; then reports', () => {
  const answers = new Map([
    ['ex_a', [...many(40, true, 1), ...many(40, false, -1)]],
    ['ex_b', [...many(40, true, -1), ...many(40, false, 1)]],
    ['ex_c', many(12, true)],
  ]);
  const reports = new Map([['ex_c', 2]]);
  const served = lesson(exercise('ex_a'), exercise('ex_b'), exercise('ex_c'));
  const items = presentItems(served, known({ answers, reports }));
  expect(items.map(({ uid }) => uid)).toEqual(['ex_b', 'ex_c', 'ex_a']);
  expect(items[0]?.attention[0]).toMatch(/^Those who can do more are right less often\./);
  expect(items[1]).toMatchObject({ reports: 2, attention: ['2 reports are open.'] });
});

test('a wrong option that hardly anybody takes is named by its text, or by its code', () => {
  const answers = new Map([['ex_a', [...many(150, true), ...many(150, false)]]]);
  const [item] = presentItems(lesson(exercise('ex_a')), known({ answers }));
  expect(item?.distractors).toMatchObject([
    { text: 'It blocks.', count: 150, state: 'alive' },
    { text: 'x = 1', count: 0, state: 'dead' },
  ]);
  expect(item?.attention).toContainEqual(expect.stringContaining('“x = 1”'));
});

test('tokens of one blank and outputs to choose from are distractors; nothing else is', () => {
  const blanks = (count: number) =>
    exercise('ex_b', { kind: 'blanks', blanks: count, bank: ['get', 'aget'], answers: [['aget']] });
  const predict = (ask: string) =>
    exercise('ex_p', { kind: 'predict', ask, wrong: [{ id: 'w', output: '3\n', why: '' }] });
  const texts = (each: object) =>
    presentItems(lesson(each), known())[0]!.distractors.map(({ text }) => text);
  expect(texts(blanks(1))).toEqual(['get']);
  expect(texts(blanks(2))).toEqual([]);
  expect(texts(predict('choose'))).toEqual(['3']);
  expect(texts(predict('type'))).toEqual([]);
  expect(texts(exercise('ex_w', { kind: 'write' }))).toEqual([]);
});

test('a label is called wrong where enough answers have come nearer to another', () => {
  const of = (shift: number, answers: number, version?: string) =>
    presentItems(lesson(exercise('ex_a')), known({ models: [model(shift, answers, version)] }))[0]!;
  expect(of(0.9, 30)).toMatchObject({
    corrected: { shift: 0.9, nearest: 'hard', answers: 30 },
    attention: [expect.stringMatching(/label says medium, and its answers say hard/) as string],
  });
  expect(of(0.9, 29).attention).toEqual([]);
  expect(of(0.5, 99).attention).toEqual([]);
  expect(of(-0.9, 99).corrected?.nearest).toBe('easy');
  // What was said of another content says nothing of this one.
  expect(of(0.9, 99, 'v0').corrected).toBeNull();
});

test('with few answers no figure is given, and what is not counted says so', () => {
  const answers = new Map([['ex_a', many(9, true)]]);
  const items = presentItems(lesson(exercise('ex_a'), exercise('ex_b')), known({ answers }));
  expect(items).toMatchObject([
    { uid: 'ex_a', answers: 9, right: null, discrimination: null, attention: [] },
    { uid: 'ex_b', answers: null, right: null, file: 'exercises/file-ex_b.yaml' },
  ]);
});
