import { expect, test } from 'vitest';
import type { BlanksExercise } from '#lib/domain/exercise.ts';
import { contentVersionOf } from './content-version.ts';

const exercise: Omit<BlanksExercise, 'contentVersion'> = {
  ...{ uid: 'ex_123456', id: 'one', kind: 'blanks', difficulty: 'easy', objective: 'o' },
  ...{ pool: 'try', title: 'T', prompt: 'P', program: '<<1>>\n', serve: { '/': 'v', '/b': 'w' } },
  ...{ drive: 'd\n', expect: 'e\n', hints: ['h'], solution: ['s'], places: {}, blanks: 1 },
  ...{ bank: ['a', 'b', 'c'], answers: [['a'], ['b']], misconceptions: [] },
};
const lesson = { runtime: 'django-5.2', rows: 'rows\n' };
const version = contentVersionOf(exercise, lesson);

test('a version is sixteen hexadecimal digits', () => {
  expect(version).toMatch(/^[0-9a-f]{16}$/);
});

test.each<[string, Partial<BlanksExercise>]>([
  ['the wording', { title: 'U', prompt: 'Q', hints: ['i'], solution: ['t'] }],
  ['the name of the file', { id: 'two', places: { uid: { file: 'f', line: 1 } } }],
  ['the order of the bank', { bank: ['c', 'b', 'a'] }],
  ['the order of the answers', { answers: [['b'], ['a']] }],
  ['the order of the addresses', { serve: { '/b': 'w', '/': 'v' } }],
])('%s does not change it', (_, change) => {
  expect(contentVersionOf({ ...exercise, ...change }, lesson)).toBe(version);
});

test.each<[string, Partial<BlanksExercise>]>([
  ['the program', { program: 'x = <<1>>\n' }],
  ['the drive', { drive: 'dd\n' }],
  ['the expectation', { expect: 'ee\n' }],
  ['a token', { bank: ['a', 'b', 'd'] }],
  ['an answer', { answers: [['a']] }],
  ['what is served', { serve: { '/': 'v' } }],
])('%s changes it', (_, change) => {
  expect(contentVersionOf({ ...exercise, ...change }, lesson)).not.toBe(version);
});

test('rows and runtime change it', () => {
  expect(contentVersionOf(exercise, { ...lesson, rows: null })).not.toBe(version);
  expect(contentVersionOf(exercise, { ...lesson, runtime: 'django-6.0' })).not.toBe(version);
});
