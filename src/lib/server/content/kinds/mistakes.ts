/** The mistakes of an exercise that is answered with code: the answer with something replaced in it. */
import { pathsOf, sameFiles } from '#lib/domain/code-answer.ts';
import type { Mistake, ProgramFiles } from '#lib/domain/exercise.ts';
import { nearest, shown } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';
import type { MistakeFile } from './code-parts.ts';

/** What mistakes are held against. */
export interface MistakeParts {
  main: string;
  start: ProgramFiles;
  answer: ProgramFiles;
}

/**
 * @returns The mistakes whose programs could be made, each with what is wrong with it reported.
 */
export function readMistakes(
  source: SourceFile,
  mistakes: readonly MistakeFile[],
  parts: MistakeParts,
): Mistake[] {
  const read: Mistake[] = [];
  for (const [index, mistake] of mistakes.entries()) {
    const path = `mistakes.${index}`;
    checkSign(source, path, mistake);
    const files = filesOf(source, path, mistake, parts);
    if (!files) continue;
    checkNew(source, path, files, parts, read);
    const { error = null, holds, says } = mistake;
    read.push({ files, error, holds: holds?.trim() ?? null, says });
  }
  return read;
}

/** By what it is known: one sign, so that its message says no more than what was seen. */
function checkSign(source: SourceFile, path: string, { error, holds }: MistakeFile): void {
  if ((error === undefined) !== (holds === undefined)) return;
  reportAt(source, path, {
    expected: '`error` or `holds`, one of the two',
    found: error === undefined ? 'neither' : 'both',
    fix: 'Say by what a learner\'s answer is known to be like it: the exception that it ends in, or what is true of what was observed.',
  });
}

function filesOf(
  source: SourceFile,
  path: string,
  { replace, program }: MistakeFile,
  { main, answer }: MistakeParts,
): ProgramFiles | null {
  if ((replace === undefined) === (program === undefined)) {
    reportAt(source, path, {
      expected: '`replace` or `program`, one of the two',
      found: replace === undefined ? 'neither' : 'both',
      fix: 'Say what to replace in the answer, or give the whole wrong program.',
    });
    return null;
  }
  if (program !== undefined) return { ...answer, [main]: program };
  let files: ProgramFiles | null = answer;
  for (const [index, piece] of replace!.entries()) {
    const changed: ProgramFiles | null = replaced(
      source,
      `${path}.replace.${index}`,
      piece,
      files ?? answer,
    );
    // The other pieces are looked for all the same.
    files = files && changed;
  }
  return files;
}

function replaced(
  source: SourceFile,
  path: string,
  piece: NonNullable<MistakeFile['replace']>[number],
  files: ProgramFiles,
): ProgramFiles | null {
  const names = pathsOf(files);
  if (piece.file !== undefined && !names.includes(piece.file)) {
    const meant = nearest(piece.file, names);
    reportAt(source, `${path}.file`, {
      expected: `a file of the answer: ${names.map((name) => shown(name)).join(', ')}`,
      found: shown(piece.file),
      fix: meant ? `Did you mean ${shown(meant)}?` : 'Name one of those.',
    });
    return null;
  }
  const among = piece.file === undefined ? names : [piece.file];
  const counts = among.map((name) => files[name]!.split(piece.find).length - 1);
  const times = counts.reduce((sum, count) => sum + count, 0);
  if (times !== 1) {
    reportAt(source, `${path}.find`, {
      expected: 'a piece that stands in the answer once',
      found: times === 0 ? `${shown(piece.find)}, which it has not` : `${shown(piece.find)}, ${times} times`,
      fix:
        times === 0
          ? 'Copy the piece from the answer as it stands there, with its indentation.'
          : 'Take more of the line, or the lines around it, so that it stands there once.',
    });
    return null;
  }
  const name = among[counts.indexOf(1)]!;
  // Not `replace`, which reads signs such as `$&` in the new text.
  return { ...files, [name]: files[name]!.split(piece.find).join(piece.with) };
}

/** Reports a mistake that is the answer, the start, or another mistake. */
function checkNew(
  source: SourceFile,
  path: string,
  files: ProgramFiles,
  { start, answer }: MistakeParts,
  before: readonly Mistake[],
): void {
  const found = sameFiles(files, answer)
    ? 'the answer itself'
    : sameFiles(files, start)
      ? 'the program that the learner begins with, which nobody can give as an answer'
      : before.some((other) => sameFiles(files, other.files))
        ? 'the same program as in a mistake before it'
        : null;
  if (found === null) return;
  reportAt(source, path, {
    expected: 'a wrong answer of its own',
    found,
    fix: 'Change what it replaces, or take it out.',
  });
}
