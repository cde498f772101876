/** What a kind of exercise is to the judging of answers that were not run in its proof. */
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';
import type { JudgedAnswer } from '#lib/domain/proof.ts';
import type { Observe } from '../code-checks.ts';

export interface JudgeTools {
  observe: Observe;
  /** Fresh for each answer. */
  seed: number;
}

/** `trouble`: the host's, in a person's words; nothing is learnt of the answer by it. */
export type JudgedByKind =
  | { kind: 'judged'; judged: Omit<JudgedAnswer, 'versions' | 'at'> }
  | { kind: 'trouble'; problem: string };

/** @param answer - As an attempt keeps it; it has been looked at by `answerProblem`. */
export type JudgeOfKind<E extends Exercise = Exercise> = (
  exercise: E,
  lesson: Lesson,
  answer: readonly string[],
  tools: JudgeTools,
) => Promise<JudgedByKind>;
