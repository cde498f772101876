/**
 * How well a learner knows a lesson, from what they did. Ability rests on the newest Test that is over and on first
 * unaided answers since it began, without one on all of those; memory on every meeting with an objective. The two are
 * read apart, and neither moves the other.
 */
import type { ServedExercise, ServedLesson } from '../catalogue.ts';
import { dateOfDay, dayOf } from '../day.ts';
import type { PractisedRound } from '../practice.ts';
import { retrievability, type ReviewCard } from '../review/card.ts';
import { cardsAfter, meetingsOf, type Meeting } from '../review/lesson-cards.ts';
import { hasEnded, type EndedSitting, type Sitting } from '../sitting.ts';
import { posteriorOf, type Posterior } from './ability.ts';
import type { ItemEstimates } from './item-model.ts';
import { presentEstimate } from './present-estimate.ts';
import type {
  AbilityView,
  LessonStrength,
  MemoryView,
  StrengthPoint,
  StrengthView,
} from './strength-view.ts';
import {
  answersThatCount,
  isSince,
  newestTest,
  unaidedAnswers,
  type UnaidedAnswer,
} from './unaided-answers.ts';

/** A lesson, and what one learner did: of other lessons too, in any order. */
export interface LessonPractice {
  served: ServedLesson;
  rounds: readonly PractisedRound[];
  sittings: readonly Sitting[];
  estimates: ItemEstimates;
  /** Where the learner is. */
  zone: string;
}

/** What is known at the end of a day. */
interface Standing {
  day: number;
  /** The newest that is over. */
  test: EndedSitting | null;
  /** How many answers the ability rests on. */
  answers: number;
  ability: Posterior;
  /** All so far, outside of the Test, oldest first. */
  unaided: readonly UnaidedAnswer[];
  /** By `cardKey`. */
  cards: ReadonlyMap<string, ReviewCard>;
}

/** How it stands today. */
export function strengthOf(practice: LessonPractice, today: number): StrengthView {
  return todayOf(standingsOf(practice), practice.served, today);
}

/**
 * The same, with how it stood at the end of each day on which something was done, oldest first.
 * @returns Null: nothing of the lesson was answered.
 */
export function lessonStrengthOf(practice: LessonPractice, today: number): LessonStrength | null {
  const { served } = practice;
  const standings = standingsOf(practice);
  const strength = todayOf(standings, served, today);
  if (!isAnything(strength)) return null;
  return { lessonId: served.lesson.id, strength, history: pointsOf(standings, served) };
}

/** Whether there is anything to be said. */
export function isAnything({ ability, memory }: StrengthView): boolean {
  return ability !== null || memory !== null;
}

/** The lessons of which a learner has answered anything, each with the exercises that they met outside of its Test. */
export function practisedLessons(
  lessons: readonly ServedLesson[],
  { rounds, sittings }: Pick<LessonPractice, 'rounds' | 'sittings'>,
): { served: ServedLesson; met: ServedExercise[] }[] {
  const answered = new Set(rounds.map(({ exerciseUid }) => exerciseUid));
  const tested = new Set(sittings.map(({ lessonId }) => lessonId));
  return lessons
    .map((served) => ({
      served,
      met: served.exercises.filter(({ exercise }) => answered.has(exercise.uid)),
    }))
    .filter(({ served, met }) => tested.has(served.lesson.id) || met.length > 0);
}

function todayOf(
  standings: readonly Standing[],
  served: ServedLesson,
  today: number,
): StrengthView {
  const last = standings.at(-1);
  return last ? viewOf(last, served, today) : { ability: null, memory: null };
}

function pointsOf(standings: readonly Standing[], served: ServedLesson): StrengthPoint[] {
  return standings.map((standing) => ({
    date: dateOfDay(standing.day),
    ...viewOf(standing, served, standing.day),
  }));
}

function viewOf(standing: Standing, served: ServedLesson, day: number): StrengthView {
  return { ability: abilityOf(standing), memory: memoryOf(standing, served, day) };
}

function abilityOf({ ability, answers, test }: Standing): AbilityView | null {
  if (answers === 0) return null;
  return { ...presentEstimate(ability), answers, hasTest: test !== null };
}

function memoryOf({ cards }: Standing, { lesson }: ServedLesson, day: number): MemoryView | null {
  const left = [...cards.values()].flatMap((card) => retrievability(card, day) ?? []);
  if (left.length === 0) return null;
  const mean = left.reduce((sum, each) => sum + each, 0) / left.length;
  return { left: mean, met: left.length, of: lesson.objectives.length };
}

/** What was done on a day. */
interface DayOfPractice {
  answers: UnaidedAnswer[];
  /** Sittings that ended. */
  tests: EndedSitting[];
  meetings: Meeting[];
}

/** Day by day, each from the one before: what was done is gone through once. */
function standingsOf(practice: LessonPractice): Standing[] {
  const standings: Standing[] = [];
  let standing = atFirst;
  for (const [day, done] of daysOf(practice)) {
    const cards = cardsAfter(done.meetings, practice.zone, standing.cards);
    const unaided = [...standing.unaided, ...done.answers];
    standing = { ...abilityAfter(standing, done, unaided), day, cards, unaided };
    standings.push(standing);
  }
  return standings;
}

const atFirst: Standing = {
  ...{ day: 0, test: null, answers: 0, ability: posteriorOf([]) },
  ...{ unaided: [], cards: new Map() },
};

function abilityAfter(
  before: Standing,
  done: DayOfPractice,
  unaided: readonly UnaidedAnswer[],
): Pick<Standing, 'test' | 'answers' | 'ability'> {
  const test = newestTest(before.test ? [...done.tests, before.test] : done.tests);
  if (test === before.test) {
    const more = done.answers.filter((each) => isSince(test, each));
    const ability = posteriorOf(more, before.ability);
    return { test, ability, answers: before.answers + more.length };
  }
  const all = answersThatCount(test, unaided);
  return { test, ability: posteriorOf(all), answers: all.length };
}

/** The days on which something was done, oldest first. */
function daysOf(practice: LessonPractice): [number, DayOfPractice][] {
  const { served, rounds, sittings, estimates, zone } = practice;
  const days = new Map<number, DayOfPractice>();
  const on = (moment: string) => {
    const day = dayOf(new Date(moment), zone);
    const known = days.get(day) ?? { answers: [], tests: [], meetings: [] };
    days.set(day, known);
    return known;
  };
  const own = sittings.filter(({ lessonId }) => lessonId === served.lesson.id);
  for (const answer of unaidedAnswers(served, rounds, estimates))
    on(answer.at).answers.push(answer);
  for (const test of own.filter(hasEnded)) on(test.endedAt).tests.push(test);
  for (const meeting of meetingsOf({ lessons: [served] }, { rounds, sittings: own })) {
    on(meeting.at).meetings.push(meeting);
  }
  return [...days].sort(([a], [b]) => a - b);
}
