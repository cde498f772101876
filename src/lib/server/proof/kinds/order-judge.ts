/** Judging an order that was not among those run for the proof: it is run as they were. */
import { programWith, toArrangement } from '#lib/domain/arrangement.ts';
import type { OrderExercise } from '#lib/domain/exercise.ts';
import { requestFor } from '../cases.ts';
import { expectId, unmetOf } from '../code-checks.ts';
import { held } from '../observe.ts';
import type { JudgeOfKind } from './judge.ts';

/** Of lines that cannot be indented so, Python itself says what is wrong. */
export const judgeOrder: JudgeOfKind<OrderExercise> = async (
  exercise,
  lesson,
  answer,
  { observe },
) => {
  const placed = toArrangement(exercise, answer);
  if (!placed)
    return { kind: 'trouble', problem: "the answer is no order of the exercise's lines" };
  const observed = await observe({
    request: requestFor(exercise, lesson, programWith(exercise, placed)),
    expectations: [{ id: expectId, kind: 'expect', source: exercise.expect }],
    patient: true,
    settledBy: expectId,
  });
  const { evidence, runs, trouble } = observed;
  if (trouble !== null) return { kind: 'trouble', problem: trouble };
  const isRight = held(observed, expectId);
  return {
    kind: 'judged',
    judged: {
      ...{ verdict: isRight ? 'right' : 'wrong', evidence, runs },
      failed: isRight ? null : 'own',
      unmet: isRight ? null : unmetOf(observed),
      // What is said of a distractor is found by its line: see `distractorsIn`.
      says: null,
    },
  };
};
