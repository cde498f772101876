import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangedText, canBeIndented, distractorsIn, inOneForm } from './arrangement.ts';
import {
  arrangementsOf,
  arrangementsToRun,
  maxArrangementsRun,
  type Arrangements,
} from './choose-arrangements.ts';
import type { OrderExercise, OrderLine, PlacedLine } from './exercise.ts';

/** An exercise with these lines; it is no matter here whether they would run. */
function exerciseOf(lines: string[], distractors: string[] = []): OrderExercise {
  const toLine = (text: string, index: number): OrderLine => ({ id: `l${index}`, text });
  const all = [...lines, ...distractors].map(toLine);
  return {
    uid: 'ex_123456',
    lines: all.slice(0, lines.length),
    distractors: all.slice(lines.length).map((line) => ({ ...line, why: 'w' })),
    orders: [all.slice(0, lines.length).map(({ id }) => ({ line: id, indent: 0 }))],
  } as unknown as OrderExercise;
}

/** Every arrangement by the plainest of means: all lines, all indents, what cannot be is left out. */
function byBruteForce(exercise: OrderExercise): Set<string> {
  const lines = [...exercise.lines, ...exercise.distractors];
  let all: PlacedLine[][] = [[]];
  for (let slot = 0; slot < exercise.lines.length; slot++) {
    all = all.flatMap((before) =>
      lines
        .filter(({ id }) => !before.some(({ line }) => line === id))
        .flatMap(({ id }) => [0, 1, 2, 3].map((indent) => [...before, { line: id, indent }])),
    );
  }
  return new Set(
    all
      .filter((placed) => canBeIndented(exercise, placed))
      .map((placed) => arrangedText(exercise, placed).join('\n')),
  );
}

function everyOne({ count, at }: Arrangements): PlacedLine[][] {
  return Array.from({ length: count }, (_, rank) => at(rank));
}

test('all arrangements are counted and found, each once, and none that cannot be indented so', () => {
  const texts = fc.constantFrom('a = 1', 'b = 2', 'if a:', 'else:');
  fc.assert(
    fc.property(
      fc.array(texts, { minLength: 1, maxLength: 4 }),
      fc.uniqueArray(fc.constantFrom('c = 3', 'while b:'), { maxLength: 1 }),
      (lines, distractors) => {
        const exercise = exerciseOf(lines, distractors);
        const found = everyOne(arrangementsOf(exercise)).map((placed) => {
          expect(inOneForm(exercise, placed)).toEqual(placed);
          return arrangedText(exercise, placed).join('\n');
        });
        expect(new Set(found).size).toBe(found.length);
        expect(new Set(found)).toEqual(byBruteForce(exercise));
      },
    ),
    { numRuns: 40 },
  );
});

test('the largest exercise that can be written is counted without going through it', () => {
  const plain = Array.from({ length: 8 }, (_, n) => `x${n} = ${n}`);
  const { count, at } = arrangementsOf(exerciseOf(plain, ['a = 1', 'b = 2', 'c = 3']));
  // 11 * 10 * ... * 4: no line opens a block, so all stand at the left.
  expect(count).toBe(6_652_800);
  expect(at(0)).not.toEqual(at(count - 1));
  const opening = plain.map((text) => `while ${text.slice(0, 2)}:`);
  expect(arrangementsOf(exerciseOf(opening)).count).toBe(0);
});

test('a short exercise is run in full, the declared order first', () => {
  const exercise = exerciseOf(['a = 1', 'b = 2', 'c = 3'], ['d = 4']);
  const { chosen, possible } = arrangementsToRun(exercise);
  expect(possible).toBe(24);
  expect(chosen).toHaveLength(24);
  expect(chosen[0]).toEqual(exercise.orders[0]);
});

const texts = ['a = 1', 'for x in a:', 'b = 2', 'b = 2', 'c = 3', 'd = 4', 'e = 5'];
const long = exerciseOf(texts, ['f = 6', 'g = 7']);
long.orders = [
  long.lines.map(({ id }, at) => ({ line: id, indent: at === 2 ? 1 : 0 })),
  long.lines.map(({ id }, at) => ({ line: id, indent: at === 2 || at === 3 ? 1 : 0 })),
];

test('of a long one 128 are run: the declared ones, their neighbours, and others', () => {
  const { chosen, possible } = arrangementsToRun(long);
  expect(possible).toBeGreaterThan(maxArrangementsRun);
  expect(chosen).toHaveLength(maxArrangementsRun);
  expect(chosen.slice(0, 2)).toEqual(long.orders.map((order) => inOneForm(long, order)));
  const texts = chosen.map((placed) => arrangedText(long, placed).join('\n'));
  expect(new Set(texts).size).toBe(maxArrangementsRun);
  expect(chosen.every((placed) => canBeIndented(long, placed))).toBe(true);
  // Two lines swapped, an indent changed, and each distractor in the place of each line.
  expect(texts).toContain('a = 1\nfor x in a:\n    b = 2\nb = 2\nc = 3\ne = 5\nd = 4');
  expect(texts).toContain('a = 1\nfor x in a:\n    b = 2\n    b = 2\n    c = 3\nd = 4\ne = 5');
  for (const { id } of long.distractors) {
    const withIt = chosen.filter((placed) => distractorsIn(long, placed)[0]?.id === id);
    expect(withIt.length).toBeGreaterThanOrEqual(6);
  }
});

test('the same are run each time, and another exercise has others', () => {
  expect(arrangementsToRun(long)).toEqual(arrangementsToRun(long));
  const other = arrangementsToRun({ ...long, uid: 'ex_654321' }).chosen;
  expect(other.slice(0, 2)).toEqual(arrangementsToRun(long).chosen.slice(0, 2));
  expect(other).not.toEqual(arrangementsToRun(long).chosen);
});
