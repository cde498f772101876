import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abilities, posteriorOf, priorOfAnybody, type ItemAnswer } from './ability.ts';
import {
  abilityFor,
  expectedLoss,
  strengthOf,
  strengthShares,
  verdictOf,
  verdicts,
} from './verdict.ts';

/** Ten answers on exercises of each difficulty, so many of them right, the easy ones first. */
function tenAnswers(right: number, guessing = 0.1): ItemAnswer[] {
  const difficulties = [-1.2, -1.2, 0, 0, 0, 0, 0, 0, 1.2, 1.2];
  return difficulties.map((difficulty, at) => ({
    item: { discrimination: 1.5, difficulty, guessing },
    isRight: at < right,
  }));
}

/** All of the belief at the ability nearest to this one. */
function surely(ability: number): number[] {
  const nearest = abilities.reduce((best, each) =>
    Math.abs(each - ability) < Math.abs(best - ability) ? each : best,
  );
  return abilities.map((each) => Number(each === nearest));
}

test('strong solves four of five medium exercises, weak fewer than half, shaky is in between', () => {
  expect(strengthOf(abilityFor(0.81))).toBe('strong');
  expect(strengthOf(abilityFor(0.79))).toBe('shaky');
  expect(strengthOf(abilityFor(0.51))).toBe('shaky');
  expect(strengthOf(abilityFor(0.49))).toBe('weak');
});

test('what is surely known is said', () => {
  expect(verdictOf(surely(2))).toBe('strong');
  expect(verdictOf(surely(0.5))).toBe('shaky');
  expect(verdictOf(surely(-1))).toBe('weak');
});

test('of somebody who has answered nothing there is not enough evidence', () => {
  expect(verdictOf(priorOfAnybody)).toBe('not-enough-evidence');
});

test('ten right answers are strong, none is weak, and the verdict rises with them', () => {
  const order = ['weak', 'shaky', 'strong'];
  const said = Array.from({ length: 11 }, (_, right) => verdictOf(posteriorOf(tenAnswers(right))));
  expect(said[0]).toBe('weak');
  expect(said[10]).toBe('strong');
  const places = said.map((each) => order.indexOf(each)).filter((place) => place >= 0);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('eight right answers that could all be guessed are not called strong', () => {
  expect(verdictOf(posteriorOf(tenAnswers(8, 0.5)))).not.toBe('strong');
});

test('no other verdict would cost less, whatever was answered', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      (right, guessing) => {
        const posterior = posteriorOf(tenAnswers(right, guessing));
        const shares = strengthShares(posterior);
        const said = expectedLoss(verdictOf(posterior), shares);
        for (const verdict of verdicts) {
          expect(said).toBeLessThanOrEqual(expectedLoss(verdict, shares));
        }
      },
    ),
  );
});
