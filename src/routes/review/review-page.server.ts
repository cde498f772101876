/** What the pages of review do: those of all lessons, and those of one. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { findExercise } from '#lib/domain/catalogue.ts';
import { isDrawnNow } from '#lib/server/use-cases/is-drawn-now.ts';
import {
  askReview,
  showRest,
  showReviewed,
  type ReviewScope,
} from '#lib/server/use-cases/show-review.ts';
import {
  cardActions,
  formKeysOf,
  type CardEvent,
  type OnCard,
} from '../learn/[track]/[unit]/[lesson]/exercise-actions.server.ts';

type PageEvent = Pick<RequestEvent, 'locals' | 'request'>;

/** Where the review of one lesson is, or that of all. */
const addressOf = (scope: ReviewScope) => (scope === null ? '/review' : `/learn/${scope}/review`);

/**
 * Leads to what is asked now; says how it stands when that is nothing.
 * @throws Redirect to the page of the exercise that is asked.
 */
export async function loadReview({ locals, request }: PageEvent, scope: ReviewScope) {
  const { app, isNewLearner } = locals;
  // What a browser fetches in case it is wanted draws nothing; without a page it fetches it again.
  if (request.headers.has('sec-purpose')) error(503, 'This page is not made beforehand.');
  // Who has no cookie yet did nothing that could be asked again.
  const asked = isNewLearner ? null : await askReview(app, locals, scope);
  if (asked !== null) redirect(303, `${addressOf(scope)}/${asked}`);
  return { review: await showRest(app, locals, scope) };
}

/**
 * One of today's questions.
 * @throws Redirect to what is asked now, when this is none of them.
 */
export async function loadReviewed({ locals }: PageEvent, scope: ReviewScope, uid: string) {
  const review = await showReviewed(locals.app, locals, scope, uid);
  if (!review) redirect(303, addressOf(scope));
  return { review, formKeys: formKeysOf([review.exercise]) };
}

/** The forms of a question's card. @param scopeOf - Whose cards the page asks. */
export function reviewActions<Event extends CardEvent>(scopeOf: (event: Event) => ReviewScope) {
  return cardActions<Event>({
    mode: 'review',
    find: (event, uid) => findAsked(event, scopeOf(event), uid),
  });
}

/** Only what was drawn for this learner is taken: of the rest nobody is told that it is there. */
async function findAsked(
  { locals }: CardEvent,
  scope: ReviewScope,
  uid: string,
): Promise<OnCard | null> {
  const served = locals.app.catalogue.lessons.find((each) => findExercise(each, uid));
  const exercise = served && findExercise(served, uid)?.exercise;
  const lessonId = served?.lesson.id;
  if (!exercise || lessonId === undefined || (scope !== null && scope !== lessonId)) return null;
  const isDrawn = await isDrawnNow(locals.app, locals, { lesson: lessonId, exercise: uid });
  return isDrawn ? { lessonId, exercise } : null;
}
