import { describe, expect, it } from 'vitest';
import type { ServedExercise, ServedLesson } from './catalogue.ts';
import type { Exercise, Kind, Pool } from './exercise.ts';
import type { Sitting, SittingAnswer, SittingItem } from './sitting.ts';
import { firstEstimate, itemOf } from './strength/correct-item.ts';
import { estimatesOf } from './strength/item-model.ts';
import { drawItem, findAsked, hasTest, testPoolOf } from './test-pool.ts';

const objectives = ['a', 'b'];

interface Given {
  kind?: Kind;
  pool?: Pool;
  program?: string;
  objective?: string;
  status?: string;
}

/** An exercise with three fillings, of which one is right. */
function exercise(number: number, given: Given = {}): ServedExercise {
  const { kind = 'blanks', pool = 'test', program = `p${number}`, status = 'proven' } = given;
  const difficulty = (['easy', 'medium', 'hard'] as const)[number % 3];
  return {
    exercise: {
      ...{ uid: `ex_${number}`, kind, pool, program, difficulty, contentVersion: 'v1' },
      objective: given.objective ?? objectives[number % 2],
      ...{ bank: ['x', 'y', 'z'], blanks: 1 },
    } as unknown as Exercise,
    proof: { status, answers: [{ observed: 'right' }] } as unknown as ServedExercise['proof'],
  };
}

const many = (count: number, given: Given = {}, from = 0) =>
  Array.from({ length: count }, (_, index) => exercise(from + index, given));

const lesson = (exercises: ServedExercise[]): ServedLesson =>
  ({
    lesson: { objectives: objectives.map((id) => ({ id })) },
    exercises,
  }) as unknown as ServedLesson;

const sitting = (items: SittingItem[] = [], id = 's1', seed = 'seed'): Sitting => ({
  ...{ id, lessonId: 'a/b/c', seed, startedAt: '', endedAt: null, items },
});

/** A sitting that was gone on with until nothing more came. */
function sat(pool: ServedExercise[], earlier: Sitting[] = [], id = 's1', seed = id): Sitting {
  let taken = sitting([], id, seed);
  for (;;) {
    const drawn = drawItem(pool, taken, earlier);
    if (!drawn) return taken;
    const verdict = drawn.number % 3 === 0 ? 'right' : 'wrong';
    const answered: SittingAnswer = {
      ...{ verdict, answer: [], evidenceId: 'e', judged: null, at: '' },
    };
    taken = { ...taken, items: [...taken.items, { ...drawn, drawnAt: '', answered }] };
  }
}

const uidsOf = ({ items }: Sitting) => items.map(({ exerciseUid }) => exerciseUid);

describe('the pool of a test', () => {
  it('is what is proven of the exercises that are only asked', () => {
    const all = [
      exercise(1),
      exercise(2, { pool: 'try' }),
      exercise(3, { status: 'unproven' }),
      exercise(4, { kind: 'fix' }),
      exercise(5, { kind: 'order' }),
    ];
    const uids = (canRun: boolean) =>
      testPoolOf(lesson(all), canRun).map(({ exercise: { uid } }) => uid);
    expect(uids(true)).toEqual(['ex_1', 'ex_4', 'ex_5']);
    expect(uids(false)).toEqual(['ex_1']);
  });

  it('is enough for a test from ten programs on', () => {
    expect(hasTest(lesson(many(9)))).toBe(false);
    expect(hasTest(lesson(many(10)))).toBe(true);
    expect(hasTest(lesson([...many(9), exercise(9, { program: 'p1' })]))).toBe(false);
  });

  it('is not enough where an objective is asked by none of it', () => {
    expect(hasTest(lesson(many(12, { objective: 'a' })))).toBe(false);
    expect(hasTest(lesson([...many(12, { objective: 'a' }), exercise(12)]))).toBe(false);
    expect(hasTest(lesson([...many(12, { objective: 'a' }), exercise(13)]))).toBe(true);
  });

  it('is not enough by exercises that have to be run', () => {
    expect(hasTest(lesson([...many(9), ...many(9, { kind: 'fix' }, 20)]))).toBe(false);
  });
});

describe('drawing', () => {
  const pool = many(24);

  it('comes to ten different exercises, and then to none', () => {
    const taken = sat(pool);
    expect(new Set(uidsOf(taken)).size).toBe(10);
    expect(taken.items.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('comes to the same by the same seed, and to others by another', () => {
    expect(uidsOf(sat(pool, [], 's1', 'one'))).toEqual(uidsOf(sat(pool, [], 's2', 'one')));
    const seeds = ['one', 'two', 'three', 'four', 'five', 'six'];
    const firsts = new Set(seeds.map((seed) => uidsOf(sat(pool, [], 's1', seed))[0]));
    expect(firsts.size).toBeGreaterThan(1);
  });

  it('takes what was in no earlier sitting, as long as there is some', () => {
    const first = sat(pool);
    const second = sat(pool, [first], 's2');
    expect(uidsOf(second).filter((uid) => uidsOf(first).includes(uid))).toEqual([]);
  });

  it('goes on where an exercise that was answered is served no more', () => {
    const taken = sat(pool);
    const begun = sitting(taken.items.slice(0, 4));
    const left = pool.filter(({ exercise: { uid } }) => uid !== taken.items[0]?.exerciseUid);
    const drawn = drawItem(left, begun, []);
    expect(drawn?.number).toBe(5);
    expect(uidsOf(begun)).not.toContain(drawn?.exerciseUid);
  });

  it('asks no second exercise of one program', () => {
    const twins = [...many(12), ...many(12, { program: 'p1' }, 12)];
    const programs = uidsOf(sat(twins)).map(
      (uid) => twins.find(({ exercise: each }) => each.uid === uid)?.exercise.program,
    );
    expect(new Set(programs).size).toBe(programs.length);
  });

  it('is over early where the pool has no more', () => {
    expect(sat(many(4)).items).toHaveLength(4);
  });

  it('writes down what the exercise is taken to be, and an order of its own for each sitting', () => {
    const [first] = sat(pool).items;
    expect(first).toMatchObject({ contentVersion: 'v1', model: { difficulty: 0 } });
    expect(first?.model.guessing).toBeCloseTo(1 / 3);
    expect(first?.orderShown.toSorted()).toEqual(['x', 'y', 'z']);
    const only = [exercise(1)];
    const orders = ['s1', 's2', 's3', 's4', 's5', 's6'].map((id) =>
      drawItem(only, sitting([], id), [])?.orderShown.join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});

describe('a drawn exercise', () => {
  const drawn = drawItem([exercise(1)], sitting(), [])!;

  it('can be asked as long as it is the same, and is in the pool', () => {
    expect(findAsked([exercise(1)], drawn)?.exercise.uid).toBe('ex_1');
    expect(findAsked([exercise(2)], drawn)).toBeUndefined();
    expect(findAsked([exercise(1)], { ...drawn, contentVersion: 'v0' })).toBeUndefined();
  });

  it('is taken to be what answers have said of it, and what its label says while nobody has', () => {
    const estimate = { ...firstEstimate('medium'), difficulty: 0.6, discrimination: 2 };
    const corrected = drawItem([exercise(1)], sitting(), [], new Map([['ex_1', estimate]]));
    expect(corrected?.model).toEqual(itemOf(estimate, 1 / 3));
    expect(drawn.model).toEqual(itemOf(firstEstimate('medium'), 1 / 3));
  });

  it('starts from its label again when its content has changed', () => {
    const estimate = { ...firstEstimate('medium'), difficulty: 0.6 };
    const kept = (contentVersion: string) =>
      estimatesOf([exercise(1)], [{ exerciseUid: 'ex_1', contentVersion, estimate, answers: 9 }]);
    expect([...kept('v1')]).toEqual([['ex_1', estimate]]);
    expect([...kept('v0')]).toEqual([]);
  });
});
