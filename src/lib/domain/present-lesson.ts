import type { ServedLesson } from './catalogue.ts';
import { openPools, type Exercise } from './exercise.ts';
import { nextMode, presentModes } from './lesson-modes.ts';
import type { ModeProgress } from './mode.ts';
import { toProse } from './prose.ts';
import type { Versions } from './run.ts';
import type { CatalogueView, LessonView, ModeView } from './views.ts';

const sumOf = (modes: ModeView[], part: 'done' | 'of') =>
  modes.reduce((sum, { progress }) => sum + (progress?.[part] ?? 0), 0);

/**
 * What the lesson's page shows.
 * @param solved - Uids that the learner has answered right.
 * @param kept - The modes that they opened, last one first; those of other lessons do not matter.
 */
export function presentLesson(
  served: ServedLesson,
  solved: ReadonlySet<string>,
  kept: readonly ModeProgress[],
): LessonView {
  const { lesson } = served;
  const ofLesson = kept.filter(({ lessonId }) => lessonId === lesson.id);
  const modes = presentModes(served, solved, ofLesson);
  return {
    id: lesson.id,
    href: `/learn/${lesson.id}`,
    track: lesson.track,
    unit: lesson.unit,
    title: lesson.title,
    summary: toProse(lesson.summary),
    runtime: { name: lesson.runtime, versions: versionsOf(served) },
    objectives: lesson.objectives.map(({ id, text }) => ({ id, text: toProse(text) })),
    modes,
    next: nextMode(modes, ofLesson),
    sources: lesson.sources,
    exercises: {
      ...{ shown: sumOf(modes, 'of'), done: sumOf(modes, 'done') },
      heldBack: heldBackOf(served),
    },
  };
}

/** How many are missing from the pages of the lesson; what no page shows is not missed on any. */
function heldBackOf({ lesson, exercises }: ServedLesson): number {
  const isOpen = ({ pool }: Exercise) => openPools.has(pool);
  const served = exercises.filter(({ exercise }) => isOpen(exercise));
  return lesson.exercises.filter(isOpen).length - served.length;
}

/** What the lesson runs on, as whatever of it was proven says. */
function versionsOf({ exercises, documents, visualize, lab }: ServedLesson): Versions {
  const served = [...exercises, ...documents, visualize, lab];
  return served.find((each) => each)?.proof.versions ?? {};
}

/** Groups lessons by track and unit, in the order in which they come. */
export function presentCatalogue(lessons: LessonView[]): CatalogueView {
  const tracks: CatalogueView['tracks'] = [];
  for (const lesson of lessons) {
    let track = tracks.find(({ slug }) => slug === lesson.track.slug);
    if (!track) tracks.push((track = { ...lesson.track, units: [] }));
    let unit = track.units.find(({ slug }) => slug === lesson.unit.slug);
    if (!unit) track.units.push((unit = { ...lesson.unit, lessons: [] }));
    unit.lessons.push(lesson);
  }
  return { tracks };
}
