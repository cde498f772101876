/** Tables as text, for spreadsheets (RFC 4180). */
import { harmlessText } from '../harmless-text.ts';

/** Without it, some spreadsheets take the file for another encoding than UTF-8. */
const byteOrderMark = '\ufeff';

/** What a spreadsheet may take for a formula, in full width as well, and behind white space. */
const formulaStart = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/**
 * @param rows - The first one names the columns; all have as many cells.
 * @returns The file's text. Cells that could act, be it as a formula or on a terminal, are made text.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`);
  return byteOrderMark + lines.join('');
}

function cellText(cell: string): string {
  // An apostrophe in front says that it is text.
  const text = harmlessText(formulaStart.test(cell) || /^[\t\r]/.test(cell) ? `'${cell}` : cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
