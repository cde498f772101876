import { answerProblem } from '#lib/domain/answer-problem.ts';
import { findExercise, findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { findAnswer } from '#lib/domain/present-evidence.ts';
import { orderFor } from '#lib/domain/present-exercise.ts';
import { attemptsAllowed } from '#lib/domain/round.ts';
import type { RecordedAttempt, Store } from '../store/port.ts';

export interface SubmitAttemptDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'recordAttempt' | 'selectLatestRounds'>;
  now: () => Date;
}

export interface SubmittedAttempt {
  learnerId: string;
  lessonId: string;
  exerciseUid: string;
  round: number;
  /** Made by the page for one press of "Check". */
  key: string;
  /** Tokens by blank, or one option id; an empty string where nothing was chosen. */
  answer: string[];
}

/** `problem` is a sentence for the learner; no attempt was used up by it. */
export type SubmitAttemptResult =
  RecordedAttempt | { kind: 'problem'; problem: string } | { kind: 'not-found' };

/**
 * Judges an answer by what happened when it was run, and keeps the attempt.
 * Resolves with `recorded` only when the attempt is on disk.
 */
export async function submitAttempt(
  deps: SubmitAttemptDeps,
  submitted: SubmittedAttempt,
): Promise<SubmitAttemptResult> {
  const lesson = findLesson(deps.catalogue, submitted.lessonId);
  const served = lesson && findExercise(lesson, submitted.exerciseUid);
  if (!served) return { kind: 'not-found' };
  const { exercise, proof } = served;
  const problem = answerProblem(exercise, submitted.answer);
  if (problem) return { kind: 'problem', problem };
  const proven = findAnswer(proof, submitted.answer);
  if (!proven) {
    return { kind: 'problem', problem: 'That is not one of the answers this exercise offers.' };
  }
  const rounds = await deps.store.selectLatestRounds(submitted.learnerId, [exercise.uid]);
  return deps.store.recordAttempt({
    learnerId: submitted.learnerId,
    exerciseUid: exercise.uid,
    contentVersion: exercise.contentVersion,
    round: submitted.round,
    key: submitted.key,
    orderShown: orderFor(exercise, submitted.learnerId),
    answer: submitted.answer,
    verdict: proven.observed,
    evidenceId: proven.evidence.id,
    judged: null,
    helpUsed: rounds.get(exercise.uid)?.hintsShown ?? 0,
    attemptsAllowed: attemptsAllowed(exercise.pool),
    at: deps.now().toISOString(),
  });
}
