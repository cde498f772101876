/** A line of code as text. */
import type { CodeLine } from '../domain/views.ts';

/** A line of code without its colours. */
export function codeText(code: CodeLine): string {
  return code.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('');
}

/** How far what wraps of a line hangs, in characters: a little deeper than the line begins. */
export function hangOf(code: CodeLine): number {
  const [first] = code;
  const indent = first?.kind === 'text' ? (/^ */.exec(first.text)?.[0].length ?? 0) : 0;
  return Math.min(indent, 12) + 2;
}
