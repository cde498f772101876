import { answerProblem } from '#lib/domain/answer-problem.ts';
import {
  findLesson,
  type ServedCatalogue,
  type ServedExercise,
  type ServedLesson,
} from '#lib/domain/catalogue.ts';
import { normalAnswer } from '#lib/domain/normal-answer.ts';
import { notRuledHere, ruledByProof, ruledByRun, type Ruling } from '#lib/domain/ruling.ts';
import type { Sitting, SittingAnswer, SittingItem } from '#lib/domain/sitting.ts';
import { drawItem, findAsked, hasTest, testPoolOf } from '#lib/domain/test-pool.ts';
import type { CorrectItems } from '#lib/domain/strength/item-steps.ts';
import type { ExecutionView } from '#lib/domain/views.ts';
import type { JudgeAnswer } from '../proof/judge-answer.ts';
import type { RecordedSittingAnswer, Store } from '../store/port.ts';

export interface AnswerSittingDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'selectSittings' | 'answerSittingItem'>;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  /** Runs an answer that no proof has run. */
  judgeAnswer: JudgeAnswer;
  /** Is told when a sitting is over, and not waited for. */
  correctItems: Pick<CorrectItems, 'afterSitting'>;
  now: () => Date;
}

export interface GivenToSitting {
  learnerId: string;
  lessonId: string;
  sitting: string;
  /** Of the item. */
  number: number;
  exerciseUid: string;
  /** Made by the page for one form. */
  key: string;
  /** As an attempt keeps it, an empty string where nothing was chosen or put; null: it is passed. */
  answer: string[] | null;
}

/** `problem` and `not-judged` have a sentence for the learner, and nothing was kept. */
export type AnswerSittingResult =
  { kind: RecordedSittingAnswer } | Exclude<Ruling, { kind: 'ruled' }> | { kind: 'not-found' };

type Ruled = Pick<SittingAnswer, 'answer' | 'verdict' | 'evidenceId' | 'judged'>;

/**
 * Answers the question that a sitting asks now, or passes it. With the last one the sitting is over.
 * What came of it is not told: the page tells when the sitting is over.
 */
export async function answerSitting(
  deps: AnswerSittingDeps,
  given: GivenToSitting,
): Promise<AnswerSittingResult> {
  const served = findLesson(deps.catalogue, given.lessonId);
  if (!served || !hasTest(served)) return { kind: 'not-found' };
  const sittings = await deps.store.selectSittings(given.learnerId, given.lessonId);
  const sitting = sittings.find(({ id }) => id === given.sitting);
  const item = sitting?.items.find(({ number }) => number === given.number);
  if (!sitting || item?.exerciseUid !== given.exerciseUid) return { kind: 'refused' };
  // Whether this is the answer that was given before, by its key, is the store's to say.
  if (item.answered) return keep(deps, given, item.answered, false);
  const pool = testPoolOf(served, deps.execution().available);
  const asked = findAsked(pool, item);
  if (!asked) return { kind: 'refused' };
  const ruling = given.answer
    ? await ruleOn(deps, given.learnerId, { served, asked, answer: given.answer })
    : passed;
  if (ruling.kind !== 'ruled') return ruling;
  const earlier = sittings.filter((each) => each !== sitting);
  const after = withAnswer(sitting, item, { ...ruling, at: deps.now().toISOString() });
  return keep(deps, given, ruling, drawItem(pool, after, earlier) === null);
}

const passed = {
  kind: 'ruled' as const,
  ...{ answer: [], verdict: 'passed' as const, evidenceId: null, judged: null },
};

/** An answer, and what there is to rule on it by. */
interface Case {
  served: ServedLesson;
  asked: ServedExercise;
  answer: string[];
}

async function ruleOn(
  deps: AnswerSittingDeps,
  owner: string,
  { served: { lesson }, asked, answer: given }: Case,
): Promise<({ kind: 'ruled' } & Ruled) | Exclude<Ruling, { kind: 'ruled' }>> {
  const { exercise } = asked;
  const problem = answerProblem(exercise, given);
  if (problem) return { kind: 'problem', problem };
  const answer = normalAnswer(exercise, given);
  const byRun = async () =>
    deps.execution().available
      ? ruledByRun(await deps.judgeAnswer({ exercise, lesson, answer, owner }))
      : notRuledHere;
  const ruling = ruledByProof(asked, answer) ?? (await byRun());
  return ruling.kind === 'ruled' ? { ...ruling, answer } : ruling;
}

function withAnswer(sitting: Sitting, item: SittingItem, answered: SittingAnswer): Sitting {
  const items = sitting.items.map((each) => (each === item ? { ...each, answered } : each));
  return { ...sitting, items };
}

async function keep(
  { store, correctItems, now }: AnswerSittingDeps,
  { learnerId, lessonId, sitting, number, key }: GivenToSitting,
  { answer, verdict, evidenceId, judged }: Ruled,
  isLast: boolean,
): Promise<{ kind: RecordedSittingAnswer }> {
  const at = now().toISOString();
  const ruled = { answer, verdict, evidenceId, judged };
  const ref = { learnerId, sitting, number, key };
  const kind = await store.answerSittingItem({ ...ref, ...ruled, isLast, at });
  if (kind === 'recorded' && isLast) {
    void correctItems.afterSitting({ learnerId, lessonId }, sitting);
  }
  return { kind };
}
