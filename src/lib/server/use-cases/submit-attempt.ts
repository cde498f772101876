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
import { judgingOf } from '#lib/domain/judging.ts';
import { lookUp } from '#lib/domain/look-up.ts';
import { orderFor } from '#lib/domain/present-exercise.ts';
import { attemptsAllowed, type Attempt, type Round } from '#lib/domain/round.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import type { JudgeAnswer, JudgeResult } from '../proof/judge-answer.ts';
import type { RecordedAttempt, Store } from '../store/port.ts';

export interface SubmitAttemptDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'recordAttempt' | 'selectLatestRounds'>;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  /** Runs an answer that no proof has run. */
  judgeAnswer: JudgeAnswer;
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

/**
 * `problem` is a sentence for the learner; no attempt was used up by it. `not-judged`: that is the host's,
 * and the same answer may be judged another time.
 */
export type SubmitAttemptResult =
  RecordedAttempt | { kind: 'problem' | 'not-judged'; problem: string } | { kind: 'not-found' };

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
  const found = { lesson: lesson.lesson, exercise, proof, latest };
  const ruling = await ruleOn(deps, { ...submitted, answer }, found);
  if (ruling.kind !== 'ruled') return ruling;
  return deps.store.recordAttempt({
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
    attemptsAllowed: attemptsAllowed(exercise.pool),
    at: deps.now().toISOString(),
  });
}

/** An exercise, and what there is to rule on an answer by. */
interface Case extends ServedExercise {
  lesson: Lesson;
  /** The learner's newest round of it. */
  latest: Round | undefined;
}

type Ruling =
  | ({ kind: 'ruled' } & Pick<Attempt, 'verdict' | 'evidenceId' | 'judged'>)
  | { kind: 'problem' | 'not-judged'; problem: string }
  | { kind: 'stale' };

async function ruleOn(
  deps: SubmitAttemptDeps,
  submitted: SubmittedAttempt,
  { lesson, exercise, proof, latest }: Case,
): Promise<Ruling> {
  const { answer, round, learnerId } = submitted;
  const judging = judgingOf[exercise.kind];
  const proven = judging === 'run' ? undefined : lookUp(exercise, proof, answer);
  if (proven) {
    const { observed: verdict, evidence } = proven;
    return { kind: 'ruled', verdict, evidenceId: evidence.id, judged: null };
  }
  if (judging === 'look-up') {
    return { kind: 'problem', problem: 'That is not one of the answers this exercise offers.' };
  }
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
  if (!deps.execution().available) return { kind: 'not-judged', problem: notHere };
  return ruledBy(await deps.judgeAnswer({ exercise, lesson, answer, owner: learnerId }));
}

const notHere =
  'Programs cannot be run on this site, so it cannot say whether this answer is right. No attempt was used.';

function ruledBy(result: JudgeResult): Ruling {
  if (result.kind === 'judged') {
    const { judged } = result;
    return { kind: 'ruled', verdict: judged.verdict, evidenceId: judged.evidence.id, judged };
  }
  if (result.kind === 'busy') {
    const { retryAfterSeconds: n } = result;
    const seconds = n === 1 ? 'a second' : `${n} seconds`;
    const problem = `Too many programs are waiting to be run. Try again in ${seconds}; no attempt was used.`;
    return { kind: 'not-judged', problem };
  }
  return {
    kind: 'not-judged',
    problem:
      'Your answer could not be run just now, which says nothing of it. Try again; no attempt was used.',
  };
}
