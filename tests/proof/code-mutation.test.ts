import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeExercise, Finding, Lesson } from '../../src/lib/domain/exercise.ts';
import type { ExerciseProof } from '../../src/lib/domain/proof.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { placeIn } from '../../src/lib/server/proof/broken-parts.ts';
import { proveLesson } from '../../src/lib/server/proof/prove-catalogue.ts';
import { codeFiles } from './code-lesson-on-disk.ts';
import { clearDisk, onDisk } from './lesson-on-disk.ts';
import { memoryKeeper, openBench, ourContent, type RealBench } from './real-bench.ts';

let bench: RealBench;
let lessons: Lesson[];
const keeper = memoryKeeper();

beforeAll(async () => {
  bench = await openBench();
  // Ours, and one that has each kind whatever ours have.
  lessons = (await loadCatalogue([ourContent, await onDisk(codeFiles())])).lessons;
});

afterAll(async () => {
  await bench?.close();
  await clearDisk();
});

interface Mutation {
  what: string;
  change: Partial<CodeExercise>;
  /** Where it must be found: paths of the exercise's file. */
  at: string[];
}

/** What an author could have got wrong in an exercise that is right. */
function mutationsOf(exercise: CodeExercise): Mutation[] {
  const { start, answer, mistakes, checks } = exercise;
  const [own, ...earlier] = checks;
  const anywhere = ['expect', 'program', ...mistakes.map((_, index) => `mistakes.${index}`)];
  return [
    {
      what: 'the start for an answer',
      change: { answer: start },
      // Where the answer is the measure of what is right, it is the start that is found to pass.
      at: ['answer', 'drive', 'program'],
    },
    { what: 'the answer for a start', change: { start: answer }, at: ['program'] },
    {
      what: 'no check',
      change: { expect: 'pass\n', checks: [{ ...own!, expect: 'pass\n' }, ...earlier] },
      at: anywhere,
    },
    ...mistakes.flatMap((mistake, index): Mutation[] => {
      const withMistake = (changed: typeof mistake) => ({
        mistakes: mistakes.map((each, at) => (at === index ? changed : each)),
      });
      const sign = mistake.error === null ? 'holds' : 'error';
      return [
        {
          what: `mistake ${index + 1} that is right`,
          change: withMistake({ ...mistake, files: answer }),
          at: [`mistakes.${index}`],
        },
        {
          what: `mistake ${index + 1} without a sign that fits`,
          change: withMistake({ ...mistake, error: 'NoSuchError', holds: null }),
          at: [`mistakes.${index}.error`, `mistakes.${index}.${sign}`],
        },
      ];
    }),
    ...mistakes.slice(1).map((_, index): Mutation => {
      const first = { ...mistakes[index]!, error: null, holds: 'True' };
      return {
        what: `mistake ${index + 2} after one whose sign fits all`,
        change: { mistakes: mistakes.map((each, at) => (at === index ? first : each)) },
        at: mistakes.flatMap((each, at) => [
          `mistakes.${at}.${each.error === null ? 'holds' : 'error'}`,
          `mistakes.${at}.holds`,
        ]),
      };
    }),
  ];
}

/** A mistake that ends before anything is observed is told by no expression, whatever it says. */
const isSilent = ({ what }: Mutation, proof: ExerciseProof) =>
  what.endsWith('whose sign fits all') &&
  proof.answers.every(({ outcome, declared }) => declared === 'right' || outcome !== 'finished');

test('what is right is proven', async () => {
  for (const lesson of lessons) {
    const { exercises } = await proveLesson(codeOnly(lesson), { ...bench, keeper });
    for (const { id, status, findings } of exercises) {
      expect({ id, status, findings }).toEqual({ id, status: 'proven', findings: [] });
    }
  }
});

/** Whether a finding names the line of a path; an error in a block of code may name any of its lines. */
function isAt(exercise: CodeExercise, path: string, { file, line }: Finding): boolean {
  const place = placeIn(exercise, path);
  const block = path === 'answer' ? exercise.program : path === 'drive' ? exercise.drive : '';
  const last = place.line + block.split('\n').length;
  return place.file === file && place.line <= line && line <= (block === '' ? place.line : last);
}

const isCode = (exercise: { kind: string }) => ['fix', 'write'].includes(exercise.kind);

function codeOnly(lesson: Lesson): Lesson {
  const others = { documents: [], project: null, visualize: null, lab: null };
  return { ...lesson, ...others, exercises: lesson.exercises.filter(isCode) };
}

test('every such mistake of an author is refuted at its line', { timeout: 900_000 }, async () => {
  const missed: string[] = [];
  let count = 0;
  for (const lesson of lessons) {
    for (const exercise of codeOnly(lesson).exercises as CodeExercise[]) {
      for (const mutation of mutationsOf(exercise)) {
        count++;
        const mutant = { ...exercise, ...mutation.change, contentVersion: `mutant-${count}` };
        mutant.program = mutant.start[mutant.main]!;
        const { exercises } = await proveLesson(
          { ...codeOnly(lesson), exercises: [mutant] },
          { ...bench, keeper },
        );
        const proof = exercises[0]!;
        const isFound = proof.findings.some((found) =>
          mutation.at.some((path) => isAt(exercise, path, found)),
        );
        if ((proof.status !== 'refuted' || !isFound) && !isSilent(mutation, proof)) {
          missed.push(`${exercise.id}: ${mutation.what}: ${JSON.stringify(proof.findings)}`);
        }
      }
    }
  }
  expect(missed).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(20);
});
