/** Claims on one observed run: how they are judged, and what can be wrong with one of them itself. */
import type { Exercise, Finding, Lesson } from '#lib/domain/exercise.ts';
import type { Expectation } from '../../sandbox/port.ts';
import { brokenExpectation, placeIn, type Case } from '../broken-parts.ts';
import { notAlike, requestFor, runOne } from '../cases.ts';
import { errorSentence, observedSentence } from '../happened.ts';
import { agrees } from '../observe.ts';
import type { ExerciseBench } from './kind.ts';

export interface Claim {
  id: string;
  holds: string;
  declared: 'right' | 'wrong';
  /** Where the expression stands in the exercise's file. */
  path: string;
}

/** Runs the exercise's program, and judges each claim on what it did. */
export async function runClaims(
  exercise: Exercise,
  lesson: Lesson,
  bench: ExerciseBench,
  claims: readonly Claim[],
): Promise<Case[]> {
  const expectations = claims.map(({ id, holds }): Expectation => {
    return { id, kind: 'holds', source: holds };
  });
  const request = requestFor(exercise, lesson, exercise.program);
  const observed = await runOne(bench, { request, expectations, patient: true });
  return claims.map(({ id, declared, path }) => {
    return { answer: [id], declared, observed, expectation: id, path };
  });
}

/** What keeps a claim from being true or false at all; null: nothing does. */
export function brokenClaim(exercise: Exercise, each: Case): Finding | null {
  const { observed, expectation, path } = each;
  const broken = brokenExpectation(exercise, path, [each]);
  if (broken) return broken;
  const error = observed.judged[0]?.judgements.get(expectation)?.error;
  if (error && error.type !== 'AssertionError') {
    return {
      ...placeIn(exercise, path),
      expected: 'an expression that can be evaluated on what was observed',
      found: `${errorSentence(error)}; ${observedSentence(observed)}`,
      fix: 'Mend the expression.',
    };
  }
  return agrees(observed, expectation) ? null : notAlike(exercise, each);
}
