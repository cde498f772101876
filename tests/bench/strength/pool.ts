/**
 * The pool that is simulated: the largest real test pool where a lesson has one, else one that is made up. Its
 * guessing parameters are real in either case: those of exercises that stand in the content, by their proofs.
 */
import { join } from 'node:path';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { proofFromLock } from '#lib/server/proof/proof-from-lock.ts';
import { readLock } from '#lib/server/proof/proof-lock.ts';
import type { TestExercise } from '#lib/domain/strength/draw-next.ts';
import { difficulties, type Difficulty, type Exercise } from '#lib/domain/exercise.ts';
import { guessingOf } from '#lib/domain/strength/guessing.ts';
import { labelledDifficulty, usualDiscrimination } from '#lib/domain/strength/item.ts';

/** A pool below this size is not what learners will be tested with. */
const fewest = 30;
const objectives = 5;
/** Of each objective, by difficulty: 35 exercises in all. */
const counts: Record<Difficulty, number> = { easy: 2, medium: 3, hard: 2 };

export interface SimulatedPool {
  exercises: TestExercise[];
  /** Of which exercises a test may have one only. */
  variantOf: (exercise: TestExercise) => string;
  /** What it is, in a sentence. */
  says: string;
}

interface Guessable {
  exercise: Exercise;
  guessing: number;
}

export async function readPool(root: string): Promise<SimulatedPool> {
  const all = await guessables(join(root, 'content'));
  const largest = [...Map.groupBy(all, ({ lesson }) => lesson)]
    .map(([lesson, each]) => {
      const pool = each.filter(({ exercise }) => exercise.pool === 'test');
      return { lesson, pool };
    })
    .reduce((best, each) => (each.pool.length > best.pool.length ? each : best));
  if (largest.pool.length >= fewest) return realPool(largest.lesson, largest.pool);
  return madeUpPool(all.filter(({ exercise }) => exercise.pool !== 'project'));
}

/** All exercises of the content that their proof locks speak of. */
async function guessables(content: string): Promise<(Guessable & { lesson: string })[]> {
  const { lessons } = await loadCatalogue([content]);
  const found = await Promise.all(
    lessons.map(async (lesson) => {
      const { lock } = await readLock(lesson.folder);
      const { exercises } = proofFromLock(lesson, lock);
      return lesson.exercises.flatMap((exercise) => {
        const proof = exercises.find(
          ({ uid, status }) => uid === exercise.uid && status === 'proven',
        );
        if (!proof) return [];
        return [{ lesson: lesson.id, exercise, guessing: guessingOf(exercise, proof) }];
      });
    }),
  );
  return found.flat();
}

function realPool(lesson: string, pool: Guessable[]): SimulatedPool {
  const programs = new Map(pool.map(({ exercise }) => [exercise.uid, exercise.program]));
  return {
    exercises: pool.map(({ exercise: { uid, objective, difficulty }, guessing }) => ({
      ...{ uid, objective, difficulty },
      item: itemOf(difficulty, guessing),
    })),
    variantOf: ({ uid }) => programs.get(uid) ?? uid,
    says: `the test pool of ${lesson}, ${pool.length} exercises`,
  };
}

/** Objectives, difficulties and variants are made up; the guessing parameters go round those of the content. */
function madeUpPool(real: Guessable[]): SimulatedPool {
  const exercises: TestExercise[] = [];
  for (let objective = 0; objective < objectives; objective++) {
    for (const difficulty of difficulties) {
      for (let each = 0; each < counts[difficulty]; each++) {
        const { guessing } = real[exercises.length % real.length]!;
        exercises.push({
          ...{ uid: `ex_${exercises.length}`, objective: `objective-${objective}`, difficulty },
          item: itemOf(difficulty, guessing),
        });
      }
    }
  }
  return {
    exercises,
    // Three pairs of one program.
    variantOf: ({ uid }) => (/^ex_([0-5])$/.test(uid) ? `pair-${Number(uid.at(-1)) % 3}` : uid),
    says: `no lesson has a test pool of ${fewest} yet: ${exercises.length} made-up exercises over ${objectives} objectives, with the guessing parameters of ${real.length} real ones`,
  };
}

function itemOf(difficulty: Difficulty, guessing: number): TestExercise['item'] {
  return {
    discrimination: usualDiscrimination,
    difficulty: labelledDifficulty(difficulty),
    guessing,
  };
}
