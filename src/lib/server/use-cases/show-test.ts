import type { CorrectItems } from '#lib/domain/strength/item-steps.ts';
import { findLesson, type ServedCatalogue, type ServedExercise } from '#lib/domain/catalogue.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import {
  presentBefore,
  presentOver,
  presentQuestion,
  type Question,
} from '#lib/domain/present-test.ts';
import { hasEnded, openItemOf, type Sitting } from '#lib/domain/sitting.ts';
import { estimatesOf } from '#lib/domain/strength/item-model.ts';
import type { Standing } from '#lib/domain/test-next.ts';
import { drawItem, findAsked, hasTest, testPoolOf } from '#lib/domain/test-pool.ts';
import type { TestView } from '#lib/domain/test-view.ts';
import type { ExecutionView, LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ShowTestDeps {
  catalogue: ServedCatalogue;
  store: Pick<
    Store,
    | 'selectSittings'
    | 'drawSittingItem'
    | 'dropSittingItem'
    | 'endSitting'
    | 'selectSolved'
    | 'selectModes'
    | 'selectItemModels'
  >;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  highlight: HighlightCode;
  /** Is told when a sitting is over, and not waited for. */
  correctItems: Pick<CorrectItems, 'afterSitting'>;
  now: () => Date;
}

/**
 * The lesson's Test as it stands for this learner. In an open sitting the next question is drawn here, and written
 * down before it is shown.
 * @returns Null when the lesson has no Test.
 */
export async function showTest(
  deps: ShowTestDeps,
  learnerId: string,
  lessonId: string,
): Promise<{ lesson: LessonView; test: TestView } | null> {
  const served = findLesson(deps.catalogue, lessonId);
  if (!served || !hasTest(served)) return null;
  const pool = testPoolOf(served, deps.execution().available);
  const carried = await carryOn(deps, learnerId, lessonId, pool);
  const [solved, kept] = await Promise.all([
    deps.store.selectSolved(learnerId),
    deps.store.selectModes(learnerId, lessonId),
  ]);
  const lesson = presentLesson(served, solved, kept);
  return { lesson, test: presentStanding(deps, carried, { served, modes: lesson.modes, solved }) };
}

function presentStanding(
  { now, highlight }: ShowTestDeps,
  { sittings, question }: CarriedOn,
  standing: Standing,
): TestView {
  if (question) return presentQuestion(question, sittings, highlight);
  const [newest, ...earlier] = sittings.filter(hasEnded);
  return newest ? presentOver(newest, earlier, standing, now(), highlight) : presentBefore();
}

interface CarriedOn {
  /** Newest first. */
  sittings: Sitting[];
  /** What is asked now; null when no sitting is open. */
  question: Question | null;
}

/** Far more than it takes, whatever other pages do meanwhile. */
const mostSteps = 8;

/** Sees to it that an open sitting has a question that can be answered, or else is over. */
async function carryOn(
  deps: ShowTestDeps,
  learnerId: string,
  lessonId: string,
  pool: readonly ServedExercise[],
): Promise<CarriedOn> {
  for (let step = 0; step < mostSteps; step++) {
    const sittings = await deps.store.selectSittings(learnerId, lessonId);
    const [newest, ...earlier] = sittings;
    if (!newest || newest.endedAt !== null) return { sittings, question: null };
    const item = openItemOf(newest);
    const asked = item && findAsked(pool, item);
    if (asked) return { sittings, question: { sitting: newest, item, asked } };
    await stepOn(deps, learnerId, newest, earlier, pool);
  }
  throw new Error(`the sitting of ${lessonId} does not come to a question`);
}

/** Takes back a question that cannot be answered any more; else draws the next, or ends the sitting. */
async function stepOn(
  { store, correctItems, now }: ShowTestDeps,
  learnerId: string,
  sitting: Sitting,
  earlier: Sitting[],
  pool: readonly ServedExercise[],
): Promise<void> {
  const ref = { learnerId, sitting: sitting.id, at: now().toISOString() };
  const item = openItemOf(sitting);
  if (item) return store.dropSittingItem(ref, item);
  const kept = await store.selectItemModels(pool.map(({ exercise }) => exercise.uid));
  const drawn = drawItem(pool, sitting, earlier, estimatesOf(pool, kept));
  if (drawn) return store.drawSittingItem(ref, drawn);
  const isOver = await store.endSitting(ref);
  if (isOver) void correctItems.afterSitting({ learnerId, lessonId: sitting.lessonId }, sitting.id);
}
