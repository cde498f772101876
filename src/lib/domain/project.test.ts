import { describe, expect, test } from 'vitest';
import type { CodeExercise, Project } from './exercise.ts';
import { builtFiles, startOf } from './project.ts';
import { presentProject } from './present-project.ts';
import type { Attempt, Round, RoundEnding } from './round.ts';

/** Files in which each is known by what it is of. */
const files = (name: string) => ({ 'views.py': `${name} views`, 'records.py': `${name} records` });
/** The same as an answer: sources in order of path. */
const answer = (name: string) => [`${name} records`, `${name} views`];

const step = (number: number) => ({
  slug: `step-${number}`,
  instructions: {} as Project['brief'],
  exercise: {
    ...{ uid: `ex_${number}`, title: `Step ${number}`, difficulty: 'easy', kind: 'write' },
    // Each begins with the solution before.
    start: files(number === 1 ? 'start' : `reference-${number - 1}`),
    answer: files(`reference-${number}`),
  } as unknown as CodeExercise,
});

const project = {
  ...{ title: 'The board', summary: 'A `page`.', brief: {} },
  steps: [step(1), step(2), step(3)],
} as unknown as Project;

const attempt = (verdict: Attempt['verdict'], name: string, number = 1): Attempt => ({
  ...{ id: name, number, answer: answer(name), verdict, evidenceId: '', judged: null },
  at: `2026-01-0${number}T00:00:00.000Z`,
});
const round = (number: number, ending: RoundEnding | null, ...attempts: Attempt[]): Round => ({
  ...{ number, contentVersion: 'v1', hintsShown: 0, ending, attempts },
});
const right = (name: string) => [
  round(1, 'right', attempt('wrong', 'early'), attempt('right', name, 2)),
];
const start = (slug: string, rounds: [string, Round[]][] = []) =>
  startOf(project, slug, new Map(rounds));

describe('a step begins with', () => {
  test('what the project begins with, when it is the first', () => {
    expect(start('step-1')).toEqual({ from: 'start', files: files('start') });
  });

  test("the learner's own right answer to the step before", () => {
    expect(start('step-2', [['ex_1', right('own')]])).toEqual({ from: 'own', files: files('own') });
  });

  test('the newest of them, when it was solved anew or its solution shown as well', () => {
    const rounds = [
      ...right('own'),
      round(2, 'shown'),
      round(3, 'right', attempt('right', 'newer')),
    ];
    expect(start('step-2', [['ex_1', rounds]])?.files).toEqual(files('newer'));
    expect(start('step-2', [['ex_1', [...right('own'), round(2, 'shown')]]])?.from).toBe('own');
  });

  test('nothing, while the step before is neither solved nor shown', () => {
    expect(start('step-2')).toBeNull();
    expect(start('step-2', [['ex_1', [round(1, null, attempt('wrong', 'own'))]]])).toBeNull();
    expect(start('step-3', [['ex_1', right('own')]])).toBeNull();
  });

  test('the solution of the step before, once it was shown', () => {
    const rounds = [round(1, 'shown'), round(2, null, attempt('wrong', 'own'))];
    expect(start('step-2', [['ex_1', rounds]])).toEqual({
      ...{ from: 'reference', files: files('reference-1') },
    });
  });

  test('nothing of an answer whose files are others by now', () => {
    const old = { ...attempt('right', 'own'), answer: ['only one'] };
    expect(start('step-2', [['ex_1', [round(1, 'right', old)]]])).toBeNull();
  });

  test('nothing when there is no such step', () => {
    expect(start('step-9')).toBeNull();
  });
});

describe('what was built', () => {
  const all = new Map([
    ['ex_1', right('one')],
    ['ex_2', right('two')],
    ['ex_3', right('three')],
  ]);

  test("is the learner's own files after the last step", () => {
    expect(builtFiles(project, all)).toEqual(files('three'));
  });

  test('is not there before every step is solved', () => {
    expect(builtFiles(project, new Map([...all].slice(0, 2)))).toBeNull();
    expect(builtFiles(project, new Map([...all].slice(1)))).toBeNull();
    const shown = new Map([...all, ['ex_3', [round(1, 'shown', attempt('wrong', 'x'))]] as const]);
    expect(builtFiles(project, shown)).toBeNull();
  });
});

describe('a project as a learner sees it', () => {
  const plain = (text: string) => [[{ kind: 'text' as const, text, className: '' }]];
  const see = (rounds: [string, Round[]][]) =>
    presentProject(project, '/learn/a/b/c/project', new Map(rounds), plain);

  test('tells of each step whether it is done, with how many answers, and which is next', () => {
    const view = see([
      ['ex_1', [round(1, 'shown'), ...right('own')]],
      ['ex_3', right('own')],
    ]);
    expect(view.next).toBe('step-2');
    expect(view.steps).toMatchObject([
      { href: '/learn/a/b/c/project/step-1', attempts: 2, isShown: true },
      { doneAt: null, attempts: 0, isShown: false },
      { doneAt: '2026-01-02T00:00:00.000Z', isShown: false },
    ]);
    expect(view.built).toEqual([]);
  });

  test('shows what was built when all is done, and nothing of the solutions before', () => {
    const view = see([
      ['ex_1', right('one')],
      ['ex_2', right('two')],
      ['ex_3', right('three')],
    ]);
    expect(view.next).toBeNull();
    expect(view.built.map(({ path }) => path)).toEqual(['records.py', 'views.py']);
    expect(JSON.stringify(see([]))).not.toMatch(/reference|records/);
  });
});
