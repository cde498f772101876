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

async function findByKind<K extends Exercise['kind']>(kind: K) {
  const lesson = await loadOurLesson();
  const exercise = lesson.exercises.find((candidate) => candidate.kind === kind);
  if (!exercise) throw new Error(`the first lesson has no exercise of kind ${kind}`);
  return exercise as Extract<Exercise, { kind: K }>;
}

export async function findBlanksExercise(): Promise<
  BlanksExercise & { right: string; wrong: string }
> {
  const exercise = await findByKind('blanks');
  const right = exercise.answers[0]?.[0] ?? '';
  const wrong = exercise.bank.find((token) => token !== right) ?? '';
  return { ...exercise, right, wrong };
}

export async function findChoiceExercise(): Promise<
  ChoiceExercise & { right: string; wrong: string }
> {
  const exercise = await findByKind('choice');
  const right = exercise.answers[0] ?? '';
  const wrong = exercise.options.find(({ id }) => id !== right)?.id ?? '';
  return { ...exercise, right, wrong };
}
