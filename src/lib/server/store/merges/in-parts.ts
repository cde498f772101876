/** Below the number of parameters that either engine takes in one query, for rows of up to 30 columns. */
const rowsPerQuery = 500;

/** The rows in as many parts as there must be queries. */
export function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerQuery) {
    parts.push(rows.slice(start, start + rowsPerQuery));
  }
  return parts;
}
