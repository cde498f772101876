import { describe, expect, it } from 'vitest';
import type { ServedLesson } from './catalogue.ts';
import type { Exercise } from './exercise.ts';
import { nextAfterTest, type ObjectiveResult } from './test-next.ts';
import type { TestVerdictName } from './test-view.ts';
import type { ModeView } from './views.ts';

const all = ['learn', 'why', 'deep-dive', 'visualize', 'try', 'challenge', 'project', 'test'];

const modesOf = (names: string[], done: string[] = []): ModeView[] =>
  names.map((mode) => ({
    ...{ mode, title: mode.toUpperCase(), about: '', minutes: 5, href: `/learn/a/b/c/${mode}` },
    ...{ progress: null, isDone: done.includes(mode) },
  }));

const exercise = (id: string, pool: string, objective: string) =>
  ({ exercise: { id, uid: `ex_${id}`, pool, objective } as Exercise }) as never;

const served = {
  exercises: [
    exercise('t1', 'try', 'orm'),
    exercise('t2', 'try', 'orm'),
    exercise('t3', 'try', 'waiting'),
    exercise('c1', 'challenge', 'waiting'),
    exercise('x1', 'test', 'orm'),
  ],
} as unknown as ServedLesson;

const result = (id: string, right: number, of = 2): ObjectiveResult => ({
  ...{ id, text: `Know \`${id}\`.`, right, of },
});

interface Given {
  verdict: TestVerdictName;
  objectives?: ObjectiveResult[];
  modes?: ModeView[];
  solved?: string[];
}

const next = ({ verdict, objectives = [], modes = modesOf(all), solved = [] }: Given) =>
  nextAfterTest(verdict, objectives, { served, modes, solved: new Set(solved) });

const namesOf = (given: Given) => next(given).map(({ mode }) => mode);

describe('where to go after a test', () => {
  it.each<[TestVerdictName, string[]]>([
    ['weak', ['learn', 'visualize', 'try']],
    ['shaky', ['try', 'deep-dive', 'challenge']],
    ['not-enough-evidence', ['try', 'challenge']],
    ['strong', ['challenge', 'project', 'try']],
  ])('%s leads to the modes that fit it, the most fitting first', (verdict, names) => {
    const objectives = [result('orm', 1), result('waiting', 1)];
    expect(namesOf({ verdict, objectives })).toEqual(names);
  });

  it('offers only modes that the lesson has', () => {
    const objectives = [result('orm', 0)];
    expect(namesOf({ verdict: 'weak', objectives, modes: modesOf(['try']) })).toEqual(['try']);
    expect(next({ verdict: 'weak', objectives, modes: [] })).toEqual([]);
  });

  it('leads to an exercise on what was missed most, the first that is not solved', () => {
    const objectives = [result('waiting', 1), result('orm', 0), result('gains', 2)];
    const [first] = next({ verdict: 'shaky', objectives, solved: ['ex_t1'] });
    expect(first).toEqual({
      ...{ mode: 'try', title: 'TRY', href: '/learn/a/b/c/try#t2' },
      why: '2 of its exercises are on what you missed: Know orm.',
    });
    const [again] = next({ verdict: 'shaky', objectives, solved: ['ex_t1', 'ex_t2'] });
    expect(again?.href).toBe('/learn/a/b/c/try#t1');
  });

  it('passes over exercises that are not on what was missed', () => {
    expect(namesOf({ verdict: 'shaky', objectives: [result('orm', 1)] })).toEqual([
      ...['try', 'deep-dive'],
    ]);
    expect(next({ verdict: 'not-enough-evidence', objectives: [result('gains', 0)] })).toEqual([]);
  });

  it('where nothing was missed leads to exercises all the same', () => {
    expect(namesOf({ verdict: 'not-enough-evidence', objectives: [result('orm', 2)] })).toEqual([
      ...['try', 'challenge'],
    ]);
  });

  it('sends who is strong to nothing that is done, but for what was missed', () => {
    const modes = modesOf(all, ['challenge', 'try']);
    expect(namesOf({ verdict: 'strong', modes })).toEqual(['project']);
    expect(namesOf({ verdict: 'strong', modes, objectives: [result('orm', 1)] })).toEqual([
      ...['project', 'try'],
    ]);
  });

  it('gives a reason for each', () => {
    for (const verdict of ['weak', 'shaky', 'strong', 'not-enough-evidence'] as const) {
      for (const { why } of next({ verdict })) expect(why).toMatch(/\.$/);
    }
  });
});
