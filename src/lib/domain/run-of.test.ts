import { describe, expect, it } from 'vitest';
import type { ServedCatalogue, ServedLesson } from './catalogue.ts';
import type { LessonDocument, ProgramBlock } from './document.ts';
import type { CodeExercise, Exercise } from './exercise.ts';
import { runPartsOf } from './run-of.ts';

const write = {
  ...{ uid: 'ex_write', kind: 'write', pool: 'challenge', main: 'views.py' },
  serve: { '/': 'page' },
  ...{ drive: 'observe("secret", 1)', expect: 'assert secret', inputs: 'observe("inputs", [1])' },
  ...{ start: { 'views.py': 'start', 'forms.py': 'forms' }, given: { 'sources.py': 'given' } },
  ...{ answer: { 'views.py': 'the key' }, demo: 'print("demo")' },
} as unknown as CodeExercise;
const blanks = { uid: 'ex_blanks', kind: 'blanks', program: 'x' } as unknown as Exercise;
const held = { ...write, uid: 'ex_held' };

const block = {
  ...{ kind: 'program', id: 'smallest', program: 'shown', serve: { '/a': 'view' } },
  ...{ drive: 'print(2)', output: '2\n' },
} as unknown as ProgramBlock;
const document = (...blocks: LessonDocument['blocks']) => ({ blocks }) as unknown as LessonDocument;

const served = {
  lesson: {
    ...{ id: 'a/b/c', rows: 'rows', apps: { 'library/models.py': '' } },
    exercises: [write, blanks, held],
    // Of the lesson, but not served.
    documents: [document({ ...block, id: 'held' })],
  },
  exercises: [write, blanks].map((exercise) => ({ exercise, proof: {} })),
  visualize: { visualize: { serve: { '/b': 'view' }, drive: 'print(3)', program: 'watched' } },
  documents: [document({ kind: 'text', html: '' }), document(block)].map((each) => ({
    ...{ document: each, proof: {} },
  })),
} as unknown as ServedLesson;
const catalogue: ServedCatalogue = { lessons: [served] };

describe('what belongs to a run', () => {
  it('of an exercise is its demo and its surroundings, and nothing that judges', () => {
    const parts = runPartsOf(catalogue, { lesson: 'a/b/c', exercise: 'ex_write' });
    expect(parts).toEqual({
      ...{ fileName: 'views.py', files: { 'forms.py': 'forms' }, given: { 'sources.py': 'given' } },
      ...{ serve: { '/': 'page' }, drive: 'print("demo")' },
      ...{ rows: 'rows', apps: { 'library/models.py': '' } },
    });
  });

  it('of a step of a project holds nothing of what it begins with: that is the solution before', () => {
    const step = { ...write, uid: 'ex_step', pool: 'project' };
    const lesson = {
      ...served,
      exercises: [{ exercise: step, proof: {} }],
    } as unknown as ServedLesson;
    const parts = runPartsOf({ lessons: [lesson] }, { lesson: 'a/b/c', exercise: 'ex_step' });
    expect(parts).toMatchObject({ files: { 'forms.py': '' }, given: { 'sources.py': 'given' } });
  });

  it('is unknown for an exercise that may not be seen before it is asked', () => {
    const asked = { ...write, uid: 'ex_asked', pool: 'test' };
    const lesson = {
      ...served,
      exercises: [{ exercise: asked, proof: {} }],
    } as unknown as ServedLesson;
    const of = { lesson: 'a/b/c', exercise: 'ex_asked' };
    expect(runPartsOf({ lessons: [lesson] }, of)).toEqual({ unknown: 'exercise' });
    expect(runPartsOf({ lessons: [lesson] }, of, true)).toMatchObject({ drive: 'print("demo")' });
  });

  it("of a document's program is what drives it, and the lesson's fixture", () => {
    const parts = runPartsOf(catalogue, { lesson: 'a/b/c', program: 'smallest' });
    expect(parts).toEqual({
      ...{ fileName: 'program.py', files: {}, given: {}, serve: { '/a': 'view' } },
      ...{ drive: 'print(2)', rows: 'rows', apps: { 'library/models.py': '' } },
    });
  });

  it('of a recorded program is what drives it, and the lesson’s fixture', () => {
    const parts = runPartsOf(catalogue, { lesson: 'a/b/c', mode: 'visualize' });
    expect(parts).toEqual({
      ...{ fileName: 'program.py', files: {}, given: {}, serve: { '/b': 'view' } },
      ...{ drive: 'print(3)', rows: 'rows', apps: { 'library/models.py': '' } },
    });
    const held = { lessons: [{ ...served, visualize: null }] };
    expect(runPartsOf(held, { lesson: 'a/b/c', mode: 'visualize' })).toEqual({ unknown: 'mode' });
  });

  it.each([
    ['a lesson that is not there', { lesson: 'a/b/x', exercise: 'ex_write' }, 'lesson'],
    ['an exercise that is not there', { lesson: 'a/b/c', exercise: 'ex_x' }, 'exercise'],
    ['an exercise that is held back', { lesson: 'a/b/c', exercise: 'ex_held' }, 'exercise'],
    ['one that no code answers', { lesson: 'a/b/c', exercise: 'ex_blanks' }, 'exercise'],
    ['a program that is not there', { lesson: 'a/b/c', program: 'x' }, 'program'],
    ['one in a document held back', { lesson: 'a/b/c', program: 'held' }, 'program'],
  ] as const)('is unknown for %s', (_, of, unknown) => {
    expect(runPartsOf(catalogue, of)).toEqual({ unknown });
  });
});
