import fc from 'fast-check';
import { expect, test } from 'vitest';
import { difficulties } from '../exercise.ts';
import { chanceFrom } from '../shuffle.ts';
import { drawNext, testLength, type TestAnswer, type TestExercise } from './draw-next.ts';
import { labelledDifficulty } from './item.ts';

interface Setup {
  pool: TestExercise[];
  seed: string;
  earlier?: string[][];
  variantOf?: (exercise: TestExercise) => string;
}

/** A whole test, each answer right or wrong by chance. */
function take({ pool, seed, earlier = [], variantOf = ({ uid }) => uid }: Setup): TestAnswer[] {
  const chance = chanceFrom(`answers/${seed}`);
  const answers: TestAnswer[] = [];
  for (;;) {
    const exercise = drawNext({ pool, answers, seed, earlier, variantOf });
    if (exercise === null) return answers;
    answers.push({ exercise, isRight: chance() < 0.5 });
  }
}

/** So many exercises, the objectives and difficulties in turn. */
function poolOf(count: number, objectives = 5): TestExercise[] {
  return Array.from({ length: count }, (_, at) => {
    const difficulty = difficulties[Math.floor(at / objectives) % 3]!;
    return {
      ...{ uid: `ex_${at}`, objective: `objective-${at % objectives}`, difficulty },
      item: {
        discrimination: 1.5,
        difficulty: labelledDifficulty(difficulty),
        guessing: at % 2 ? 0.25 : 0.02,
      },
    };
  });
}

const uidsOf = (answers: TestAnswer[]) => answers.map(({ exercise }) => exercise.uid);
const aSeed = fc.string({ minLength: 1, maxLength: 8 });

test('a test has ten exercises: each objective and each difficulty, none and no variant twice', () => {
  fc.assert(
    fc.property(
      aSeed,
      fc.integer({ min: 30, max: 45 }),
      fc.integer({ min: 1, max: 6 }),
      (seed, size, objectives) => {
        const pool = poolOf(size, objectives);
        const variantOf = ({ uid }: TestExercise) => `program-${Number(uid.slice(3)) % 23}`;
        const answers = take({ pool, seed, variantOf });
        const drawn = answers.map(({ exercise }) => exercise);
        expect(drawn).toHaveLength(testLength);
        expect(new Set(drawn.map(variantOf)).size).toBe(testLength);
        expect(new Set(drawn.map(({ objective }) => objective)).size).toBe(objectives);
        expect(new Set(drawn.map(({ difficulty }) => difficulty))).toEqual(new Set(difficulties));
      },
    ),
    { numRuns: 15 },
  );
});

test('left and taken up again, it goes on as if nothing had been', () => {
  fc.assert(
    fc.property(aSeed, fc.integer({ min: 0, max: 9 }), (seed, number) => {
      const pool = poolOf(30);
      const whole = take({ pool, seed });
      const again = drawNext({
        pool: pool.toReversed(),
        answers: whole.slice(0, number),
        seed,
        earlier: [],
        variantOf: ({ uid }) => uid,
      });
      expect(again?.uid).toBe(whole[number]?.exercise.uid);
    }),
    { numRuns: 15 },
  );
});

test('what was in the last tests is not drawn while there is enough else', () => {
  const pool = poolOf(45);
  const first = uidsOf(take({ pool, seed: 'first' }));
  const second = uidsOf(take({ pool, seed: 'second', earlier: [first] }));
  const third = uidsOf(take({ pool, seed: 'third', earlier: [second, first] }));
  expect(new Set([...first, ...second, ...third]).size).toBe(30);
});

test('where it must repeat, it repeats what was seen longest ago', () => {
  const pool = poolOf(20);
  const first = uidsOf(take({ pool, seed: 'first' }));
  const second = uidsOf(take({ pool, seed: 'second', earlier: [first] }));
  const third = uidsOf(take({ pool, seed: 'third', earlier: [second, first] }));
  expect(second.filter((uid) => first.includes(uid)).length).toBeLessThan(10);
  const repeated = (of: string[]) => third.filter((uid) => of.includes(uid)).length;
  expect(third).toHaveLength(10);
  expect(repeated(first)).toBeGreaterThanOrEqual(repeated(second));
});

test('tests differ, from the first exercise on', () => {
  const tests = Array.from({ length: 12 }, (_, at) =>
    uidsOf(take({ pool: poolOf(30), seed: `${at}` })),
  );
  expect(new Set(tests.map(([first]) => first)).size).toBeGreaterThan(1);
  expect(new Set(tests.map((uids) => uids.toSorted().join())).size).toBeGreaterThan(4);
});

test('not even the exercise that tells most comes up in every test', () => {
  const sharp = { discrimination: 3, difficulty: 0.4, guessing: 0.02 };
  const pool = poolOf(35).map((each) => (each.uid === 'ex_7' ? { ...each, item: sharp } : each));
  const tests = Array.from({ length: 60 }, (_, at) => uidsOf(take({ pool, seed: `${at}` })));
  const share = tests.filter((uids) => uids.includes('ex_7')).length / tests.length;
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.95);
});

test('who answers all right gets harder exercises than who answers all wrong', () => {
  const meanAfter = (isRight: boolean) => {
    const pool = poolOf(45);
    const answers: TestAnswer[] = [];
    for (;;) {
      const exercise = drawNext({
        pool,
        answers,
        seed: 's',
        earlier: [],
        variantOf: ({ uid }) => uid,
      });
      if (exercise === null) break;
      answers.push({ exercise, isRight });
    }
    return answers.reduce((sum, { exercise }) => sum + exercise.item.difficulty, 0) / 10;
  };
  expect(meanAfter(true)).toBeGreaterThan(meanAfter(false));
});

test('a pool that is too small gives what it has, and then the test is over', () => {
  expect(take({ pool: poolOf(4), seed: 's' })).toHaveLength(4);
  expect(take({ pool: [], seed: 's' })).toHaveLength(0);
});
