/** A program in files, as an answer and back: sources in order of path. */
import type { CodeExercise, ProgramFiles } from './exercise.ts';

/** Paths in the order in which an answer has their sources. */
export function pathsOf(files: ProgramFiles): string[] {
  return Object.keys(files).sort();
}

/** The source of each file, in order of path: the program as an answer. */
export function sourcesOf(files: ProgramFiles): string[] {
  return pathsOf(files).map((path) => files[path]!);
}

/** The source of one file in an answer; undefined when the answer has none. */
export function sourceIn(answer: readonly string[], files: ProgramFiles, path: string) {
  return answer[pathsOf(files).indexOf(path)];
}

/** The files that are edited, as a page shows them: the program, then the others in order of path. */
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
