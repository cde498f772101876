import { findLesson, type ServedCatalogue } from '#lib/domain/catalogue.ts';
import { dayOf } from '#lib/domain/day.ts';
import type { HighlightCode } from '#lib/domain/present-evidence.ts';
import { presentExercise } from '#lib/domain/present-exercise.ts';
import { presentLesson } from '#lib/domain/present-lesson.ts';
import {
  cardExercises,
  drawForCard,
  roundsByExercise,
  type CardExercises,
  type RoundsByExercise,
} from '#lib/domain/review/card-exercises.ts';
import type { ReviewCard } from '#lib/domain/review/card.ts';
import type { DueView } from '#lib/domain/review/due-view.ts';
import { cardsAfter, isCardOf, meetingsOf } from '#lib/domain/review/lesson-cards.ts';
import { findDrawn, presentDone, presentNext } from '#lib/domain/review/present-review.ts';
import type { Recent } from '#lib/domain/review/recent.ts';
import { reviewDay, type ReviewDay } from '#lib/domain/review/review-day.ts';
import type { ReviewDraw } from '#lib/domain/review/review-draw.ts';
import type { ReviewQuestion, ReviewRest } from '#lib/domain/review/review-view.ts';
import type { Round } from '#lib/domain/round.ts';
import type { ExecutionView, LessonView } from '#lib/domain/views.ts';
import type { Store } from '../store/port.ts';

export interface ReviewDeps {
  catalogue: ServedCatalogue;
  store: Pick<
    Store,
    | 'selectPractice'
    | 'markPractice'
    | 'selectSittings'
    | 'selectReviewDraws'
    | 'drawReview'
    | 'selectLatestRounds'
    | 'selectSolved'
    | 'selectModes'
  >;
  /** Whether programs can be run on this host. */
  execution: () => ExecutionView;
  highlight: HighlightCode;
  /** Cards of learners of late: working them out takes longer than all else of a page. */
  recentCards: Recent<LearnersCards>;
  now: () => Date;
}

/** What follows from all that a learner did. */
export interface LearnersCards {
  cards: ReadonlyMap<string, ReviewCard>;
  rounds: RoundsByExercise;
}

export interface ReviewingLearner {
  learnerId: string;
  /** Where they are, as a time zone. */
  zone: string;
}

/** Whose cards: those of all lessons (null), or of one. */
export type ReviewScope = string | null;

/** What is due today, all lessons together. */
export async function countDue(
  deps: Omit<ReviewDeps, 'highlight'>,
  learner: ReviewingLearner,
): Promise<DueView> {
  return (await readDay(deps, learner, null)).day.due;
}

/** Far more than it takes, whatever other pages do meanwhile. */
const mostSteps = 8;

/**
 * Finds what is asked now: the first of today's draws that is not over, else the next card is drawn, and written down
 * before it is shown.
 * @returns Uid of the exercise; null when nothing is left today.
 */
export async function askReview(
  deps: ReviewDeps,
  learner: ReviewingLearner,
  scope: ReviewScope,
): Promise<string | null> {
  for (let step = 0; step < mostSteps; step++) {
    const { day, askable, rounds, today } = await readDay(deps, learner, scope);
    const open = day.draws.find(({ isOver }) => !isOver);
    if (open) return open.draw.exerciseUid;
    const [card] = day.toDraw;
    const found = card === undefined ? undefined : askable.get(card);
    if (card === undefined || !found) return null;
    await deps.store.drawReview(
      {
        ...drawForCard(card, found.exercises, rounds, today),
        ...{ learnerId: learner.learnerId, at: deps.now().toISOString() },
      },
      day.gone.find((each) => each.card === card) ?? null,
    );
  }
  throw new Error('the review does not come to a question');
}

/**
 * One of today's questions, whether it is asked or over.
 * @returns Null when that exercise is none of them.
 */
export async function showReviewed(
  deps: ReviewDeps,
  learner: ReviewingLearner,
  scope: ReviewScope,
  uid: string,
): Promise<ReviewQuestion | null> {
  const { day, nearby } = await readDay(deps, learner, scope);
  const place = day.draws.findIndex(({ draw }) => draw.exerciseUid === uid);
  // Over midnight, or where the time zone has just become known, it is of another day and still goes on.
  const draw = day.draws[place]?.draw ?? nearby.find((each) => each.exerciseUid === uid);
  const found = draw && findDrawn(deps.catalogue, draw);
  if (!found) return null;
  const rounds = await deps.store.selectLatestRounds(learner.learnerId, [uid]);
  const latest = rounds.get(uid);
  const of = day.due.done + day.due.due;
  return {
    card: found.view,
    exercise: presentExercise(found.served, learner.learnerId, latest, deps.highlight),
    number: place < 0 ? of : place + 1,
    of,
    isOver: latest !== undefined && hasEnded(latest, draw),
    due: day.due,
  };
}

function hasEnded({ number, ending }: Round, draw: ReviewDraw): boolean {
  return number > draw.round || (number === draw.round && ending !== null);
}

/** What there is to say when nothing is asked. */
export async function showRest(
  deps: ReviewDeps,
  learner: ReviewingLearner,
  scope: ReviewScope,
): Promise<ReviewRest> {
  const [{ day, rounds, today }, onward] = await Promise.all([
    readDay(deps, learner, scope),
    findOnward(deps, learner, scope),
  ]);
  return {
    due: day.due,
    next: presentNext(day, today),
    done: presentDone(deps.catalogue, day, rounds),
    onward,
  };
}

interface ReadDay {
  day: ReviewDay;
  today: number;
  askable: ReadonlyMap<string, CardExercises>;
  rounds: RoundsByExercise;
  /** Draws of yesterday and tomorrow. */
  nearby: ReviewDraw[];
}

async function readDay(
  deps: Omit<ReviewDeps, 'highlight'>,
  learner: ReviewingLearner,
  scope: ReviewScope,
): Promise<ReadDay> {
  const { catalogue, store, execution, now } = deps;
  const { learnerId, zone } = learner;
  const today = dayOf(now(), zone);
  const [{ cards, rounds }, drawn] = await Promise.all([
    readCards(deps, learner),
    store.selectReviewDraws(learnerId, { from: today - 1, to: today + 1 }),
  ]);
  const askable = cardExercises(catalogue, execution().available);
  const draws = drawn.filter(({ day }) => day === today);
  return {
    day: reviewDay({ cards, rounds, draws }, askable, today, scope),
    nearby: drawn.filter(({ day, card }) => day !== today && isCardOf(card, scope)),
    ...{ today, askable, rounds },
  };
}

async function readCards(
  { catalogue, store, recentCards }: Omit<ReviewDeps, 'highlight'>,
  { learnerId, zone }: ReviewingLearner,
): Promise<LearnersCards> {
  const mark = await store.markPractice(learnerId);
  return recentCards.get(learnerId, [mark, zone, catalogue], async () => {
    const [rounds, sittings] = await Promise.all([
      store.selectPractice(learnerId),
      store.selectSittings(learnerId, null),
    ]);
    const cards = cardsAfter(meetingsOf(catalogue, { rounds, sittings }), zone);
    return { cards, rounds: roundsByExercise(rounds) };
  });
}

/** In the lesson, or in the one that was opened last. */
async function findOnward(
  { catalogue, store }: ReviewDeps,
  { learnerId }: ReviewingLearner,
  scope: ReviewScope,
): Promise<ReviewRest['onward']> {
  const [solved, kept] = await Promise.all([
    store.selectSolved(learnerId),
    store.selectModes(learnerId, scope),
  ]);
  const served = findLesson(catalogue, scope ?? kept[0]?.lessonId ?? '');
  if (!served) return null;
  const { title, modes, next }: LessonView = presentLesson(served, solved, kept);
  const mode = modes.find((each) => each.mode === next?.mode);
  return next && mode ? { lesson: title, mode, how: next.how } : null;
}
