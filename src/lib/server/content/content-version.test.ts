import { expect, test } from 'vitest';
import type { BlanksExercise } from '#lib/domain/exercise.ts';
import { contentVersionOf as digestOf } from './content-version.ts';
import { meaningOf } from './kinds/blanks.ts';

const exercise: Omit<BlanksExercise, 'contentVersion'> = {
  ...{ uid: 'ex_123456', id: 'one', kind: 'blanks', difficulty: 'easy', objective: 'o' },
  ...{ pool: 'try', title: 'T', prompt: 'P', program: '<<1>>\n', serve: { '/': 'v', '/b': 'w' } },
  ...{ drive: 'd\n', expect: 'e\n', hints: ['h'], solution: ['s'], places: {}, blanks: 1 },
  ...{ bank: ['a', 'b', 'c'], answers: [['a'], ['b']], misconceptions: [] },
};
const lesson = { runtime: 'django-5.2', rows: 'rows\n', apps: {} };
const contentVersionOf = (
  changed: typeof exercise,
  where: Parameters<typeof digestOf>[2],
): string => digestOf(changed, meaningOf(changed), where);
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

test('it stays what it was before fixtures had apps, while there are none', () => {
  expect(version).toBe('d7546ab7be1f11fd');
});

test.each<[string, Record<string, string>]>([
  ['an app', { 'library/models.py': 'm\n' }],
  ['another source of an app', { 'library/models.py': 'n\n' }],
  ['another name of an app', { 'shop/models.py': 'm\n' }],
])('%s changes it', (_, apps) => {
  const others = [{}, { 'library/models.py': 'm\n' }].filter(
    (each) => JSON.stringify(each) !== JSON.stringify(apps),
  );
  const changed = contentVersionOf(exercise, { ...lesson, apps });
  expect(others.map((each) => contentVersionOf(exercise, { ...lesson, apps: each }))).not.toContain(
    changed,
  );
});

test('the order in which the files of apps were read does not change it', () => {
  const apps = { 'library/models.py': 'm\n', 'shop/models.py': 'n\n' };
  const turned = { 'shop/models.py': 'n\n', 'library/models.py': 'm\n' };
  expect(contentVersionOf(exercise, { ...lesson, apps: turned })).toBe(
    contentVersionOf(exercise, { ...lesson, apps }),
  );
});

test('rows and runtime change it', () => {
  expect(contentVersionOf(exercise, { ...lesson, rows: null })).not.toBe(version);
  expect(contentVersionOf(exercise, { ...lesson, runtime: 'django-6.0' })).not.toBe(version);
});
