/** The exercises of the first lesson, read from their files, so that no test repeats a key. */
import { join } from 'node:path';
import type { BlanksExercise, ChoiceExercise, Exercise, Lesson } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { root } from './built-site.ts';

export async function loadOurLesson(): Promise<Lesson> {
  const { lessons } = await loadCatalogue([join(root, 'content')]);
  const lesson = lessons.find(({ id }) => id === 'django/async/when-async-helps');
  if (!lesson) throw new Error('the first lesson is not in the catalogue');
  return lesson;
}

/** By uid, which never changes. */
async function findByUid<K extends Exercise['kind']>(uid: string, kind: K) {
  const lesson = await loadOurLesson();
  const exercise = lesson.exercises.find((candidate) => candidate.uid === uid);
  if (exercise?.kind !== kind) throw new Error(`the first lesson has no ${kind} ${uid}`);
  return exercise as Extract<Exercise, { kind: K }>;
}

/** One blank, in an async view: the wrong tokens are refused by Django or by Python. */
export async function findBlanksExercise(): Promise<
  BlanksExercise & { right: string; wrong: string; wrongs: string[] }
> {
  const exercise = await findByUid('ex_7f3k2m', 'blanks');
  const right = exercise.answers[0]?.[0] ?? '';
  const wrongs = exercise.bank.filter((token) => token !== right);
  return { ...exercise, right, wrong: wrongs[0] ?? '', wrongs };
}

async function withRightAndWrong(uid: string) {
  const exercise = await findByUid(uid, 'choice');
  const right = exercise.answers[0] ?? '';
  const wrong = exercise.options.find(({ id }) => id !== right)?.id ?? '';
  return { ...exercise, right, wrong };
}

type FoundChoice = ChoiceExercise & { right: string; wrong: string };

/** Its options are claims about one run. */
export function findChoiceExercise(): Promise<FoundChoice> {
  return withRightAndWrong('ex_w8d4qp');
}

/** Its options are code, each run for itself. */
export function findCodeExercise(): Promise<FoundChoice> {
  return withRightAndWrong('ex_v13w4s');
}
