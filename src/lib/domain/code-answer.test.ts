import { describe, expect, test } from 'vitest';
import { answerOf, codeAnswerProblem, filesOf, maxAnswerBytes, sameFiles } from './code-answer.ts';

const start = { 'views.py': 'x = 1\n', 'a.py': 'y = 2\n' };
const exercise = { start, pool: 'challenge' as const };

describe('an answer of several files', () => {
  test('has their sources in order of path', () => {
    expect(answerOf(start)).toEqual(['y = 2\n', 'x = 1\n']);
    expect(filesOf({ start }, ['new\n', 'x = 3\n'])).toEqual({
      'a.py': 'new\n',
      'views.py': 'x = 3\n',
    });
  });

  test('with another number of files is none', () => {
    expect(filesOf({ start }, ['one\n'])).toBeNull();
    expect(codeAnswerProblem(exercise, ['one\n'])).toMatch(/files of the exercise/);
  });

  test('is the same when only white space at the ends of lines differs', () => {
    expect(sameFiles(start, { 'a.py': 'y = 2  \n\n\n', 'views.py': 'x = 1' })).toBe(true);
    expect(sameFiles(start, { 'a.py': 'y = 2\n', 'views.py': ' x = 1\n' })).toBe(false);
    expect(sameFiles(start, { 'a.py': 'y = 2\n' })).toBe(false);
  });
});

describe('an answer that cannot be judged', () => {
  test.each<[string, string[], RegExp]>([
    ['is empty', ['', ' \n'], /no program yet.*not use an attempt/],
    ['is what the learner began with', ['y = 2 \n', 'x = 1'], /began with.*no attempt was used/],
    ['is too long', ['y = 2\n', `x = "${'é'.repeat(maxAnswerBytes / 2)}"\n`], /64 KiB/],
    ['holds half of a character', ['y = 2\n', 'x = "\ud800"\n'], /half of a character/],
  ])('%s', (_, answer, problem) => {
    expect(codeAnswerProblem(exercise, answer)).toMatch(problem);
  });

  test('may be what the step before came to, in a project', () => {
    expect(codeAnswerProblem({ start, pool: 'project' }, ['y = 2\n', 'x = 1\n'])).toBeNull();
  });

  test('is none when one file was changed, or emptied', () => {
    expect(codeAnswerProblem(exercise, ['y = 3\n', 'x = 1\n'])).toBeNull();
    expect(codeAnswerProblem(exercise, ['', 'x = 1\n'])).toBeNull();
  });
});
