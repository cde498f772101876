/** What the test pool of our first lesson must be like, for ten to be drawn from it that say something. */
import { beforeAll, describe, expect, it } from 'vitest';
import { difficulties, type Exercise, type Lesson } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '../../src/lib/server/content/load-catalogue.ts';
import { ourContent } from './real-bench.ts';

let lesson: Lesson;
let asked: Exercise[];
let shown: Exercise[];

beforeAll(async () => {
  const { lessons } = await loadCatalogue([ourContent]);
  lesson = lessons.find(({ id }) => id === 'django/async/when-async-helps')!;
  asked = lesson.exercises.filter(({ pool }) => pool === 'test');
  shown = lesson.exercises.filter(({ pool }) => pool !== 'test');
});

/** How often one who knows nothing is right at the first attempt; of what is written, never. */
function blindGuess(exercise: Exercise): number {
  switch (exercise.kind) {
    case 'blanks':
      return exercise.answers.length / exercise.bank.length ** exercise.blanks;
    case 'choice':
      return exercise.answers.length / exercise.options.length;
    case 'predict':
      return exercise.ask === 'type' ? 0 : 1 / (exercise.wrong.length + 1);
    default:
      return 0;
  }
}

/** What a program does, without what many of them begin with. */
function linesOf(program: string): Set<string> {
  const lines = program.split('\n').map((line) => line.replace(/#.*/, '').trim());
  return new Set(lines.filter((line) => line !== '' && !/^(from|import) /.test(line)));
}

/** The program of an exercise, with the lines that are to be put in order. */
const programOf = (exercise: Exercise) =>
  [exercise.program, ...(exercise.kind === 'order' ? exercise.lines : []).map(({ text }) => text)]
    .join('\n')
    .replace('<<lines>>', '');

/** How much of the shorter of two programs stands in the other, from 0 to 1. */
function likeness(one: string, other: string): number {
  const [ones, others] = [linesOf(one), linesOf(other)];
  return ones.intersection(others).size / Math.min(ones.size, others.size);
}

const programsOfProse = () =>
  lesson.documents.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'program' ? [block.program] : [])),
  );

describe('the test pool of our first lesson', () => {
  it('has at least thirty, and two or more for each objective and difficulty', () => {
    expect(asked.length).toBeGreaterThanOrEqual(30);
    const few = lesson.objectives.flatMap(({ id }) =>
      difficulties.flatMap((difficulty) => {
        const own = asked.filter((each) => each.objective === id && each.difficulty === difficulty);
        return own.length >= 2 ? [] : [`${id}, ${difficulty}: ${own.length}`];
      }),
    );
    expect(few).toEqual([]);
  });

  it('is seldom answered right by a blind guess, and where it is hard more seldom', () => {
    expect(asked.filter((each) => blindGuess(each) > 0.25).map(({ id }) => id)).toEqual([]);
    const mean = (exercises: Exercise[]) =>
      exercises.reduce((sum, each) => sum + blindGuess(each), 0) / exercises.length;
    expect(mean(asked)).toBeLessThan(0.17);
    expect(mean(asked.filter(({ difficulty }) => difficulty === 'hard'))).toBeLessThan(0.12);
  });

  it('has no two about one program, and none about a program that a page shows', () => {
    const shownPrograms = [
      ...shown.map(programOf),
      ...programsOfProse(),
      lesson.visualize!.program,
    ];
    const alike = asked.flatMap((each, index) =>
      [...shownPrograms, ...asked.slice(index + 1).map(programOf)].flatMap((other) =>
        likeness(programOf(each), other) > 0.5 ? [`${each.id} is like:\n${other}`] : [],
      ),
    );
    expect(shownPrograms.length).toBeGreaterThan(20);
    expect(alike).toEqual([]);
  });

  it('repeats no title of the lesson', () => {
    const titles = lesson.exercises.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('does not have its key stand out by its length', () => {
    const choices = asked.flatMap((each) => (each.kind === 'choice' ? [each] : []));
    const standOut = choices.filter(({ options, answers }) => {
      const lengths = (isRight: boolean) =>
        options.filter(({ id }) => answers.includes(id) === isRight).map(({ text }) => text.length);
      const [right, wrong] = [Math.max(...lengths(true)), Math.max(...lengths(false))];
      return right > 1.25 * wrong;
    });
    expect(standOut.map(({ id }) => id)).toEqual([]);
  });
});
