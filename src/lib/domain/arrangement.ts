/**
 * Answers of `order`: lines in some order, each so deep. What they are as text and as a program, when two
 * are the same, and which can be indented so at all.
 */
import type { OrderExercise, OrderLine, PlacedLine } from './exercise.ts';
import { readPythonLine } from './python-line.ts';

/** Stands on a line of its own where the lines go. */
export const linesMark = '<<lines>>';

/** How deep a line may stand, in steps of four spaces. */
export const deepestIndent = 3;

export const maxLines = 8;
export const maxDistractors = 3;

const step = '    ';

/** What an arrangement is made from. */
export type LinesToOrder = Pick<OrderExercise, 'lines' | 'distractors'>;

/** All lines there are to choose from: the right ones, then the distractors. */
export function allLines({ lines, distractors }: LinesToOrder): OrderLine[] {
  return [...lines, ...distractors];
}

/** The lines in the order of their ids, which says nothing of the right one; nor does a shuffle of it. */
export function offeredLines(exercise: LinesToOrder): OrderLine[] {
  return allLines(exercise)
    .map(({ id, text }) => ({ id, text }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** An arrangement as an answer: `<indent>:<line id>` for each line. */
export function toAnswer(placed: readonly PlacedLine[]): string[] {
  return placed.map(({ line, indent }) => `${indent}:${line}`);
}

/**
 * The arrangement that an answer stands for.
 * @returns Null when it is none: another number of lines, one that is not there or is used twice, or
 *   an indent that is too deep.
 */
export function toArrangement(
  exercise: LinesToOrder,
  answer: readonly string[],
): PlacedLine[] | null {
  const ids = new Set(allLines(exercise).map(({ id }) => id));
  const placed: PlacedLine[] = [];
  for (const item of answer) {
    const [, indent, line] = /^(\d):(.+)$/.exec(item) ?? [];
    if (line === undefined || Number(indent) > deepestIndent || !ids.delete(line)) return null;
    placed.push({ line, indent: Number(indent) });
  }
  return placed.length === exercise.lines.length ? placed : null;
}

/** Each line of an arrangement, indented. */
export function arrangedText(exercise: LinesToOrder, placed: readonly PlacedLine[]): string[] {
  const texts = new Map(allLines(exercise).map(({ id, text }) => [id, text]));
  return placed.map(({ line, indent }) => step.repeat(indent) + (texts.get(line) ?? ''));
}

/**
 * The same arrangement with equal lines in the order in which they were written, so that arrangements that
 * read the same are the same.
 */
export function inOneForm(exercise: LinesToOrder, placed: readonly PlacedLine[]): PlacedLine[] {
  const lines = allLines(exercise);
  const texts = new Map(lines.map(({ id, text }) => [id, text]));
  const waiting = new Map<string, string[]>();
  for (const { id, text } of lines) waiting.set(text, [...(waiting.get(text) ?? []), id]);
  return placed.map(({ line, indent }) => {
    return { line: waiting.get(texts.get(line)!)!.shift()!, indent };
  });
}

/**
 * Whether Python could read lines that are indented so: a line after one that opens a block is one
 * deeper, any other never deeper, and the last opens none.
 */
export function canBeIndented(exercise: LinesToOrder, placed: readonly PlacedLine[]): boolean {
  const opening = new Set(
    allLines(exercise).flatMap(({ id, text }) => (readPythonLine(text).opensBlock ? [id] : [])),
  );
  let before: PlacedLine | null = null;
  for (const each of placed) {
    if (!mayFollow(before, before !== null && opening.has(before.line), each.indent)) return false;
    before = each;
  }
  return before === null || !opening.has(before.line);
}

/** Whether a line may stand so deep after another. @param before - Null: it is the first. */
export function mayFollow(
  before: { indent: number } | null,
  opensBlock: boolean,
  indent: number,
): boolean {
  if (before === null) return indent === 0;
  return opensBlock ? indent === before.indent + 1 : indent <= before.indent;
}

/** The program with an arrangement in the place of the mark, as deep as the mark stands. */
export function programWith(
  exercise: LinesToOrder & Pick<OrderExercise, 'program'>,
  placed: readonly PlacedLine[],
): string {
  const lines = arrangedText(exercise, placed);
  return exercise.program.replace(/^([ \t]*)<<lines>>[ \t]*$/m, (_, indent: string) =>
    lines.map((line) => indent + line).join('\n'),
  );
}

/** The distractors among the lines of an arrangement, in its order. */
export function distractorsIn(
  exercise: LinesToOrder,
  placed: readonly PlacedLine[],
): OrderExercise['distractors'] {
  return placed.flatMap(({ line }) => exercise.distractors.find(({ id }) => id === line) ?? []);
}
