/** With which exercises a card can be asked, and which of them is next. */
import type { ServedCatalogue, ServedExercise } from '../catalogue.ts';
import type { Lesson, Objective, Pool } from '../exercise.ts';
import { judgingOf } from '../judging.ts';
import { lastMoment, type PractisedRound } from '../practice.ts';
import { cardKey } from './lesson-cards.ts';
import type { ReviewDraw } from './review-draw.ts';

/** What a Test asks is kept for it, and a project's steps build on each other. */
const reviewPools: ReadonlySet<Pool> = new Set<Pool>(['review', 'try', 'challenge']);

export function isOfReview({ exercise }: Pick<ServedExercise, 'exercise'>): boolean {
  return reviewPools.has(exercise.pool);
}

/** What a card is about, and the exercises that can be asked of it. */
export interface CardExercises {
  lesson: Lesson;
  objective: Objective;
  exercises: ServedExercise[];
}

/**
 * Of all lessons, by `cardKey`; a card of which nothing can be asked is left out.
 * @param canRun - Whether programs can be run on this host; where not, only what is looked up is asked.
 */
export function cardExercises(
  { lessons }: ServedCatalogue,
  canRun: boolean,
): Map<string, CardExercises> {
  const found = new Map<string, CardExercises>();
  for (const { lesson, exercises } of lessons) {
    for (const objective of lesson.objectives) {
      const own = exercises.filter(
        (each) => each.exercise.objective === objective.id && canAsk(each, canRun),
      );
      if (own.length > 0) {
        found.set(cardKey(lesson.id, objective.id), { lesson, objective, exercises: own });
      }
    }
  }
  return found;
}

function canAsk(served: ServedExercise, canRun: boolean): boolean {
  return isOfReview(served) && served.proof.status === 'proven' && (canRun || !needsRun(served));
}

/** Whether its answers, or some of them, have to be run. */
function needsRun({ exercise }: ServedExercise): boolean {
  return judgingOf[exercise.kind].endsWith('run');
}

/** A learner's rounds by exercise, each exercise's oldest first. */
export type RoundsByExercise = ReadonlyMap<string, readonly PractisedRound[]>;

export function roundsByExercise(rounds: readonly PractisedRound[]): RoundsByExercise {
  const found = new Map<string, PractisedRound[]>();
  for (const round of rounds) {
    const own = found.get(round.exerciseUid);
    if (own) own.push(round);
    else found.set(round.exerciseUid, [round]);
  }
  return found;
}

/**
 * Draws the exercise that was not met for longest: first those never met, of these the review's own, and what is
 * judged at once before what has to be run. One that is being worked at is left alone, if there is another.
 * @param exercises - Those of the card, at least one.
 */
export function drawForCard(
  card: string,
  exercises: readonly ServedExercise[],
  rounds: RoundsByExercise,
  day: number,
): ReviewDraw {
  const ranks = new Map(
    exercises.map((served) => [served, rankOf(served, rounds.get(served.exercise.uid) ?? [])]),
  );
  const [first] = exercises.toSorted((a, b) => compare(ranks.get(a)!, ranks.get(b)!));
  const { uid: exerciseUid, contentVersion } = first!.exercise;
  const round = roundToAsk(contentVersion, rounds.get(exerciseUid)?.at(-1));
  return { day, card, exerciseUid, contentVersion, round };
}

/** A new round; one that is open, and in which nothing was answered, is as good as new. */
function roundToAsk(contentVersion: string, latest: PractisedRound | undefined): number {
  if (!latest) return 1;
  const isOpen = latest.ending === null && latest.contentVersion === contentVersion;
  return isOpen ? latest.number : latest.number + 1;
}

/** What counts first comes first; the least is drawn. */
type Rank = [isUnderWay: number, lastMet: string, isOfOther: number, isRun: number];

function rankOf(served: ServedExercise, rounds: readonly PractisedRound[]): Rank {
  const { pool, contentVersion } = served.exercise;
  const latest = rounds.at(-1);
  const isUnderWay =
    latest?.ending === null &&
    latest.contentVersion === contentVersion &&
    latest.attempts.length > 0;
  const met = rounds.flatMap((round) => lastMoment(round) ?? []);
  return [
    Number(isUnderWay),
    met.toSorted().at(-1) ?? '',
    Number(pool !== 'review'),
    Number(needsRun(served)),
  ];
}

function compare(a: Rank, b: Rank): number {
  const place = a.findIndex((each, index) => each !== b[index]);
  return place < 0 ? 0 : a[place]! < b[place]! ? -1 : 1;
}
