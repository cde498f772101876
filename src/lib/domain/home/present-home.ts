import type { ServedCatalogue, ServedExercise, ServedLesson } from '../catalogue.ts';
import type { ModeProgress } from '../mode.ts';
import { presentBadge } from '../present-badge.ts';
import { presentLesson } from '../present-lesson.ts';
import type { Round } from '../round.ts';
import type { LessonView } from '../views.ts';
import type { HomeBadge, HomeLesson, HomeView, LessonLink, OnwardView } from './home-view.ts';
import { practisedDays, type Done } from './practised-days.ts';

/** What is kept of a learner, as far as their home shows it. */
export interface KeptAtHome extends Done {
  /** What they opened, last one first. */
  modes: readonly ModeProgress[];
  /** Uids of the exercises that they answered right. */
  solved: ReadonlySet<string>;
  /** All rounds of the exercises of challenges, oldest first. */
  challenges: ReadonlyMap<string, readonly Round[]>;
}

/** Where the learner is, and when. */
export interface HomeMoment {
  now: Date;
  zone: string;
}

export function presentHome(
  { lessons }: ServedCatalogue,
  kept: KeptAtHome,
  { now, zone }: HomeMoment,
): HomeView {
  const views = lessons.map((served) => presentLesson(served, kept.solved, kept.modes));
  const badges = lessons.flatMap((served) => presentEarned(served, kept.challenges));
  const onward = presentOnward(views, kept.modes);
  const begun = lessons.filter((served) => isBegun(served, kept)).map(({ lesson }) => lesson.id);
  const isEmpty = onward.length === 0 && begun.length === 0;
  return {
    onward,
    lessons: views.filter(({ id }) => begun.includes(id)).map(homeLesson),
    days: practisedDays(kept, now, zone),
    badges,
    begin: isEmpty ? (views.flatMap(onwardOf)[0] ?? null) : null,
  };
}

/** The exercises of which a badge is made. */
export function challengeOf({ exercises }: ServedLesson): ServedExercise[] {
  return exercises.filter(({ exercise }) => exercise.pool === 'challenge');
}

/** Lessons that were opened and have something left, the one opened last first; then those never opened by a mode. */
function presentOnward(views: LessonView[], modes: readonly ModeProgress[]): OnwardView[] {
  const opened = [...new Set(modes.map(({ lessonId }) => lessonId))];
  const place = ({ id }: LessonView) => (opened.includes(id) ? opened.indexOf(id) : opened.length);
  return views
    .filter(({ next }) => next && next.how !== 'begin')
    .toSorted((a, b) => place(a) - place(b))
    .flatMap(onwardOf);
}

function onwardOf(view: LessonView): OnwardView[] {
  const { modes, next } = view;
  const mode = modes.find((each) => each.mode === next?.mode);
  if (!next || !mode) return [];
  const { title, href, minutes } = mode;
  return [{ lesson: linkTo(view), how: next.how, mode: { title, href, minutes } }];
}

/** Whether anything of the lesson was answered or done, be it right or wrong. */
function isBegun({ lesson }: ServedLesson, { rounds, sittings, modes }: KeptAtHome): boolean {
  const uids = new Set(lesson.exercises.map(({ uid }) => uid));
  return (
    modes.some(({ lessonId, doneAt }) => lessonId === lesson.id && doneAt !== null) ||
    rounds.some(({ exerciseUid, attempts }) => attempts.length > 0 && uids.has(exerciseUid)) ||
    sittings.some(({ lessonId, items }) => {
      return lessonId === lesson.id && items.some(({ answered }) => answered !== null);
    })
  );
}

function homeLesson(view: LessonView): HomeLesson {
  const { modes, exercises } = view;
  return {
    ...linkTo(view),
    modes: { done: modes.filter(({ isDone }) => isDone).length, of: modes.length },
    exercises: { shown: exercises.shown, done: exercises.done },
  };
}

function presentEarned(
  served: ServedLesson,
  rounds: ReadonlyMap<string, readonly Round[]>,
): HomeBadge[] {
  const badge = presentBadge(challengeOf(served), rounds);
  if (!badge.marks.some(({ earned }) => earned !== null)) return [];
  const { id, title } = served.lesson;
  const href = `/learn/${id}`;
  return [{ lesson: { id, title, href }, href: `${href}/challenge`, badge }];
}

function linkTo({ id, title, href }: LessonView): LessonLink {
  return { id, title, href };
}
