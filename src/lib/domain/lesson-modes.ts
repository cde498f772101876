/** The modes of a lesson: which are there, how far a learner has come in each, and where to go on. */
import { findDocument, findExercise, type ServedLesson } from './catalogue.ts';
import { readingModes } from './document.ts';
import type { Pool } from './exercise.ts';
import type { ModeProgress } from './mode.ts';
import { isOfReview } from './review/card-exercises.ts';
import { hasTest } from './test-pool.ts';
import type { LessonView, ModeView, NextMode } from './views.ts';

interface ModeKind {
  /** The last part of its address. */
  mode: string;
  title: string;
  about: string;
  /** Whose exercises it shows; null: it is read, watched or measured, or asks what nobody is shown. */
  pool: Pool | null;
}

const performance = 'performance';
/** It comes back for ever: it is never done, and nothing leads on to it but the day on which something is due. */
const review = 'review';

/** Those that have a page, in the order in which a lesson recommends them. */
const modeKinds: ModeKind[] = [
  {
    mode: 'learn',
    title: 'Learn',
    about: 'A short introduction, around a program that you can change and run.',
    pool: null,
  },
  {
    mode: 'why',
    title: 'Why',
    about: 'What it costs to go without, and what is gained: before and after, measured.',
    pool: null,
  },
  {
    mode: 'deep-dive',
    title: 'Deep dive',
    about: 'What happens underneath, drawn, each claim shown by a program.',
    pool: null,
  },
  {
    mode: 'visualize',
    title: 'Visualize',
    about: 'Watch a program step by step, forward and back, and answer three questions about it.',
    pool: null,
  },
  {
    mode: 'try',
    title: 'Try',
    about: 'Short exercises with hints. After each answer you see what it did.',
    pool: 'try',
  },
  {
    mode: 'challenge',
    title: 'Challenge',
    about: 'Mixed exercises with two attempts each, for a badge.',
    pool: 'challenge',
  },
  {
    mode: 'project',
    title: 'Project',
    about: 'Build one small thing, step by step. Each step is run and checked.',
    pool: 'project',
  },
  {
    mode: performance,
    title: 'Performance',
    about: 'Guess how views fare under load, see what was measured, then change them and run them.',
    pool: null,
  },
  {
    mode: review,
    title: 'Review',
    about: 'What you learned here comes back before it is forgotten: a few questions a day.',
    pool: null,
  },
  {
    mode: 'test',
    title: 'Test',
    about: 'Ten questions, drawn for you, one answer each: do you know it? You can begin with it.',
    // Nobody is told how many exercises it draws from, nor which of them are solved.
    pool: null,
  },
];

/** Whether the mode has anything to show to learners. */
function hasContent(served: ServedLesson, { mode, pool }: ModeKind): boolean {
  if (mode === 'visualize') return Boolean(served.visualize);
  if (mode === performance) return Boolean(served.lab);
  if (mode === review) return served.exercises.some(isOfReview);
  if (mode === 'test') return hasTest(served);
  if (pool === null) return findDocument(served, mode) !== undefined;
  if (pool === 'project') return hasProject(served);
  return served.exercises.some(({ exercise }) => exercise.pool === pool);
}

/** A step builds on those before it, so a project of which something is held back cannot be gone through. */
function hasProject(served: ServedLesson): boolean {
  const { project } = served.lesson;
  if (!project || project.steps.length === 0) return false;
  const documents = [project.brief, ...project.steps.map(({ instructions }) => instructions)];
  return (
    documents.every(({ name }) => findDocument(served, name) !== undefined) &&
    project.steps.every(({ exercise }) => findExercise(served, exercise.uid) !== undefined)
  );
}

function progressOf({ exercises }: ServedLesson, pool: Pool, solved: ReadonlySet<string>) {
  const uids = exercises.flatMap(({ exercise }) => (exercise.pool === pool ? [exercise.uid] : []));
  return { done: uids.filter((uid) => solved.has(uid)).length, of: uids.length };
}

/** Whether the lesson has a page of this mode. */
export function hasMode(served: ServedLesson, mode: string): boolean {
  const kind = modeKinds.find((each) => each.mode === mode);
  return kind !== undefined && hasContent(served, kind);
}

/** Whether nothing in the mode is right or wrong, so that it is done when its reader says so. */
export function isDoneByReader(mode: string): boolean {
  return mode === performance || readingModes.some((each) => each === mode);
}

/**
 * @param solved - Uids of the exercises that the learner has answered right.
 * @param kept - What they opened and are done with, of this lesson.
 * @returns The modes that are there, in the order in which they are recommended.
 */
export function presentModes(
  served: ServedLesson,
  solved: ReadonlySet<string>,
  kept: readonly ModeProgress[],
): ModeView[] {
  const { lesson } = served;
  return modeKinds.flatMap((kind): ModeView[] => {
    const { mode, title, about, pool } = kind;
    const minutes = lesson.minutes[mode];
    if (minutes === undefined || !hasContent(served, kind)) return [];
    const progress = pool === null ? null : progressOf(served, pool, solved);
    const isKeptAsDone = kept.some((each) => each.mode === mode && each.doneAt !== null);
    return [
      {
        ...{ mode, title, about, minutes, progress },
        href: `/learn/${lesson.id}/${mode}`,
        isDone: progress === null ? isKeptAsDone : progress.done === progress.of,
      },
    ];
  });
}

const leadsOn = ({ mode }: Pick<ModeView, 'mode'>) => mode !== review;

/** @returns The mode to go to from this one: the next that is not done, else the first that is not. */
export function modeAfter(modes: LessonView['modes'], mode: string): ModeView | null {
  const place = modes.findIndex((each) => each.mode === mode);
  const isOpen = (each: ModeView) => leadsOn(each) && !each.isDone && each.mode !== mode;
  return modes.slice(place + 1).find(isOpen) ?? modes.find(isOpen) ?? null;
}

/**
 * Where a learner goes on.
 * @param kept - What they opened of this lesson, last one first.
 * @returns The mode opened last, until it is done; null when all are.
 */
export function nextMode(modes: ModeView[], kept: readonly ModeProgress[]): NextMode | null {
  const opened = kept.filter(
    (each) => leadsOn(each) && modes.some(({ mode }) => mode === each.mode),
  );
  const last = modes.find(({ mode }) => mode === opened[0]?.mode);
  if (last && !last.isDone) return { mode: last.mode, how: 'continue' };
  const next = last ? modeAfter(modes, last.mode) : modeAfter(modes, '');
  return (
    next && { mode: next.mode, how: last || modes.some(({ isDone }) => isDone) ? 'next' : 'begin' }
  );
}
