/** What a schema cannot say of lines to put in order. */
import { deepestIndent, linesMark, maxLines, mayFollow } from '#lib/domain/arrangement.ts';
import { readPythonLine } from '#lib/domain/python-line.ts';
import { checkMarks } from '../exercise-rules.ts';
import { shown, type Wording } from '../finding.ts';
import { placeOf, reportAt, type SourceFile } from '../source.ts';
import type { OrderFile } from './order.ts';

/** A line of a block as its author wrote it. */
export interface WrittenLine {
  text: string;
  /** In steps of four spaces; of a line that stands between two steps, the part before the point counts. */
  indent: number;
}

/** The lines of a block; blank ones at its end are none. */
export function readBlock(block: string): WrittenLine[] {
  return block
    .trimEnd()
    .split('\n')
    .map((line) => ({
      text: line.trim(),
      indent: Math.floor((line.length - line.trimStart().length) / 4),
    }));
}

/** Reports whatever keeps an `order` exercise from being run. */
export function checkOrder(source: SourceFile, fields: Partial<OrderFile>): void {
  const { program, lines, distractors = [], orders = [] } = fields;
  checkMarks(source, program, linesMark);
  if (program !== undefined) checkPlace(source, program);
  const texts = lines === undefined ? null : checkBlock(source, 'lines', lines);
  if (texts) checkLength(source, texts);
  for (const [index, { line }] of distractors.entries()) {
    checkDistractor(source, `distractors.${index}.line`, line, [
      ...(texts ?? []),
      ...distractors.slice(0, index).map((each) => each.line),
    ]);
  }
  for (const [index, order] of orders.entries()) {
    const path = `orders.${index}`;
    const own = checkBlock(source, path, order);
    if (!texts || lines === undefined) continue;
    checkSameLines(source, path, own, texts);
    checkNotDeclared(source, path, order, [lines, ...orders.slice(0, index)]);
  }
}

function checkPlace(source: SourceFile, program: string): void {
  const places = program.split(linesMark).length - 1;
  if (places === 1 && /^[ \t]*<<lines>>[ \t]*$/m.test(program)) return;
  reportAt(source, 'program', {
    expected: `${shown(linesMark)} once, on a line of its own, where the lines go`,
    found: places === 0 ? 'none' : places > 1 ? `${places} of them` : 'other code on its line',
    fix: `Put ${shown(linesMark)} into the program once, indented as its first line is to be.`,
  });
}

/** Reports at a line of a block, which is 0-based. */
function reportLine(source: SourceFile, path: string, line: number, wording: Wording): void {
  const start = source.places[`${path}:text`];
  const place = start ? { ...start, line: start.line + line } : placeOf(source, path);
  source.findings.push({ ...place, ...wording });
}

/** Reports lines that are not whole, or not indented as Python wants it. @returns The texts. */
function checkBlock(source: SourceFile, path: string, block: string): string[] {
  const written = readBlock(block);
  const raw = block.split('\n');
  let before: { indent: number; opensBlock: boolean } | null = null;
  for (const [index, { text, indent }] of written.entries()) {
    const space = /^\s*/.exec(raw[index]!)![0];
    const { problem, opensBlock } = readPythonLine(text);
    if (problem !== null) reportLine(source, path, index, notWhole(text, problem));
    else if (/[^ ]/.test(space) || space.length % 4 !== 0 || indent > deepestIndent) {
      reportLine(source, path, index, {
        expected: `an indentation of four spaces for each step, at most ${deepestIndent} steps`,
        found: /[^ ]/.test(space) ? 'something else than spaces' : `${space.length} spaces`,
        fix: 'Indent by fours; move deeper code into the program around the lines.',
      });
    } else if (!mayFollow(before, before?.opensBlock ?? false, indent)) {
      reportLine(source, path, index, {
        expected: before?.opensBlock
          ? 'a line one step deeper than the one before, which ends in a colon'
          : 'a line no deeper than the one before, and the first one not indented',
        found: `${shown(text)}, ${space.length} spaces deep`,
        fix: 'Indent it as Python wants it.',
      });
    }
    before = { indent, opensBlock };
  }
  if (before?.opensBlock) {
    reportLine(source, path, written.length - 1, {
      expected: 'a last line that is complete',
      found: `${shown(written.at(-1)!.text)}, which wants a line below it`,
      fix: 'Let the line below it be one of the lines too.',
    });
  }
  return written.map(({ text }) => text);
}

function notWhole(text: string, problem: string): Wording {
  return {
    expected: 'a whole line of Python, that stands alone wherever a learner puts it',
    found: text === '' ? 'a line that is blank' : `${shown(text)}, which ${problem}`,
    fix: 'Write each statement on one line; take blank lines and comments out.',
  };
}

function checkLength(source: SourceFile, texts: readonly string[]): void {
  if (texts.length >= 2 && texts.length <= maxLines) return;
  reportAt(source, 'lines', {
    expected: `2 to ${maxLines} lines`,
    found: String(texts.length),
    fix: 'Keep as lines what the exercise is about, and put the rest into the program around them.',
  });
}

function checkDistractor(
  source: SourceFile,
  path: string,
  line: string,
  others: readonly string[],
): void {
  const { problem } = readPythonLine(line);
  if (problem !== null) reportAt(source, path, notWhole(line, problem));
  if (!others.includes(line)) return;
  reportAt(source, path, {
    expected: 'a line that is not there already',
    found: `${shown(line)} a second time`,
    fix: 'Write another one, or take it out.',
  });
}

function checkSameLines(
  source: SourceFile,
  path: string,
  own: readonly string[],
  texts: readonly string[],
): void {
  const left = [...texts];
  for (const [index, text] of own.entries()) {
    const at = left.indexOf(text);
    if (at !== -1) left.splice(at, 1);
    else {
      reportLine(source, path, index, {
        expected: 'the lines of `lines` and no others, each as often as there',
        found: shown(text),
        fix: 'Write the line as it stands under `lines`, or take it out.',
      });
    }
  }
  if (left.length === 0 || own.length >= texts.length) return;
  reportAt(source, path, {
    expected: 'all lines of `lines`',
    found: `none of ${left.map((text) => shown(text)).join(', ')}`,
    fix: 'Add what is missing.',
  });
}

function checkNotDeclared(
  source: SourceFile,
  path: string,
  order: string,
  others: readonly string[],
): void {
  const form = (block: string) => JSON.stringify(readBlock(block));
  if (!others.some((other) => form(other) === form(order))) return;
  reportAt(source, path, {
    expected: 'an order that is not declared yet',
    found: 'the same lines in the same order as another one',
    fix: 'Take it out.',
  });
}
