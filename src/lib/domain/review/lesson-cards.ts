/**
 * A learner's cards, from what they did: each time an objective was met it was remembered, or not. A card is an objective
 * of a lesson; it begins with the first answer to any exercise of it.
 */
import type { ServedCatalogue } from '../catalogue.ts';
import { dayOf } from '../day.ts';
import type { Exercise } from '../exercise.ts';
import { lastMoment, type PractisedRound } from '../practice.ts';
import { ratingIn } from '../recall.ts';
import type { Sitting } from '../sitting.ts';
import { inTextOrder } from '../text-order.ts';
import { newCard, schedule, type ReviewCard } from './card.ts';
import { loadOf } from './daily-queue.ts';
import { gradeOf, type Grade } from './grade.ts';

/** A meeting with an objective. */
export interface Meeting {
  /** As `cardKey` makes it. */
  card: string;
  exerciseUid: string;
  grade: Grade;
  /** ISO date and time. */
  at: string;
}

/** Names a card among those of all lessons. */
export function cardKey(lessonId: string, objective: string): string {
  return `${lessonId}#${objective}`;
}

/** Whether the card is one of this lesson; null: of any. */
export function isCardOf(card: string, lessonId: string | null): boolean {
  return lessonId === null || card.startsWith(cardKey(lessonId, ''));
}

/** What a learner did, all lessons together. */
export interface Practice {
  rounds: readonly PractisedRound[];
  sittings: readonly Sitting[];
}

/** All meetings, oldest first. What is not served any more, and answers that a Test has not told yet, are left out. */
export function meetingsOf(catalogue: ServedCatalogue, { rounds, sittings }: Practice): Meeting[] {
  const known = exercisesOf(catalogue);
  const meetings: Meeting[] = [];
  for (const round of rounds) {
    const found = known.get(round.exerciseUid);
    const at = lastMoment(round);
    if (found && at !== null) {
      const { card, exercise } = found;
      meetings.push({ card, exerciseUid: exercise.uid, grade: gradeOfRound(exercise, round), at });
    }
  }
  for (const { endedAt, items } of sittings) {
    if (endedAt === null) continue;
    for (const { exerciseUid, answered, difficulty } of items) {
      const card = known.get(exerciseUid)?.card;
      if (card === undefined || !answered) continue;
      const isRight = answered.verdict === 'right';
      const grade = gradeOf({ isRight, attempts: 1, help: 'none', difficulty });
      meetings.push({ card, exerciseUid, grade, at: answered.at });
    }
  }
  return meetings.toSorted(
    (a, b) => inTextOrder(a.at, b.at) || inTextOrder(a.exerciseUid, b.exerciseUid),
  );
}

/**
 * The cards as they stand after these meetings. Of a day's meetings with an objective the first counts: what comes after
 * it on the same day is practice, and says nothing of what was remembered.
 * @param meetings - Oldest first.
 * @param zone - Where the learner is.
 * @param before - The cards as they stood before these; left out: there were none.
 * @returns By `cardKey`.
 */
export function cardsAfter(
  meetings: readonly Meeting[],
  zone: string,
  before: ReadonlyMap<string, ReviewCard> = new Map(),
): Map<string, ReviewCard> {
  const cards = new Map(before);
  for (const { card: key, grade, at } of meetings) {
    const day = dayOf(new Date(at), zone);
    const card = cards.get(key) ?? newCard(key, day);
    if (card.memory?.reviewedOn === day) continue;
    cards.set(key, schedule(card, grade, day, loadOf([...cards.values()])));
  }
  return cards;
}

function exercisesOf({ lessons }: ServedCatalogue) {
  const known = new Map<string, { card: string; exercise: Exercise }>();
  for (const { lesson, exercises } of lessons) {
    for (const { exercise } of exercises) {
      known.set(exercise.uid, { card: cardKey(lesson.id, exercise.objective), exercise });
    }
  }
  return known;
}

function gradeOfRound({ kind, difficulty }: Exercise, round: PractisedRound): Grade {
  const rated = kind === 'recall' ? ratingIn(round.attempts.at(-1)?.chosen) : null;
  if (rated) return rated;
  return gradeOf({
    isRight: round.ending === 'right',
    attempts: round.attempts.length,
    help: round.ending === 'shown' ? 'solution' : round.hintsShown > 0 ? 'hints' : 'none',
    difficulty,
  });
}
