/** Two texts as the rows of a table. */
import type { CodeLine, ComparedLine } from '../domain/views.ts';

/** A row: what stands on either side, or nothing. */
export interface CompareRow {
  own: CodeLine | null;
  solution: CodeLine | null;
  isSame: boolean;
}

/** Lines that only one of the texts has stand beside each other where they follow each other. */
export function rowsOf(lines: readonly ComparedLine[]): CompareRow[] {
  const rows: CompareRow[] = [];
  let own: CodeLine[] = [];
  let solution: CodeLine[] = [];
  const flush = () => {
    for (let row = 0; row < Math.max(own.length, solution.length); row++) {
      rows.push({ own: own[row] ?? null, solution: solution[row] ?? null, isSame: false });
    }
    own = [];
    solution = [];
  };
  for (const { in: side, code } of lines) {
    if (side === 'own') own.push(code);
    else if (side === 'solution') solution.push(code);
    else {
      flush();
      rows.push({ own: code, solution: code, isSame: true });
    }
  }
  flush();
  return rows;
}

/** Whether there is no difference at all. */
export function isSame(lines: readonly ComparedLine[]): boolean {
  return lines.every((line) => line.in === 'both');
}
