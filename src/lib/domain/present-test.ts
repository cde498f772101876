/**
 * Turns a learner's sittings of a lesson's Test into what the page may show. Of a question only what its own page
 * would show before the first answer, and less: how an item went comes only out of a sitting that is over.
 */
import { findExercise, type ServedExercise, type ServedLesson } from './catalogue.ts';
import type { HighlightCode } from './present-evidence.ts';
import { presentInOrder } from './present-exercise.ts';
import { toProse } from './prose.ts';
import type { Attempt, Round, RoundEnding } from './round.ts';
import {
  hasEnded,
  isPause,
  pauseBetweenSittings,
  type EndedSitting,
  type Sitting,
  type SittingItem,
} from './sitting.ts';
import { posteriorOf } from './strength/ability.ts';
import { testLength } from './strength/draw-next.ts';
import { presentEstimate } from './strength/present-estimate.ts';
import { sittingAnswers } from './strength/unaided-answers.ts';
import { nextAfterTest, type ObjectiveResult, type Standing } from './test-next.ts';
import { isRight } from './test-pool.ts';
import type {
  SittingSummary,
  TestBefore,
  TestItemView,
  TestOver,
  TestQuestion,
} from './test-view.ts';
import type { ExerciseView } from './views.ts';

/** What a test is, before the first sitting. */
export function presentBefore(): TestBefore {
  return { state: 'before', length: testLength, earlier: [] };
}

/** The open item of a sitting, and its exercise as it was drawn. */
export interface Question {
  sitting: Sitting;
  item: SittingItem;
  asked: ServedExercise;
}

/**
 * What is asked now.
 * @param sittings - All of the lesson, newest first.
 */
export function presentQuestion(
  { sitting, item, asked }: Question,
  sittings: readonly Sitting[],
  highlight: HighlightCode,
): TestQuestion {
  return {
    state: 'question',
    length: testLength,
    earlier: sittings.filter(hasEnded).map(summaryOf),
    ...{ sitting: sitting.id, number: item.number },
    exercise: withoutHelp(presentInOrder(asked, item.orderShown, undefined, highlight)),
  };
}

/**
 * What came of the newest sitting.
 * @param earlier - Those before it, newest first.
 */
export function presentOver(
  newest: EndedSitting,
  earlier: readonly EndedSitting[],
  standing: Standing,
  now: Date,
  highlight: HighlightCode,
): TestOver {
  const { served } = standing;
  const summary = summaryOf(newest);
  const objectives = objectivesOf(served, newest);
  return {
    state: 'over',
    length: testLength,
    earlier: earlier.map(summaryOf),
    result: {
      ...summary,
      items: newest.items.flatMap((item) => presentItem(served, item, highlight) ?? []),
      objectives: objectives.map(({ text, right, of }) => ({ text: toProse(text), right, of })),
      next: nextAfterTest(summary.verdict, objectives, standing),
    },
    againFrom: new Date(Date.parse(newest.endedAt) + pauseBetweenSittings).toISOString(),
    isAgainOpen: !isPause(newest.endedAt, now),
  };
}

function summaryOf({ id, endedAt, items }: EndedSitting): SittingSummary {
  return { id, endedAt, ...presentEstimate(posteriorOf(sittingAnswers(items))) };
}

function objectivesOf({ lesson }: ServedLesson, { items }: Sitting): ObjectiveResult[] {
  return lesson.objectives.flatMap(({ id, text }) => {
    const asked = items.filter(({ objective }) => objective === id);
    if (asked.length === 0) return [];
    return [{ id, text, right: asked.filter(isRight).length, of: asked.length }];
  });
}

/** How a round stands that had one attempt, or in which one was passed. */
const endings: Record<TestItemView['verdict'], RoundEnding> = {
  right: 'right',
  wrong: 'attempts',
  passed: 'shown',
};

/** @returns Null for an item that was never answered. */
function presentItem(
  served: ServedLesson,
  item: SittingItem,
  highlight: HighlightCode,
): TestItemView | null {
  const { number, difficulty, answered } = item;
  if (!answered) return null;
  const { verdict } = answered;
  const found = findExercise(served, item.exerciseUid);
  if (found?.exercise.contentVersion !== item.contentVersion) {
    return { number, difficulty, verdict, exercise: null, attempt: null, solution: null };
  }
  const round: Round = {
    ...{ number: 1, contentVersion: item.contentVersion, hintsShown: 0 },
    ...{ ending: endings[verdict], attempts: attemptsOf(item) },
  };
  const exercise = withoutHelp(presentInOrder(found, item.orderShown, round, highlight));
  const { attempts, solution } = exercise.round;
  return { number, difficulty, verdict, exercise, attempt: attempts[0] ?? null, solution };
}

/** The answer as the one attempt of a round; none where it was passed. */
function attemptsOf({ exerciseUid, answered }: SittingItem): Attempt[] {
  if (!answered || answered.verdict === 'passed' || answered.evidenceId === null) return [];
  const { verdict, evidenceId, answer, judged, at } = answered;
  return [{ id: exerciseUid, number: 1, verdict, evidenceId, answer, judged, at }];
}

/** A test has neither hints nor looks. */
function withoutHelp<View extends ExerciseView>(view: View): View {
  return { ...view, canLook: false, round: { ...view.round, hints: [], hintsLeft: 0 } };
}
