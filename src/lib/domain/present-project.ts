import type { ServedExercise } from './catalogue.ts';
import type { Project } from './exercise.ts';
import type { HighlightCode } from './present-evidence.ts';
import { presentExercise } from './present-exercise.ts';
import { builtFiles, newestRight, startOf, type RoundsByUid } from './project.ts';
import { toProse } from './prose.ts';
import type { Round } from './round.ts';
import type { ProjectView, StepLink, StepView } from './views.ts';

/** A project as one learner stands in it. */
export function presentProject(
  project: Project,
  href: string,
  rounds: RoundsByUid,
  highlight: HighlightCode,
): ProjectView {
  const steps = project.steps.map(({ slug, exercise }): StepLink => {
    const ofStep = rounds.get(exercise.uid) ?? [];
    const { title, difficulty } = exercise;
    return { slug, title, difficulty, href: `${href}/${slug}`, ...standingOf(ofStep) };
  });
  const built = builtFiles(project, rounds);
  return {
    title: project.title,
    summary: toProse(project.summary),
    href,
    steps,
    next: steps.find(({ doneAt }) => doneAt === null)?.slug ?? null,
    built: Object.entries(built ?? {}).map(([path, source]) => ({ path, code: highlight(source) })),
  };
}

function standingOf(rounds: readonly Round[]): Pick<StepLink, 'doneAt' | 'attempts' | 'isShown'> {
  return {
    doneAt: newestRight(rounds)?.at ?? null,
    attempts: rounds.reduce((sum, { attempts }) => sum + attempts.length, 0),
    isShown: rounds.some(({ ending }) => ending === 'shown'),
  };
}

/**
 * One step as this learner sees it.
 * @param served - The step's exercise.
 */
export function presentStep(
  project: Project,
  slug: string,
  served: ServedExercise,
  learnerId: string,
  rounds: RoundsByUid,
  highlight: HighlightCode,
): StepView {
  const start = startOf(project, slug, rounds);
  const shared = { slug, title: served.exercise.title };
  if (!start) return { ...shared, start: null, exercise: null };
  const latest = rounds.get(served.exercise.uid)?.at(-1);
  return {
    ...shared,
    start: start.from,
    // The step's title stands above its instructions.
    exercise: {
      ...presentExercise(served, learnerId, latest, highlight, start.files),
      title: 'Your program',
    },
  };
}
