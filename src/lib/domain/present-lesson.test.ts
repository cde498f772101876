import { describe, expect, it } from 'vitest';
import type { ServedLesson } from './catalogue.ts';
import type { Exercise, Lesson, Pool } from './exercise.ts';
import { presentLesson } from './present-lesson.ts';

const exercise = (uid: string, pool: Pool) => ({ uid, pool }) as Exercise;

/** A lesson with these exercises, of which some are not proven. */
function lesson(exercises: Exercise[], unproven: string[]): ServedLesson {
  const served = exercises.filter(({ uid }) => !unproven.includes(uid));
  return {
    lesson: {
      ...{ id: 'web/async/waiting', summary: '', objectives: [], project: null, exercises },
      minutes: { try: 20, challenge: 20, test: 10 },
    } as unknown as Lesson,
    exercises: served.map((each) => ({
      ...{ exercise: each, proof: { versions: {} } },
    })) as unknown as ServedLesson['exercises'],
    heldBack: unproven.length,
    ...{ documents: [], visualize: null, lab: null },
  };
}

const all = [
  exercise('ex_1', 'try'),
  exercise('ex_2', 'try'),
  exercise('ex_3', 'challenge'),
  exercise('ex_4', 'test'),
  exercise('ex_5', 'test'),
  exercise('ex_6', 'review'),
];
const countsOf = (unproven: string[], solved: string[] = []) =>
  presentLesson(lesson(all, unproven), new Set(solved), []).exercises;

describe('the numbers that a lesson shows', () => {
  it('count what its pages show, and nothing that is only asked', () => {
    expect(countsOf([])).toEqual({ shown: 3, heldBack: 0, done: 0 });
  });

  it('do not rise by an answer to what is only asked', () => {
    expect(countsOf([], ['ex_4', 'ex_6'])).toMatchObject({ done: 0 });
    expect(countsOf([], ['ex_1', 'ex_4'])).toMatchObject({ done: 1, shown: 3 });
  });

  it('say how many are missing from its pages, and of the others not even that', () => {
    expect(countsOf(['ex_2', 'ex_4', 'ex_6'])).toEqual({ shown: 2, heldBack: 1, done: 0 });
    expect(countsOf(['ex_4', 'ex_5'])).toMatchObject({ heldBack: 0 });
  });

  it('are all done when all that is shown is done', () => {
    const { modes } = presentLesson(lesson(all, []), new Set(['ex_1', 'ex_2', 'ex_3']), []);
    expect(modes.map(({ mode, isDone }) => [mode, isDone])).toEqual([
      ['try', true],
      ['challenge', true],
    ]);
  });
});
