/** Percentiles, and tables of them. */

/**
 * @param share - 0.5 for the median.
 * @returns The value that this share of the values does not exceed; NaN where there are none.
 */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const p50 = (values: number[]) => percentile(values, 0.5);
export const p95 = (values: number[]) => percentile(values, 0.95);

export const shownMs = (ms: number) => (Number.isNaN(ms) ? '-' : `${ms.toFixed(1)} ms`);
export const shownRatio = (ratio: number) => (Number.isNaN(ratio) ? '-' : `${ratio.toFixed(2)}x`);

/** Prints rows under headings: the first column to the left, the others to the right. */
export function printTable(title: string, headings: string[], rows: string[][]): void {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
      )
      .join('   ');
  console.log(`\n${title}`);
  for (const cells of all) console.log(`  ${line(cells)}`.trimEnd());
}

/** Prints an aim beside what was measured. One that is not met is no failure of the benchmark. */
export function printAim(aim: string, measured: string, isMet: boolean | null): void {
  const said = isMet === null ? 'not measured' : isMet ? 'met' : 'NOT MET';
  console.log(`  ${said.padEnd(12)}   ${aim}: ${measured}`);
}
