import type { Prose } from './views.ts';

/**
 * Splits an author's text at its `code` spans.
 * @param text - Plain text; code stands between single backticks, which the loader checked to balance.
 */
export function toProse(text: string): Prose {
  return text
    .trim()
    .split('`')
    .map((part, index) => ({ text: part, code: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** The text without its marks, for places that hold no markup (a page's description). */
export function toPlainText(prose: Prose): string {
  return prose.map((part) => part.text).join('');
}
