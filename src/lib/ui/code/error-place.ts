/** Where in a learner's own files an error is to be marked. */
import type { RunFailure } from '../../domain/run.ts';

export interface MarkedLine {
  file: string;
  /** 1-based. */
  line: number;
  /** What stands beside it. */
  says: string;
}

/**
 * @param files - The learner's files and those shown beside them, the program first.
 * @param stderr - Where Python says in which file it could not go on reading: an error's steps have no step
 *   for a file that never ran.
 * @returns The innermost line of these files; null when the error passed none of them.
 */
export function markedLine(error: RunFailure, files: string[], stderr: string): MarkedLine | null {
  const place = unreadPlace(error, files, stderr) ?? lastStep(error, files) ?? own(error, files);
  if (!place) return null;
  const first = error.message.split('\n')[0] ?? '';
  return { ...place, says: first ? `${error.type}: ${first}` : error.type };
}

function unreadPlace({ type }: RunFailure, files: string[], stderr: string) {
  if (!/^(Syntax|Indentation|Tab)Error$/.test(type)) return null;
  const [, path = '', line] = [...stderr.matchAll(/^ *File "([^"]+)", line (\d+)/gm)].at(-1) ?? [];
  const file = files.find((each) => path === each || path.endsWith(`/${each}`));
  return file ? { file, line: Number(line) } : null;
}

function lastStep({ frames }: RunFailure, files: string[]) {
  const step = frames.findLast(({ file }) => files.includes(file));
  return step ? { file: step.file, line: step.line } : null;
}

function own({ line, place }: RunFailure, [program]: string[]) {
  const isOwn = place === 'load' || place === 'view';
  return isOwn && line !== null && program !== undefined ? { file: program, line } : null;
}
