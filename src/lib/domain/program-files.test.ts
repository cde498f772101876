import { expect, test } from 'vitest';
import { answerOfShown, shownPaths, sourceIn, sourcesOf } from './program-files.ts';

const start = { 'views.py': 'v', 'a.py': 'a', 'z.py': 'z' };
const exercise = { start, main: 'views.py' };

test('an answer has the sources in order of path, a page the program first', () => {
  expect(sourcesOf(start)).toEqual(['a', 'v', 'z']);
  expect(shownPaths(exercise)).toEqual(['views.py', 'a.py', 'z.py']);
  expect(answerOfShown(exercise, ['v2', 'a2', 'z2'])).toEqual(['a2', 'v2', 'z2']);
  expect(sourceIn(['a2', 'v2', 'z2'], start, 'views.py')).toBe('v2');
});

test('a wrong number of files is left for others to refuse', () => {
  expect(answerOfShown(exercise, ['v2'])).toEqual(['v2']);
});
