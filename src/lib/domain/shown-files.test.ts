import { expect, test } from 'vitest';
import { answerOfShown, beginningOf, shownPaths } from './shown-files.ts';

const start = { 'views.py': 'v', 'a.py': 'a', 'z.py': 'z' };
const exercise = { start, main: 'views.py' };

test('a page shows the program first, and what it sends is an answer in order of path', () => {
  expect(shownPaths(exercise)).toEqual(['views.py', 'a.py', 'z.py']);
  expect(answerOfShown(exercise, ['v2', 'a2', 'z2'])).toEqual(['a2', 'v2', 'z2']);
});

test('a wrong number of files is left for others to refuse', () => {
  expect(answerOfShown(exercise, ['v2'])).toEqual(['v2']);
});

test('a step of a project begins with what its learner has, and never with a solution', () => {
  expect(beginningOf({ start, pool: 'try' }, undefined)).toEqual(start);
  expect(beginningOf({ start, pool: 'project' }, undefined)).toEqual({
    'views.py': '',
    'a.py': '',
    'z.py': '',
  });
  const own = { 'views.py': 'mine', 'a.py': 'mine too', 'other.py': 'x' };
  expect(beginningOf({ start, pool: 'project' }, own)).toEqual({
    'views.py': 'mine',
    'a.py': 'mine too',
    'z.py': '',
  });
});
