/** The files of a program as they are edited, and as an answer: sources in order of path. */
import type { CodeView } from '../domain/views.ts';

const inOrder = ({ files }: Pick<CodeView, 'files'>) =>
  files.toSorted((left, right) => (left.path < right.path ? -1 : 1));

/** The answer that these texts are; of a file that is not named, what it is at the start. */
export function sourcesIn(
  view: Pick<CodeView, 'files'>,
  texts: Readonly<Record<string, string>>,
): string[] {
  return inOrder(view).map(({ path, source }) => texts[path] ?? source);
}

/** The texts of an answer, by path. */
export function textsIn(
  view: Pick<CodeView, 'files'>,
  answer: readonly string[],
): Record<string, string> {
  return Object.fromEntries(inOrder(view).map(({ path }, index) => [path, answer[index] ?? '']));
}
