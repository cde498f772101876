/** What a program printed, made safe to be shown: it may hold codes that a terminal or a page would obey. */

/** C0 but for tab and newline, DEL, and C1: what makes a terminal do something. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** What turns the direction of writing or takes no room; but for the joiners, which scripts need. */
const invisible = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const shortForms: Record<string, string> = { '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' };

/**
 * Text that a terminal only shows: a program may not move the cursor, change the title or answer in the
 * user's name. Control characters but newline and tab become `\r`, `\x1b`, `\x9b`.
 */
export function harmlessText(text: string): string {
  return text.replace(
    controls,
    (found) => shortForms[found] ?? `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** As {@link harmlessText}, for a page: what cannot be seen becomes `\u202e`, too. */
export function visibleText(text: string): string {
  return harmlessText(text).replace(
    invisible,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
