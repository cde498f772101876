/** Answers that are programs: the source of each file that a learner edits, in order of path. */
import type { CodeExercise, ProgramFiles } from './exercise.ts';

/** Of all files of an answer together, in UTF-8: what a run's request can carry with room to spare. */
export const maxAnswerBytes = 64 * 1024;

/** The files' paths, in the order in which an answer has their sources. */
export function pathsOf(files: ProgramFiles): string[] {
  return Object.keys(files).sort();
}

export function answerOf(files: ProgramFiles): string[] {
  return pathsOf(files).map((path) => files[path]!);
}

/** @returns Null when it is not one source for each file that the exercise has. */
export function filesOf(
  { start }: Pick<CodeExercise, 'start'>,
  answer: readonly string[],
): ProgramFiles | null {
  const paths = pathsOf(start);
  if (paths.length !== answer.length) return null;
  return Object.fromEntries(paths.map((path, index) => [path, answer[index]!]));
}

/** Whether two sources differ in nothing but white space at the ends of lines and of the text. */
export function sameSource(left: string, right: string): boolean {
  return withoutEnds(left) === withoutEnds(right);
}

export function sameFiles(left: ProgramFiles, right: ProgramFiles): boolean {
  const [paths, others] = [pathsOf(left), pathsOf(right)];
  return (
    paths.length === others.length &&
    paths.every((path, index) => path === others[index] && sameSource(left[path]!, right[path]!))
  );
}

function withoutEnds(source: string): string {
  const lines = source.split('\n').map((line) => line.trimEnd());
  return lines.join('\n').trimEnd();
}

/** @returns Why an answer cannot be judged, as a sentence for the learner; null when it can. */
export function codeAnswerProblem(
  exercise: Pick<CodeExercise, 'start' | 'pool'>,
  answer: readonly string[],
): string | null {
  const files = filesOf(exercise, answer);
  if (!files) {
    return 'This answer does not have the files of the exercise. Reload the page and try again.';
  }
  if (answer.every((source) => source.trim() === '')) {
    return 'There is no program yet. This did not use an attempt.';
  }
  const bytes = answer.reduce((sum, source) => sum + utf8Length(source), 0);
  if (bytes > maxAnswerBytes) {
    return `A program may have ${maxAnswerBytes / 1024} KiB in all, and this one has more. Shorten it; no attempt was used.`;
  }
  if (!answer.every((source) => source.isWellFormed())) {
    return 'There is half of a character in it, which no file can hold. Type that place anew; no attempt was used.';
  }
  // Where a step of a project begins is the learner's own.
  if (exercise.pool !== 'project' && sameFiles(files, exercise.start)) {
    return 'This is still the program that you began with. Change it first; no attempt was used.';
  }
  return null;
}

const utf8Length = (text: string) => new TextEncoder().encode(text).length;
