/** The exercises that a lesson's Test can ask, and the one that it asks next. */
import type { ServedExercise, ServedLesson } from './catalogue.ts';
import { judgingOf } from './judging.ts';
import { orderFor } from './present-exercise.ts';
import type { DrawnExercise, Sitting, SittingItem } from './sitting.ts';
import { drawNext, testLength, type TestExercise } from './strength/draw-next.ts';
import { modelOf, type ItemEstimates } from './strength/item-model.ts';

/** Of exercises of one program a test has one. */
const variantOf = ({ exercise }: ServedExercise) => exercise.program;

/**
 * What can be asked and judged.
 * @param canRun - Whether programs can be run on this host; where not, only what is looked up is asked.
 */
export function testPoolOf({ exercises }: ServedLesson, canRun: boolean): ServedExercise[] {
  return exercises.filter(
    ({ exercise, proof }) =>
      exercise.pool === 'test' &&
      (canRun || judgingOf[exercise.kind] === 'look-up') &&
      proof.status === 'proven',
  );
}

/**
 * Whether the lesson has a Test: enough exercises to fill one, and some of every objective, or else it could not say
 * that one knows the lesson. Those that have to be run do not count: a test must not depend on what the host can do.
 */
export function hasTest(served: ServedLesson): boolean {
  const pool = testPoolOf(served, false);
  const isAsked = (id: string) => pool.some(({ exercise }) => exercise.objective === id);
  return (
    new Set(pool.map(variantOf)).size >= testLength &&
    served.lesson.objectives.every(({ id }) => isAsked(id))
  );
}

/** @returns The exercise of a drawn item, if it can still be asked as it was drawn. */
export function findAsked(
  pool: readonly ServedExercise[],
  { exerciseUid, contentVersion }: DrawnExercise,
): ServedExercise | undefined {
  return pool.find(
    ({ exercise }) => exercise.uid === exerciseUid && exercise.contentVersion === contentVersion,
  );
}

/**
 * The item that comes next in a sitting of which every item is answered.
 * @param earlier - The learner's other sittings of the lesson, newest first.
 * @param estimates - What answers have said of the exercises; left out: nothing yet.
 * @returns Null: the sitting is over.
 */
export function drawItem(
  pool: readonly ServedExercise[],
  { id, seed, items }: Sitting,
  earlier: readonly Sitting[],
  estimates: ItemEstimates = new Map(),
): DrawnExercise | null {
  const variants = new Map(pool.map((served) => [served.exercise.uid, variantOf(served)]));
  const drawn = drawNext({
    pool: pool.map((served) => toTestExercise(served, estimates)),
    answers: items.map((item) => ({ exercise: asDrawn(item), isRight: isRight(item) })),
    seed,
    earlier: earlier.map((sitting) => sitting.items.map(({ exerciseUid }) => exerciseUid)),
    variantOf: ({ uid }) => variants.get(uid) ?? uid,
  });
  const served = pool.find(({ exercise }) => exercise.uid === drawn?.uid);
  if (!drawn || !served) return null;
  return {
    number: items.length + 1,
    exerciseUid: drawn.uid,
    contentVersion: served.exercise.contentVersion,
    orderShown: orderFor(served, id),
    ...{ objective: drawn.objective, difficulty: drawn.difficulty, model: drawn.item },
  };
}

/** Passing an item counts as not right. */
export function isRight({ answered }: SittingItem): boolean {
  return answered?.verdict === 'right';
}

const asDrawn = ({ exerciseUid, objective, difficulty, model }: SittingItem): TestExercise => ({
  ...{ uid: exerciseUid, objective, difficulty, item: model },
});

function toTestExercise(served: ServedExercise, estimates: ItemEstimates): TestExercise {
  const { uid, objective, difficulty } = served.exercise;
  return { uid, objective, difficulty, item: modelOf(served, estimates) };
}
