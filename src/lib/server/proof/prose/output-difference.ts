/** What is different between what a document says that a program prints, and what it printed. */
import { visibleOutput } from '#lib/domain/outputs.ts';

/** More lines than these say nothing more. */
const mostLines = 4;
const longestLine = 120;

export interface OutputDifference {
  /** 0-based line of what was expected at which they part. */
  line: number;
  /** Lines that were expected (`- `) and printed (`+ `), as in any diff. */
  text: string;
}

/** @returns Null when nobody can see a difference. */
export function outputDifference(expected: string, printed: string): OutputDifference | null {
  const [left, right] = [expected, printed].map((text) => linesOf(visibleOutput(text)));
  const first = left!.findIndex((line, index) => line !== right![index]);
  const from = first === -1 ? left!.length : first;
  let same = 0;
  while (
    same < Math.min(left!.length, right!.length) - from &&
    left!.at(-1 - same) === right!.at(-1 - same)
  ) {
    same++;
  }
  const gone = left!.slice(from, left!.length - same);
  const added = right!.slice(from, right!.length - same);
  if (gone.length + added.length === 0) return null;
  return { line: from, text: [...signed('-', gone), ...signed('+', added)].join('\n') };
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

function signed(sign: string, lines: string[]): string[] {
  const shown = lines.slice(0, mostLines).map((line) => {
    const cut = line.length > longestLine ? `${line.slice(0, longestLine)}...` : line;
    return `${sign} ${cut}`;
  });
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `${sign} ... ${more} more`] : shown;
}
