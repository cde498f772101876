import type { ServedLesson } from './catalogue.ts';
import { toProse } from './prose.ts';
import type { CatalogueView, LessonView, ModeView } from './views.ts';

/** The ten modes in the order in which a lesson offers them, with the last part of their address. */
const modes: [mode: string, title: string][] = [
  ['learn', 'Learn'],
  ['why', 'Why'],
  ['deep-dive', 'Deep dive'],
  ['visualize', 'Visualize'],
  ['try', 'Try'],
  ['challenge', 'Challenge'],
  ['project', 'Project'],
  ['performance', 'Performance'],
  ['review', 'Review'],
  ['test', 'Test'],
];

/** What the lesson's page shows. `solved` are uids that the learner has answered right. */
export function presentLesson(served: ServedLesson, solved: ReadonlySet<string>): LessonView {
  const { lesson, exercises, heldBack } = served;
  const href = `/learn/${lesson.id}`;
  const done = exercises.filter(({ exercise }) => solved.has(exercise.uid));
  return {
    id: lesson.id,
    href,
    track: lesson.track,
    unit: lesson.unit,
    title: lesson.title,
    summary: toProse(lesson.summary),
    runtime: { name: lesson.runtime, versions: exercises[0]?.proof.versions ?? {} },
    objectives: lesson.objectives.map(({ id, text }) => ({ id, text: toProse(text) })),
    modes: modes.flatMap(([mode, title]): ModeView[] => {
      const minutes = lesson.minutes[mode];
      return minutes === undefined ? [] : [{ mode, title, minutes, href: `${href}/${mode}` }];
    }),
    sources: lesson.sources,
    exercises: { shown: exercises.length, heldBack, done: done.length },
  };
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
