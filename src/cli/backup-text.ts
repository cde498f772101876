/** What `assay backup` and `assay restore` say alike. */
import type { backUp } from '#lib/server/app.ts';
import { CommandProblem } from './command-problem.ts';

/** @throws {CommandProblem} When not exactly one file was named. */
export function onlyFile(positionals: string[], usage: string): string {
  const [file, ...others] = positionals;
  if (file === undefined || file === '' || others.length > 0) {
    throw new CommandProblem('This command takes one file.', usage);
  }
  return file;
}

/** `1 learner, 2 attempts, 0 reports` */
export function contentsText(contents: ReturnType<typeof backUp>['contents']): string {
  const { learners, attempts, reports } = contents;
  return [
    counted(learners, 'learner'),
    counted(attempts, 'attempt'),
    counted(reports, 'report'),
  ].join(', ');
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
