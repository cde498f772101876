/** What a program printed, on its way to whoever reads it. */
import { harmlessText } from '#lib/domain/harmless-text.ts';

/** JSON of a value, indented. What JSON itself leaves as it is and a terminal obeys is escaped, too. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f]/g,
    (found) => `\\u00${found.charCodeAt(0).toString(16)}`,
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
