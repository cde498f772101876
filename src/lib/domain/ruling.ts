/** How an answer comes to its verdict: by what was proven of it, or by a run of its own. */
import type { ServedExercise } from './catalogue.ts';
import { judgingOf } from './judging.ts';
import { lookUp } from './look-up.ts';
import { verdictOfRating } from './recall.ts';
import type { JudgedAnswer } from './proof.ts';
import type { Attempt } from './round.ts';

/** What running an answer came to. `busy` and `trouble` say nothing of the answer: no attempt is used by them. */
export type JudgeResult =
  | { kind: 'judged'; judged: JudgedAnswer }
  | { kind: 'busy'; retryAfterSeconds: number }
  /** `problem` is for the log: it may speak of the host. */
  | { kind: 'trouble'; problem: string };

/** A verdict, and what it rests on. */
export type Verdict = Pick<Attempt, 'verdict' | 'evidenceId' | 'judged'>;

/**
 * `problem` is a sentence for the learner; no attempt was used up by it. `not-judged`: that is the host's,
 * and the same answer may be judged another time.
 */
export type Ruling =
  ({ kind: 'ruled' } & Verdict) | { kind: 'problem' | 'not-judged'; problem: string };

/** In the place of a run record's name, where nothing was there to be run. */
const noEvidence = 'none';

/**
 * The ruling that needs no run.
 * @param answer - As an attempt keeps it; `answerProblem` has found nothing wrong with it.
 * @returns Null: the answer has to be run.
 */
export function ruledByProof({ exercise, proof }: ServedExercise, answer: string[]): Ruling | null {
  const judging = judgingOf[exercise.kind];
  if (judging === 'rated') {
    const evidenceId = lookUp(exercise, proof, answer)?.evidence.id ?? noEvidence;
    return { kind: 'ruled', verdict: verdictOfRating(answer), evidenceId, judged: null };
  }
  const proven = judging === 'run' ? undefined : lookUp(exercise, proof, answer);
  if (proven) {
    const { observed: verdict, evidence } = proven;
    return { kind: 'ruled', verdict, evidenceId: evidence.id, judged: null };
  }
  if (judging !== 'look-up') return null;
  return { kind: 'problem', problem: 'That is not one of the answers this exercise offers.' };
}

/** Where programs cannot be run. */
export const notRuledHere: Ruling = {
  kind: 'not-judged',
  problem:
    'Programs cannot be run on this site, so it cannot say whether this answer is right. No attempt was used.',
};

/** The ruling by a run. */
export function ruledByRun(result: JudgeResult): Ruling {
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
