import { answerProblem } from '#lib/domain/answer-problem.ts';
import {
  findExercise,
  findLesson,
  type ServedCatalogue,
  type ServedExercise,
} from '#lib/domain/catalogue.ts';
import { normalAnswer } from '#lib/domain/normal-answer.ts';
import type { Lesson } from '#lib/domain/exercise.ts';
import { sameAnswer } from '#lib/domain/fillings.ts';
import { ratedTooSoon } from '#lib/domain/recall.ts';
import { orderFor } from '#lib/domain/present-exercise.ts';
import { attemptsAllowed, type Round } from '#lib/domain/round.ts';
import { notRuledHere, ruledByProof, ruledByRun, type Ruling } from '#lib/domain/ruling.ts';
import type { CorrectItems } from '#lib/domain/strength/item-steps.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import type { JudgeAnswer } from '../proof/judge-answer.ts';
import type { RecordedAttempt, Store } from '../store/port.ts';

export interface SubmitAttemptDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'recordAttempt' | 'selectLatestRounds'>;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  /** Runs an answer that no proof has run. */
  judgeAnswer: JudgeAnswer;
  /** Is told of what was newly kept, and not waited for. */
  correctItems: Pick<CorrectItems, 'afterAttempt'>;
  now: () => Date;
}

export interface SubmittedAttempt {
  learnerId: string;
  lessonId: string;
  exerciseUid: string;
  round: number;
  /** Made by the page for one press of "Check". */
  key: string;
  /** As an attempt keeps it; an empty string where nothing was chosen or put. */
  answer: string[];
}

export type SubmitAttemptResult =
  RecordedAttempt | Exclude<Ruling, { kind: 'ruled' }> | { kind: 'not-found' };

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
  const answer = normalAnswer(exercise, submitted.answer);
  const rounds = await deps.store.selectLatestRounds(submitted.learnerId, [exercise.uid]);
  const latest = rounds.get(exercise.uid);
  const tooSoon = ratedTooSoon(exercise, latest, submitted.round);
  if (tooSoon) return { kind: 'problem', problem: tooSoon };
  const found = { lesson: lesson.lesson, exercise, proof, latest };
  const ruling = await ruleOn(deps, { ...submitted, answer }, found);
  if (ruling.kind !== 'ruled') return ruling;
  const recorded = await deps.store.recordAttempt({
    learnerId: submitted.learnerId,
    exerciseUid: exercise.uid,
    contentVersion: exercise.contentVersion,
    round: submitted.round,
    key: submitted.key,
    orderShown: orderFor(served, submitted.learnerId),
    answer,
    verdict: ruling.verdict,
    evidenceId: ruling.evidenceId,
    judged: ruling.judged,
    helpUsed: latest?.hintsShown ?? 0,
    attemptsAllowed: attemptsAllowed(exercise),
    at: deps.now().toISOString(),
  });
  if (recorded.kind === 'recorded') {
    const { learnerId, lessonId } = submitted;
    const { round, attempt } = recorded;
    const made = { exerciseUid: exercise.uid, round, number: attempt.number };
    void deps.correctItems.afterAttempt({ learnerId, lessonId }, made);
  }
  return recorded;
}

/** An exercise, and what there is to rule on an answer by. */
interface Case extends ServedExercise {
  lesson: Lesson;
  /** The learner's newest round of it. */
  latest: Round | undefined;
}

async function ruleOn(
  deps: SubmitAttemptDeps,
  { answer, round, learnerId }: SubmittedAttempt,
  { lesson, exercise, proof, latest }: Case,
): Promise<Ruling | { kind: 'stale' }> {
  const byProof = ruledByProof({ exercise, proof }, answer);
  if (byProof) return byProof;
  // What was run in this round need not be run again: the store knows a replay from a repetition.
  const own = latest?.contentVersion === exercise.contentVersion ? latest : undefined;
  const same =
    own?.number === round && own.attempts.find((each) => sameAnswer(each.answer, answer));
  if (same) {
    const { verdict, evidenceId, judged } = same;
    return { kind: 'ruled', verdict, evidenceId, judged };
  }
  if (own && (own.number > round || (own.number === round && own.ending !== null))) {
    return { kind: 'stale' };
  }
  if (!deps.execution().available) return notRuledHere;
  return ruledByRun(await deps.judgeAnswer({ exercise, lesson, answer, owner: learnerId }));
}
