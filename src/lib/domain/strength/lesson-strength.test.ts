import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServedLesson } from '../catalogue.ts';
import { dayOf } from '../day.ts';
import type { Pool } from '../exercise.ts';
import type { PractisedAttempt, PractisedRound } from '../practice.ts';
import { presentOver } from '../present-test.ts';
import { hasEnded, type Sitting, type SittingItem } from '../sitting.ts';
import { firstEstimate } from './correct-item.ts';
import { lessonStrengthOf, strengthOf, type LessonPractice } from './lesson-strength.ts';

const uids = ['ex_a', 'ex_b', 'ex_c', 'ex_d', 'ex_e', 'ex_f'];
const objectives = ['orm', 'gains', 'limits'];
const labels = ['easy', 'medium', 'hard'] as const;

const exercise = (uid: string, index: number, pool: Pool, kind = 'choice') => ({
  exercise: {
    ...{ uid, id: uid, kind, pool, contentVersion: '1', difficulty: labels[index % 3] },
    ...{ objective: objectives[index % 3], options: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
  },
  proof: { answers: [{ answer: ['a'], observed: 'right' }] },
});

// Only what is read here.
const served = {
  lesson: {
    id: 'django/async/waiting',
    objectives: objectives.map((id) => ({ id, text: id })),
  },
  exercises: [
    ...uids.map((uid, index) => exercise(uid, index, index < 3 ? 'try' : 'challenge')),
    exercise('ex_project', 0, 'project'),
    exercise('ex_recall', 0, 'review', 'recall'),
  ],
} as unknown as ServedLesson;

const start = Date.UTC(2026, 0, 1);
const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();

interface Done {
  uid: string;
  /** Hours after the start. */
  hours: number;
  verdict: 'right' | 'wrong';
  hints?: number;
  number?: number;
}

function round({ uid, hours, verdict, hints = 0, number = 1 }: Done): PractisedRound {
  const attempt: PractisedAttempt = {
    ...{ number: 1, verdict, chosen: ['a'], helpUsed: hints, at: at(hours) },
  };
  return {
    ...{ exerciseUid: uid, number, contentVersion: '1', hintsShown: hints },
    ...{ ending: verdict === 'right' ? ('right' as const) : ('attempts' as const) },
    ...{ endedAt: at(hours), attempts: [attempt] },
  };
}

const item = (
  number: number,
  verdict: 'right' | 'wrong' | 'passed',
  hours: number,
): SittingItem => ({
  ...{ number, exerciseUid: `ex_${number}`, contentVersion: '1', orderShown: [] },
  ...{ objective: 'orm', difficulty: 'medium', drawnAt: at(hours) },
  model: { difficulty: 0, discrimination: 1.5, guessing: 0.25 },
  answered: { answer: [], verdict, evidenceId: null, judged: null, at: at(hours) },
});

const sitting = (
  from: number,
  to: number | null,
  verdicts: ('right' | 'wrong' | 'passed')[],
): Sitting => ({
  ...{ id: `s-${from}`, lessonId: served.lesson.id, seed: 's' },
  ...{ startedAt: at(from), endedAt: to === null ? null : at(to) },
  items: verdicts.map((verdict, index) => item(index + 1, verdict, from)),
});

const practice = (over: Partial<LessonPractice>): LessonPractice => ({
  ...{ served, rounds: [], sittings: [], estimates: new Map(), zone: 'UTC', ...over },
});

const firstDay = dayOf(new Date(start), 'UTC');
const strength = (over: Partial<LessonPractice>, day = firstDay + 20) =>
  strengthOf(practice(over), day);
const historyOf = (over: LessonPractice) => lessonStrengthOf(over, firstDay + 20)?.history ?? [];
const middleOf = (over: Partial<LessonPractice>) => strength(over).ability!.estimate.middle;

const doing = fc.record({
  uid: fc.constantFrom(...uids),
  hours: fc.integer({ min: 0, max: 400 }),
  verdict: fc.constantFrom('right' as const, 'wrong' as const),
});
/** One round of each exercise at most, each at a moment of its own. */
const firsts = fc.uniqueArray(doing, { selector: ({ uid }) => uid }).map((all) => all.map(round));
const tests = fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 3 }).chain((days) =>
  fc.tuple(
    ...days.map((day) =>
      fc
        .array(fc.constantFrom('right' as const, 'wrong' as const, 'passed' as const), {
          ...{ minLength: 1, maxLength: 10 },
        })
        .map((verdicts) => sitting(48 * day, 48 * day + 1, verdicts)),
    ),
  ),
);

describe('ability', () => {
  test('is not there before something was answered unaided', () => {
    expect(strength({})).toEqual({ ability: null, memory: null });
    const rounds = [round({ uid: 'ex_a', hours: 1, verdict: 'right', hints: 1 })];
    expect(strength({ rounds }).ability).toBeNull();
    expect(historyOf(practice({}))).toEqual([]);
  });

  test('rises with a right first answer and falls with a wrong one', () => {
    const right = { rounds: [round({ uid: 'ex_b', hours: 1, verdict: 'right' })] };
    const wrong = { rounds: [round({ uid: 'ex_b', hours: 1, verdict: 'wrong' })] };
    expect(middleOf(right)).toBeGreaterThan(0.5);
    expect(middleOf(wrong)).toBeLessThan(0.5);
    expect(strength(right).ability).toMatchObject({ answers: 1, hasTest: false });
  });

  test('says nothing of steps of a project, and nothing of what was rated by oneself', () => {
    const rounds = ['ex_project', 'ex_recall', 'ex_of_another_lesson'].map((uid) =>
      round({ uid, hours: 1, verdict: 'right' }),
    );
    expect(strength({ rounds }).ability).toBeNull();
  });

  test('is never raised, or moved at all, by what comes after help or after the first answer', () => {
    const helped = fc.array(
      fc.record({ uid: fc.constantFrom(...uids), hours: fc.integer({ min: 401, max: 500 }) }),
    );
    fc.assert(
      fc.property(firsts, tests, helped, (rounds, sittings, practised) => {
        const more = practised.map(({ uid, hours }, index) =>
          round({ uid, hours, verdict: 'right', hints: 1, number: 2 + index }),
        );
        const before = strength({ rounds, sittings });
        const after = strength({ rounds: [...rounds, ...more], sittings });
        expect(after.ability).toEqual(before.ability);
      }),
    );
  });

  test('is, right after a Test, what the Test said', () => {
    fc.assert(
      fc.property(firsts, tests, (rounds, sittings) => {
        const newest = sittings
          .filter(hasEnded)
          .toSorted((a, b) => (a.endedAt < b.endedAt ? 1 : -1))[0];
        fc.pre(newest !== undefined);
        const before = rounds.filter(({ endedAt }) => endedAt! < newest.startedAt);
        const standing = { served, modes: [], solved: new Set<string>() };
        const said = presentOver(newest, [], standing, new Date(start), () => []).result;
        const { ability } = strength({ rounds: before, sittings });
        expect(ability).toEqual({
          ...{ verdict: said.verdict, estimate: said.estimate },
          ...{ answers: newest.items.length, hasTest: true },
        });
      }),
    );
  });

  test('goes on from the Test with first answers that came since it began', () => {
    const sittings = [sitting(10, 11, ['right', 'wrong', 'wrong'])];
    const rounds = [
      round({ uid: 'ex_a', hours: 2, verdict: 'right' }),
      round({ uid: 'ex_b', hours: 30, verdict: 'right' }),
    ];
    expect(strength({ rounds, sittings }).ability).toMatchObject({ answers: 4, hasTest: true });
    expect(middleOf({ rounds, sittings })).toBeGreaterThan(middleOf({ sittings }));
  });

  test('takes nothing from a Test that is still open, and that of another lesson', () => {
    const open = sitting(10, null, ['right']);
    const other = { ...sitting(1, 2, ['right']), lessonId: 'django/async/other' };
    expect(strength({ sittings: [open, other] })).toEqual({ ability: null, memory: null });
  });

  test('knows what answers have said of an exercise', () => {
    const rounds = [round({ uid: 'ex_b', hours: 1, verdict: 'right' })];
    const harder = { ...firstEstimate('medium'), difficulty: 1 };
    expect(middleOf({ rounds, estimates: new Map([['ex_b', harder]]) })).toBeGreaterThan(
      middleOf({ rounds }),
    );
  });
});

describe('strength', () => {
  test('does not depend on the order in which rounds and tests are read', () => {
    fc.assert(
      fc.property(firsts, tests, fc.infiniteStream(fc.nat()), (rounds, sittings, chance) => {
        const shuffled = <T>(all: readonly T[]) =>
          all
            .map((each) => ({ each, rank: chance.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ each }) => each);
        const otherwise = practice({ rounds: shuffled(rounds), sittings: shuffled(sittings) });
        expect(historyOf(otherwise)).toEqual(historyOf(practice({ rounds, sittings })));
        expect(strengthOf(otherwise, firstDay + 30)).toEqual(
          strength({ rounds, sittings }, firstDay + 30),
        );
      }),
    );
  });

  test('keeps memory and ability apart: neither moves the other', () => {
    fc.assert(
      fc.property(firsts, tests, fc.nat({ max: 300 }), (rounds, sittings, days) => {
        const harder = new Map(uids.map((uid) => [uid, { ...firstEstimate('hard') }]));
        const day = firstDay + 20;
        const plain = strength({ rounds, sittings }, day);
        expect(strength({ rounds, sittings, estimates: harder }, day).memory).toEqual(plain.memory);
        expect(strength({ rounds, sittings }, day + days).ability).toEqual(plain.ability);
      }),
    );
  });

  test('fades with the days and comes back with a review, help or none', () => {
    const rounds = [round({ uid: 'ex_a', hours: 1, verdict: 'right' })];
    const left = (more: PractisedRound[], day: number) =>
      strength({ rounds: [...rounds, ...more] }, firstDay + day).memory!.left;
    expect(left([], 0)).toBe(1);
    expect(left([], 10)).toBeLessThan(left([], 5));
    const again = round({ uid: 'ex_a', hours: 240, verdict: 'right', hints: 1, number: 2 });
    expect(left([again], 10)).toBe(1);
    expect(strength({ rounds }).memory).toMatchObject({ met: 1, of: 3 });
  });
});

describe('the history', () => {
  test('has a point for each day on which something was done, as it stood then', () => {
    fc.assert(
      fc.property(firsts, tests, (rounds, sittings) => {
        const points = historyOf(practice({ rounds, sittings }));
        const moments = [
          ...rounds.map(({ endedAt }) => endedAt!),
          ...sittings.map(({ endedAt }) => endedAt!),
        ];
        const dates = [...new Set(moments.map((each) => each.slice(0, 10)))].sort();
        expect(points.map(({ date }) => date)).toEqual(dates);
        for (const { date, ...point } of points) {
          const isBy = ({ endedAt }: { endedAt: string | null }) => endedAt!.slice(0, 10) <= date;
          const until = { rounds: rounds.filter(isBy), sittings: sittings.filter(isBy) };
          expect(strength(until, dayOf(new Date(date), 'UTC'))).toEqual(point);
        }
      }),
    );
  });

  test('counts days where the learner is', () => {
    const rounds = [
      round({ uid: 'ex_a', hours: 22, verdict: 'right' }),
      round({ uid: 'ex_b', hours: 23.5, verdict: 'right' }),
    ];
    const dates = (zone: string) => historyOf(practice({ rounds, zone })).map(({ date }) => date);
    expect(dates('UTC')).toEqual(['2026-01-01']);
    expect(dates('Europe/Vienna')).toEqual(['2026-01-01', '2026-01-02']);
    expect(dates('Asia/Kolkata')).toEqual(['2026-01-02']);
  });
});
