/** What a schema cannot say of an exercise that is answered with code, be it a file or a step of a project. */
import { pathsOf, sameFiles } from '#lib/domain/code-answer.ts';
import type { ProgramFiles } from '#lib/domain/exercise.ts';
import { installedNames, reservedWords } from '#lib/domain/installed-names.ts';
import { shown, type Wording } from '../finding.ts';
import { reportAt, type SourceFile } from '../source.ts';

/** More than this nobody edits side by side. */
export const mostFiles = 10;

/** What is wrong with the name of a file beside the program; null when nothing is. */
export function fileNameProblem(name: string, apps: Record<string, string>): Wording | null {
  const module = name.replace(/\.py$/, '');
  const isApp = Object.keys(apps).some((path) => path.split('/')[0] === module);
  const taken = reservedWords.has(module)
    ? "a word of Python's grammar"
    : isApp
      ? 'an app of the fixture'
      : installedNames.get(module);
  if (taken === undefined) return null;
  return {
    expected: 'a file name that nothing else answers to when it is imported',
    found: `${shown(name)}, which is ${taken}`,
    fix: 'Give the file another name.',
  };
}

/** What must hold of the pieces of an exercise, as far as they could be read. */
export interface CodePieces {
  main: string;
  start: ProgramFiles | null;
  answer: ProgramFiles | null;
  serve?: Record<string, string> | undefined;
  drive?: string | undefined;
  expect?: string | undefined;
  inputs?: string | undefined;
}

/** Reports whatever keeps the exercise from being run, but for its mistakes. */
export function checkPieces(source: SourceFile, pieces: CodePieces): void {
  const { main, start, answer, serve = {} } = pieces;
  if (start && answer && sameFiles(start, answer)) {
    reportAt(source, 'program', {
      expected: 'a start that is not right yet',
      found: 'the answer itself',
      fix: 'Take out of it, or break, what the learner is to write.',
    });
  }
  const program = answer?.[main];
  for (const [address, view] of program === undefined ? [] : Object.entries(serve)) {
    if (defines(program!, view)) continue;
    reportAt(source, `serve.${address}`, {
      expected: `a view that the answer defines`,
      found: `${shown(view)}, which it does not`,
      fix: 'Mend the name, or define the view in the answer.',
    });
  }
  checkInputs(source, pieces);
}

/** Whether a program binds a name at its top level: by `def`, `class`, `import` or `=`. */
function defines(program: string, name: string): boolean {
  const bound = [
    `(?:async\\s+)?def\\s+${name}\\b`,
    `class\\s+${name}\\b`,
    `${name}\\s*(?::[^=\\n]*)?=[^=]`,
    `(?:from|import)\\b.*\\b${name}\\b`,
    // A line of an import in brackets.
    `\\s+${name},?\\s*$`,
  ];
  return new RegExp(`^(?:${bound.join('|')})`, 'm').test(program);
}

const loop = /\bfor\b[^\n]*\bin\s+inputs\b/;

function checkInputs(source: SourceFile, { drive, expect, inputs }: CodePieces): void {
  if (inputs !== undefined) {
    if (!/\bobserve\(\s*(["'])inputs\1/.test(inputs)) {
      reportAt(source, 'inputs', {
        expected: 'Python that observes the list: `observe("inputs", [...])`',
        found: 'no such call',
        fix: 'Make the list, and observe it under the name `inputs`.',
      });
    }
    if (drive !== undefined && !loop.test(drive)) {
      reportAt(source, 'drive', {
        expected: 'a drive that takes the inputs: `for given in inputs`',
        found: 'no such loop',
        fix: 'Drive the program with each of them, or take `inputs` out.',
      });
    }
    return;
  }
  if (drive !== undefined && loop.test(drive)) {
    reportAt(source, 'drive', {
      expected: '`inputs`, which makes what the drive takes',
      found: 'a loop over inputs, and no field `inputs`',
      fix: 'Add `inputs: |` with Python that observes a list of them.',
    });
  }
  if (expect !== undefined && /\breference\./.test(expect)) {
    reportAt(source, 'expect', {
      expected: 'no `reference` where there are no inputs',
      found: 'a comparison with the reference solution',
      fix: 'Say what must hold, or add `inputs`.',
    });
  }
}

/** Short lines, and those that begin a function or import something, say what is asked and not how it is done. */
const saysNothing = /^(?:(?:async\s+)?def\b|class\b|@|from\b|import\b)|^.{0,11}$/;

/** Reports a line of the answer that can be read off the prompt. */
export function checkLineHidden(
  source: SourceFile,
  fields: { title?: string | undefined; prompt?: string | undefined },
  { start, answer }: Pick<CodePieces, 'start' | 'answer'>,
): void {
  if (!start || !answer) return;
  const linesIn = (files: ProgramFiles) =>
    pathsOf(files).flatMap((path) => files[path]!.split('\n').map((line) => line.trim()));
  const known = new Set(linesIn(start));
  const secret = new Set(
    linesIn(answer).filter((line) => !known.has(line) && !saysNothing.test(line)),
  );
  for (const path of ['title', 'prompt'] as const) {
    const text = fields[path] ?? '';
    for (const line of secret) {
      if (!text.includes(line)) continue;
      reportAt(source, path, {
        expected: 'no line of the answer before it is given',
        found: `${shown(line)} in the ${path}`,
        fix: 'Say what is to happen, and not how it is written.',
      });
    }
  }
}
