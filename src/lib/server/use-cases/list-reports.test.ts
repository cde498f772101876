import { expect, test } from 'vitest';
import type { Lesson } from '#lib/domain/exercise.ts';
import type { Report } from '#lib/domain/report.ts';
import { listReports } from './list-reports.ts';

const report: Report = {
  id: 'r1',
  learnerId: 'ada',
  exerciseUid: 'ex_1',
  lessonId: 'django/async/one',
  mode: 'try',
  versions: {},
  contentVersion: 'v1',
  round: 1,
  kind: 'typo',
  text: 'red: \u001b[31m',
  at: '2026-01-02T03:04:05.678Z',
  resolvedAt: null,
  attempts: [{ answer: ['a\u0007b'], verdict: 'wrong' }],
};

const lesson = {
  folder: '/lessons/one',
  title: 'One',
  exercises: [{ uid: 'ex_1', id: 'first', title: 'First', contentVersion: 'v1' }],
} as unknown as Lesson;

const list = (lessons: Lesson[], reports: Report[] = [report]) =>
  listReports(
    {
      store: { selectReports: () => Promise.resolve(reports) },
      loadLessons: () => Promise.resolve(lessons),
    },
    'open',
  );

test('a report is listed with the file of its exercise', async () => {
  expect(await list([lesson])).toMatchObject([
    {
      id: 'r1',
      standing: 'same',
      exercise: {
        title: 'First',
        lessonTitle: 'One',
        file: '/lessons/one/exercises/first.yaml',
      },
    },
  ]);
});

test('it is told that an exercise has changed since, or is gone', async () => {
  expect(await list([lesson], [{ ...report, contentVersion: 'v0' }])).toMatchObject([
    { standing: 'changed', exercise: { title: 'First' } },
  ]);
  expect(await list([])).toMatchObject([{ standing: 'gone', exercise: null }]);
});

test('nothing that a terminal obeys is left in what was written or answered', async () => {
  const [listed] = await list([lesson]);
  expect(listed?.text).toBe('red: [31m');
  expect(listed?.attempts).toEqual([{ answer: ['ab'], verdict: 'wrong' }]);
});
