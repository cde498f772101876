import { describe, expect, test } from 'vitest';
import type { ServedLesson } from './catalogue.ts';
import type { CodeExercise, Exercise, Lesson, Pool } from './exercise.ts';
import { hasMode, isDoneByReader, modeAfter, nextMode, presentModes } from './lesson-modes.ts';
import type { ModeProgress } from './mode.ts';

const lessonId = 'django/async/when-async-helps';

const exercise = (uid: string, pool: Pool) => ({ uid, pool }) as Exercise;

/** A lesson with these documents and exercises; of a project, one step for each of its exercises. */
function lesson(documents: string[], exercises: Exercise[], held: string[] = []): ServedLesson {
  const steps = exercises.filter(({ pool }) => pool === 'project');
  const ofProject = ['brief', ...steps.map(({ uid }) => `do-${uid}`)].filter(
    (name) => !held.includes(name),
  );
  const read = { learn: 5, why: 3, 'deep-dive': 15 };
  const minutes: Lesson['minutes'] = { ...read, try: 20, challenge: 20, project: 30, test: 10 };
  return {
    lesson: {
      id: lessonId,
      minutes,
      project:
        steps.length > 0
          ? {
              brief: { name: 'brief' },
              steps: steps.map((each) => ({
                exercise: each as CodeExercise,
                instructions: { name: `do-${each.uid}` },
              })),
            }
          : null,
    } as Lesson,
    exercises: exercises
      .filter(({ uid }) => !held.includes(uid))
      .map((each) => ({ exercise: each }) as ServedLesson['exercises'][number]),
    heldBack: held.length,
    visualize: null,
    lab: null,
    documents: [...documents, ...ofProject].map((name) => ({
      document: { name },
    })) as ServedLesson['documents'],
  };
}

const kept = (mode: string, isDone = false): ModeProgress => ({
  ...{ lessonId, mode, openedAt: '2026-01-01T00:00:00.000Z' },
  doneAt: isDone ? '2026-01-01T00:00:00.000Z' : null,
});

const full = lesson(
  ['learn', 'why'],
  [
    exercise('ex_1', 'try'),
    exercise('ex_2', 'try'),
    exercise('ex_3', 'challenge'),
    exercise('ex_4', 'test'),
    exercise('ex_5', 'project'),
    exercise('ex_6', 'project'),
  ],
);
test('a recorded program is watched before exercises are tried, where one can be shown', () => {
  const watched = { visualize: {} } as unknown as Pick<ServedLesson, 'visualize'>;
  const minutes = { ...full.lesson.minutes, visualize: 10 };
  const served = { ...full, ...watched, lesson: { ...full.lesson, minutes } };
  const modes = presentModes(served, new Set(), [kept('visualize', true)]);
  expect(modes.map(({ mode }) => mode).slice(0, 4)).toEqual(['learn', 'why', 'visualize', 'try']);
  expect(modes[2]).toMatchObject({ progress: null, isDone: true });
  expect(hasMode(served, 'visualize')).toBe(true);
  expect(hasMode({ ...served, visualize: null }, 'visualize')).toBe(false);
});

test('what was measured under load comes after the project, where it can be shown, and is done when its reader says so', () => {
  const measured = { lab: {} } as unknown as Pick<ServedLesson, 'lab'>;
  const minutes = { ...full.lesson.minutes, performance: 10 };
  const served = { ...full, ...measured, lesson: { ...full.lesson, minutes } };
  const modes = presentModes(served, new Set(), [kept('performance', true)]);
  expect(modes.map(({ mode }) => mode).slice(-2)).toEqual(['project', 'performance']);
  expect(modes.at(-1)).toMatchObject({ title: 'Performance', progress: null, isDone: true });
  expect(hasMode({ ...served, lab: null }, 'performance')).toBe(false);
  expect(['learn', 'performance', 'visualize', 'try', ''].filter(isDoneByReader)).toEqual([
    ...['learn', 'performance'],
  ]);
});

const modesOf = (solved: string[] = [], progress: ModeProgress[] = []) =>
  presentModes(full, new Set(solved), progress);

describe('the modes of a lesson', () => {
  test('are those that have something to show, in the recommended order', () => {
    expect(modesOf().map(({ mode }) => mode)).toEqual([
      ...['learn', 'why', 'try', 'challenge', 'project'],
    ]);
    expect(modesOf()[0]).toMatchObject({ minutes: 5, href: `/learn/${lessonId}/learn` });
  });

  test('leave out what has no page yet, whatever minutes the lesson says', () => {
    expect(hasMode(full, 'test')).toBe(false);
    expect(hasMode(full, 'deep-dive')).toBe(false);
    expect(hasMode(full, 'learn')).toBe(true);
    expect(hasMode(full, '')).toBe(false);
  });

  test('leave out what has no minutes', () => {
    const { why: _, ...minutes } = full.lesson.minutes;
    const without = { ...full, lesson: { ...full.lesson, minutes } };
    expect(presentModes(without, new Set(), []).map(({ mode }) => mode)).not.toContain('why');
  });

  test('leave out a project of which a step or its prose is held back', () => {
    const steps = [exercise('ex_5', 'project'), exercise('ex_6', 'project')];
    expect(hasMode(lesson([], steps), 'project')).toBe(true);
    for (const held of ['ex_6', 'do-ex_6', 'brief']) {
      expect(hasMode(lesson([], steps, [held]), 'project')).toBe(false);
    }
  });

  test('that are read are done when their reader says so', () => {
    const modes = modesOf([], [kept('learn', true), kept('why')]);
    expect(modes.map(({ isDone, progress }) => [isDone, progress]).slice(0, 2)).toEqual([
      [true, null],
      [false, null],
    ]);
  });

  test('have a test where enough can be asked, which is done when one is over', () => {
    const asked = Array.from({ length: 10 }, (_, number) => ({
      exercise: { ...exercise(`ex_a${number}`, 'test'), kind: 'choice', program: String(number) },
      proof: { status: 'proven' },
    })) as unknown as ServedLesson['exercises'];
    const served = {
      ...full,
      lesson: { ...full.lesson, objectives: [] },
      exercises: [...full.exercises, ...asked],
    };
    expect(hasMode(served, 'test')).toBe(true);
    const solved = new Set(['ex_a0', 'ex_4']);
    const testOf = (isDone: boolean) => presentModes(served, solved, [kept('test', isDone)]).at(-1);
    expect(testOf(false)).toMatchObject({ mode: 'test', minutes: 10, progress: null });
    expect([testOf(false)?.isDone, testOf(true)?.isDone]).toEqual([false, true]);
  });

  test('of exercises are done when all of them are solved', () => {
    const [, , tried, challenge, project] = modesOf(['ex_1', 'ex_3', 'ex_9'], [kept('try', true)]);
    expect(tried).toMatchObject({ isDone: false, progress: { done: 1, of: 2 } });
    expect(challenge).toMatchObject({ isDone: true, progress: { done: 1, of: 1 } });
    expect(project).toMatchObject({ isDone: false, progress: { done: 0, of: 2 } });
  });
});

describe('where a learner goes on', () => {
  const next = (solved: string[], ...progress: ModeProgress[]) =>
    nextMode(modesOf(solved, progress), progress);

  test('is the first mode, for one who has done nothing', () => {
    expect(next([])).toEqual({ mode: 'learn', how: 'begin' });
  });

  test('is the mode opened last, until it is done', () => {
    expect(next([], kept('try'), kept('learn'))).toEqual({ mode: 'try', how: 'continue' });
    expect(next(['ex_1', 'ex_2'], kept('try'), kept('learn'))).toEqual({
      ...{ mode: 'challenge', how: 'next' },
    });
  });

  test('is what was passed over, when all that follows is done', () => {
    expect(next(['ex_5', 'ex_6'], kept('project'))).toEqual({ mode: 'learn', how: 'next' });
  });

  test('is the first that is not done, where a mode was done and none opened', () => {
    expect(next(['ex_3'])).toEqual({ mode: 'learn', how: 'next' });
  });

  test('passes over a mode that is no longer there', () => {
    expect(next([], kept('visualize'), kept('why'))).toEqual({ mode: 'why', how: 'continue' });
  });

  test('is nowhere when all is done', () => {
    const all = ['ex_1', 'ex_2', 'ex_3', 'ex_5', 'ex_6'];
    expect(next(all, kept('why', true), kept('learn', true))).toBeNull();
  });

  test('from a mode that is not done yet, is another one', () => {
    expect(modeAfter(modesOf(), 'why')?.mode).toBe('try');
    expect(modeAfter(modesOf([], [kept('learn', true)]), 'project')?.mode).toBe('why');
  });
});
