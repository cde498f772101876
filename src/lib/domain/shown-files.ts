/** The files that a learner edits, as a page shows them. */
import { pathsOf } from './code-answer.ts';
import type { CodeExercise, ProgramFiles } from './exercise.ts';

/** Their paths in the order in which they are shown: the program, then the others in order of path. */
export function shownPaths({ start, main }: Pick<CodeExercise, 'start' | 'main'>): string[] {
  return [main, ...pathsOf(start).filter((path) => path !== main)];
}

/** The answer that a page sends as the sources of its files, in the order in which it shows them. */
export function answerOfShown(
  exercise: Pick<CodeExercise, 'start' | 'main'>,
  sources: readonly string[],
): string[] {
  const shown = shownPaths(exercise);
  // As many as there are: how many there should be is for others to say.
  if (sources.length !== shown.length) return [...sources];
  return pathsOf(exercise.start).map((path) => sources[shown.indexOf(path)]!);
}

/**
 * What a learner begins with.
 * @param own - For a step of a project, what they have built so far. Without it its files are empty, for
 *   what it starts from is the solution of the step before.
 */
export function beginningOf(
  { start, pool }: Pick<CodeExercise, 'start' | 'pool'>,
  own: ProgramFiles | undefined,
): ProgramFiles {
  if (pool !== 'project') return start;
  return Object.fromEntries(pathsOf(start).map((path) => [path, own?.[path] ?? '']));
}
