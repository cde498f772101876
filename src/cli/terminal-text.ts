/** What a program printed, on its way to whoever reads it. */
import { harmlessText } from '#lib/domain/harmless-text.ts';

/**
 * JSON of a value, indented. What JSON itself leaves as it is and a terminal obeys is escaped, too, and so is what turns
 * the direction of writing or cannot be seen.
 */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One of the program's two streams, as it is passed on. */
export interface ShownStream {
  /** Shows what has come. */
  write(text: string): void;
  /** Shows what of the whole text has not been shown yet. */
  finish(whole: string): void;
  /** Begins a new line, if text was shown and did not end with one. */
  endLine(): void;
}

/**
 * Passes a program's text on to one of our own streams: unchanged into a file or a pipe, harmless on a
 * terminal.
 */
export function showOn(stream: NodeJS.WriteStream): ShownStream {
  let shown = 0;
  let isMidLine = false;
  const write = (text: string) => {
    if (text === '') return;
    shown += text.length;
    isMidLine = !text.endsWith('\n');
    stream.write(stream.isTTY ? harmlessText(text) : text);
  };
  return {
    write,
    finish: (whole) => write(whole.slice(shown)),
    endLine: () => {
      if (isMidLine) stream.write('\n');
      isMidLine = false;
    },
  };
}
