import { expect, test } from 'vitest';
import type { Exercise, Finding, Lesson } from './exercise.ts';
import { presentAuthoring } from './present-authoring.ts';
import type { ExerciseProof, LessonProof } from './proof.ts';

const finding = (file: string): Finding => ({ file, line: 1, expected: '', found: '', fix: '' });
const still = { version: 7, isProving: false };

const exercise = (uid: string, pool = 'try') =>
  ({ uid, id: `${uid}-file`, title: uid.toUpperCase(), pool }) as Exercise;
const lesson = { id: 'web/forms/one', exercises: [exercise('ex_a'), exercise('ex_b', 'test')] };
const lessons = [lesson as Lesson];

function proof(uid: string, status: ExerciseProof['status'], id = `${uid}-file`) {
  return { uid, id, status, findings: [finding(`${id}.yaml`)] } as ExerciseProof;
}

function present(exercises: ExerciseProof[], findings: Finding[] = [], standing = still) {
  const proofs: LessonProof[] = [
    { id: lesson.id, findings, exercises, documents: [], visualize: null, lab: null },
  ];
  return presentAuthoring(lessons, proofs, standing);
}

test('an exercise on a page that is not proven is named with its place and its findings', () => {
  const view = present([proof('ex_a', 'refuted'), proof('ex_b', 'proven')]);
  const findings = [finding('ex_a-file.yaml')];
  expect(view).toEqual({
    ...still,
    exercises: [
      {
        ...{ uid: 'ex_a', title: 'EX_A', href: '/learn/web/forms/one/try#ex_a-file' },
        ...{ status: 'refuted', findings },
      },
    ],
    documents: [],
    files: [],
  });
});

test('what no exercise on a page stands for is told by lesson: files, and exercises that were not loaded', () => {
  const view = present(
    [proof('ex_c', 'refuted'), proof('ex_a', 'refuted', 'copy')],
    [finding('lesson.yaml')],
  );
  expect(view.exercises).toEqual([]);
  const told = view.files.flatMap(({ findings }) => findings.map(({ file }) => file));
  expect(told).toEqual(['lesson.yaml', 'ex_c-file.yaml', 'copy.yaml']);
});

test('while a proof is being made, what has not been run yet is no trouble', () => {
  const proving = { version: 1, isProving: true };
  expect(present([proof('ex_a', 'unproven')], [], proving).exercises[0]?.findings).toEqual([]);
  expect(present([proof('ex_a', 'unproven')]).exercises[0]?.findings).toHaveLength(1);
  expect(present([proof('ex_a', 'refuted')], [], proving).exercises[0]?.findings).toHaveLength(1);
});

test.each([
  ['of a pool without a page of its own leads to its lesson', 'test', ''],
  ['of a challenge leads to its card', 'challenge', '/challenge#ex_a-file'],
  ['that is a step of a project leads to its page', 'project', '/project/ex_a-file'],
])('an exercise %s', (_, pool, path) => {
  const proofs = [
    {
      id: lesson.id,
      findings: [],
      exercises: [proof('ex_a', 'refuted')],
      documents: [],
      visualize: null,
      lab: null,
    },
  ];
  const shown = { ...lesson, exercises: [exercise('ex_a', pool)] } as Lesson;
  const [told] = presentAuthoring([shown], proofs, still).exercises;
  expect(told?.href).toBe(`/learn/web/forms/one${path}`);
});

test.each([
  ['learn', '/learn'],
  ['brief', '/project'],
  ['ask-all-at-once', '/project/ask-all-at-once'],
])('a document (%s) leads to the page that shows it', (name, path) => {
  const documents = [
    { name, status: 'refuted', findings: [] },
  ] as unknown as LessonProof['documents'];
  const step = { instructions: { name: 'ask-all-at-once' } };
  const project = { brief: { name: 'brief' }, steps: [step] };
  const shown = { ...lesson, documents: [{ name: 'learn' }], project } as unknown as Lesson;
  const proofs = [
    { id: lesson.id, findings: [], exercises: [], documents, visualize: null, lab: null },
  ];
  expect(presentAuthoring([shown], proofs, still).documents[0]?.href).toBe(
    `/learn/web/forms/one${path}`,
  );
});

test('a recorded program that is not proven is named with the page that would show it', () => {
  const findings = [finding('visualize.yaml')];
  const visualize = { status: 'refuted', findings } as unknown as LessonProof['visualize'];
  const proofs = [
    { id: lesson.id, findings: [], exercises: [], documents: [], visualize, lab: null },
  ];
  const shown = { ...lesson, visualize: {} } as unknown as Lesson;
  const view = presentAuthoring([shown], proofs, { version: 1, isProving: false });
  expect(view.documents).toMatchObject([
    { title: 'Visualize', href: `/learn/${lesson.id}/visualize`, status: 'refuted', findings },
  ]);
  const without = { ...lesson, visualize: null } as unknown as Lesson;
  const broken = presentAuthoring([without], proofs, {
    ...{ version: 1, isProving: false },
  });
  expect(broken.files).toEqual([{ lesson: lesson.id, findings }]);
});
