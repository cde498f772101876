import { describe, expect, test } from 'vitest';
import { markOf } from './badge.ts';
import type { ServedExercise } from './catalogue.ts';
import { presentBadge } from './present-badge.ts';
import type { Evidence, JudgedAnswer } from './proof.ts';
import type { Attempt, Round, RoundEnding } from './round.ts';

const versions = { django: '5.2.1', python: '3.11.2' };

const evidence = (body: string): Evidence => ({
  ...{ id: `run-${body}`, outcome: 'finished', error: null, stdout: '' },
  ...{ values: { status: 200, body }, counts: {} },
});

function attempt(number: number, verdict: Attempt['verdict'], change: Partial<Attempt> = {}) {
  return {
    ...{ id: `a${number}`, number, answer: [verdict], verdict, evidenceId: `run-${verdict}` },
    ...{ judged: null, at: `2026-01-0${number}T00:00:00.000Z`, ...change },
  };
}

/** A round in which these answers were given. */
function round(number: number, ending: RoundEnding | null, ...attempts: Attempt[]): Round {
  return { number, contentVersion: 'v1', hintsShown: 3, ending, attempts };
}

describe('a mark', () => {
  test('is open before there is any round, and while none is over', () => {
    expect(markOf([])).toEqual({ standing: 'open' });
    expect(markOf([round(1, null, attempt(1, 'wrong'))])).toEqual({ standing: 'open' });
    expect(markOf([round(1, 'attempts', attempt(1, 'wrong'), attempt(2, 'wrong'))])).toEqual({
      standing: 'open',
    });
  });

  test('is earned by a right answer, whatever attempt or round it took, with hints or without', () => {
    const right = attempt(2, 'right');
    const first = round(1, 'right', attempt(1, 'wrong'), right);
    expect(markOf([first])).toEqual({ standing: 'earned', round: first, attempt: right });

    const second = round(2, 'right', attempt(1, 'right'));
    expect(markOf([round(1, 'attempts', attempt(1, 'wrong')), second])).toMatchObject({
      ...{ standing: 'earned', round: { number: 2 } },
    });
  });

  test('is not to be had once the solution was shown, right after that or not', () => {
    expect(markOf([round(1, 'shown')])).toEqual({ standing: 'shown' });
    const rounds = [round(1, 'shown', attempt(1, 'wrong')), round(2, 'right', attempt(1, 'right'))];
    expect(markOf(rounds)).toEqual({ standing: 'shown' });
  });

  test('stays when the solution is shown in a round after it, and is of the first right answer', () => {
    const rounds = [
      round(1, 'right', attempt(1, 'right')),
      round(2, 'shown'),
      round(3, 'right', attempt(1, 'right')),
    ];
    expect(markOf(rounds)).toMatchObject({ standing: 'earned', round: { number: 1 } });
  });
});

describe('a badge', () => {
  const served = (uid: string): ServedExercise =>
    ({
      exercise: { uid, id: `anchor-${uid}`, title: uid, kind: 'fix', contentVersion: 'v1' },
      proof: {
        versions,
        answers: [{ answer: ['right'], evidence: evidence('proven') }],
      },
    }) as unknown as ServedExercise;
  const exercises = [served('ex_1'), served('ex_2')];
  const rightOnce = (change: Partial<Attempt> = {}) => [
    round(1, 'right', attempt(1, 'wrong'), attempt(2, 'right', change)),
  ];

  test('has a mark for each exercise, and says by what it was earned', () => {
    const badge = presentBadge(exercises, new Map([['ex_2', rightOnce()]]));
    expect(badge).toEqual({
      isWhole: false,
      marks: [
        {
          uid: 'ex_1',
          anchor: 'anchor-ex_1',
          title: 'ex_1',
          kind: 'fix',
          earned: null,
          isShown: false,
        },
        {
          ...{ uid: 'ex_2', anchor: 'anchor-ex_2', title: 'ex_2', kind: 'fix', isShown: false },
          earned: {
            ...{ round: 1, attempt: 2, at: '2026-01-02T00:00:00.000Z' },
            sentence: 'Django 5.2.1 on CPython 3.11.2 answered with status 200, and sent "proven"',
          },
        },
      ],
    });
  });

  test('says what the very run did, where the answer was run', () => {
    const judged = {
      evidence: evidence('own'),
      versions: { python: '3.12.0' },
    } as unknown as JudgedAnswer;
    const [mark] = presentBadge(exercises, new Map([['ex_1', rightOnce({ judged })]])).marks;
    expect(mark?.earned?.sentence).toBe('CPython 3.12.0 answered with status 200, and sent "own"');
  });

  test('keeps a mark of earlier content, whose evidence is gone with its proof', () => {
    const old = rightOnce().map((each) => ({ ...each, contentVersion: 'v0' }));
    const [mark] = presentBadge(exercises, new Map([['ex_1', old]])).marks;
    expect(mark?.earned).toMatchObject({ round: 1, attempt: 2, sentence: null });
  });

  test('is whole when all of its marks are earned, and never without any', () => {
    const rounds = new Map([
      ['ex_1', rightOnce()],
      ['ex_2', rightOnce()],
    ]);
    expect(presentBadge(exercises, rounds).isWhole).toBe(true);
    expect(presentBadge([], rounds).isWhole).toBe(false);
    rounds.set('ex_2', [round(1, 'shown'), ...rightOnce()]);
    expect(presentBadge(exercises, rounds)).toMatchObject({
      isWhole: false,
      marks: [{ isShown: false }, { isShown: true, earned: null }],
    });
  });
});
