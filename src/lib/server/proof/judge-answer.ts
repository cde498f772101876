/** Judges answers to open kinds at answer time: those that no proof has run. */
import type { Exercise, Kind, Lesson } from '#lib/domain/exercise.ts';
import type { JudgeResult } from '#lib/domain/ruling.ts';
import type { Asker, Sandbox } from '../sandbox/port.ts';
import { judgeCode } from './kinds/code-judge.ts';
import type { JudgeOfKind } from './kinds/judge.ts';
import { judgeOrder } from './kinds/order-judge.ts';
import { observe, type Bench } from './observe.ts';

const judges: { [K in Kind]?: JudgeOfKind<Extract<Exercise, { kind: K }>> } = {
  fix: judgeCode,
  write: judgeCode,
  order: judgeOrder,
};

/** An answer to be judged. */
export interface AskedAnswer {
  exercise: Exercise;
  lesson: Lesson;
  /** As an attempt keeps it; `answerProblem` has found nothing wrong with it. */
  answer: readonly string[];
  /** Between whom places are shared out: a learner's id. */
  owner: string;
}

export type JudgeAnswer = (asked: AskedAnswer) => Promise<JudgeResult>;

/** Nothing is kept of what is run here: a learner's programs are their own. */
export interface JudgeBench extends Omit<Bench, 'keeper' | 'failedRows'> {
  owner: string;
  /** ISO date and time. */
  now(): string;
}

/** How long an answer's runs may wait for places, in milliseconds: a proxy does not wait much longer. */
const longestWait = 30_000;

/**
 * Runs one answer and judges it. Never rejects for what a program does.
 * @param answer - As an attempt keeps it; `answerProblem` has found nothing wrong with it.
 * @param seed - Of the inputs; fresh for each answer.
 */
export async function judgeAnswer(
  exercise: Exercise,
  lesson: Lesson,
  answer: readonly string[],
  bench: JudgeBench,
  seed: number,
): Promise<JudgeResult> {
  const judge = judges[exercise.kind] as JudgeOfKind | undefined;
  if (!judge) return { kind: 'trouble', problem: `no answer to ${exercise.kind} is run` };
  const asking = asOwner(bench.sandbox, bench.owner);
  const { now, owner: _, ...parts } = bench;
  const inner: Bench = { ...parts, sandbox: asking.sandbox, keeper: null };
  const result = await judge(exercise, lesson, answer, {
    observe: (asked) => observe(inner, asked),
    seed,
  });
  if (result.kind === 'judged') {
    const { versions } = bench.runtime;
    return { kind: 'judged', judged: { ...result.judged, versions, at: now() } };
  }
  const retryAfterSeconds = asking.busyFor();
  return retryAfterSeconds === null ? result : { kind: 'busy', retryAfterSeconds };
}

/** The sandbox as one learner asks it, and when to come again, once it has said that it is busy. */
function asOwner(sandbox: Bench['sandbox'], owner: string) {
  const deadline = performance.now() + longestWait;
  let busyFor: number | null = null;
  const asking: Pick<Sandbox, 'run' | 'judge'> = {
    run: async (request) => {
      const asker: Asker = { owner, maxWaitMs: Math.max(1, deadline - performance.now()) };
      const result = await sandbox.run(request, asker);
      // Busy at first and then not is no reason for what comes later.
      busyFor = result.outcome === 'busy' ? (result.retryAfterSeconds ?? 1) : null;
      return result;
    },
    judge: (request) => sandbox.judge(request),
  };
  return { sandbox: asking, busyFor: () => busyFor };
}
