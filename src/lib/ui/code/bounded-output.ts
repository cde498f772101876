/**
 * What of a program's output is shown: its beginning and its end, so that a page stays light whatever is
 * printed. The site bounds how much there can be; this bounds what of it becomes elements.
 */
import { visibleText } from '../../domain/harmless-text.ts';

export type OutputStream = 'stdout' | 'stderr';

/** Text of one stream that stands together. */
export interface OutputPiece {
  stream: OutputStream;
  text: string;
}

export interface ShownOutput {
  head: OutputPiece[];
  /** What is not shown between head and tail: ends of lines, and characters with these among them. */
  leftOut: { lines: number; characters: number };
  tail: OutputPiece[];
}

/** For each of head and tail. */
export const outputBounds = { characters: 12_000, lines: 200, pieces: 100 };

export const noOutput: ShownOutput = {
  head: [],
  leftOut: { lines: 0, characters: 0 },
  tail: [],
};

/** One half of what is shown, with what it amounts to. */
interface Half {
  pieces: OutputPiece[];
  characters: number;
  lines: number;
}

const newHalf = (): Half => ({ pieces: [], characters: 0, lines: 0 });

const linesIn = (text: string) => text.split('\n').length - 1;

/** Takes output as it comes. Every line end counts as a line; text is made visible first. */
export class BoundedOutput {
  readonly #head = newHalf();
  readonly #tail = newHalf();
  #isHeadFull = false;
  readonly #leftOut = { lines: 0, characters: 0 };

  add(stream: OutputStream, text: string): void {
    let rest = visibleText(text.replaceAll('\r\n', '\n'));
    if (!this.#isHeadFull) rest = this.#fillHead(stream, rest);
    if (rest === '') return;
    append(this.#tail, stream, rest);
    this.#trimTail();
  }

  /** A copy that later output does not change. */
  shown(): ShownOutput {
    return {
      head: this.#head.pieces.map((piece) => ({ ...piece })),
      leftOut: { ...this.#leftOut },
      tail: this.#tail.pieces.map((piece) => ({ ...piece })),
    };
  }

  /** @returns What did not fit. */
  #fillHead(stream: OutputStream, text: string): string {
    const { characters, lines, pieces } = this.#head;
    const isNewPiece = pieces.at(-1)?.stream !== stream;
    const most = isNewPiece && pieces.length >= outputBounds.pieces ? 0 : text.length;
    const byLines = endOfLines(text, outputBounds.lines - lines);
    const fits = wholeCharacters(
      text,
      Math.min(most, byLines, outputBounds.characters - characters),
    );
    if (fits > 0) append(this.#head, stream, text.slice(0, fits));
    this.#isHeadFull = fits < text.length;
    return text.slice(fits);
  }

  #trimTail(): void {
    const tail = this.#tail;
    const isOver = () =>
      tail.characters > outputBounds.characters ||
      tail.lines > outputBounds.lines ||
      tail.pieces.length > outputBounds.pieces;
    while (isOver()) {
      const first = tail.pieces[0]!;
      const byCharacters = Math.max(0, tail.characters - outputBounds.characters);
      const byLines = endOfLines(first.text, Math.max(0, tail.lines - outputBounds.lines));
      const tooManyPieces = tail.pieces.length > outputBounds.pieces;
      const wanted = tooManyPieces ? first.text.length : Math.max(byCharacters, byLines, 1);
      const cut = wholeCharacters(first.text, Math.min(wanted, first.text.length), 'up');
      const gone = first.text.slice(0, cut);
      first.text = first.text.slice(cut);
      tail.characters -= cut;
      tail.lines -= linesIn(gone);
      this.#leftOut.lines += linesIn(gone);
      this.#leftOut.characters += cut;
      if (first.text === '') tail.pieces.shift();
    }
  }
}

function append(half: Half, stream: OutputStream, text: string): void {
  const last = half.pieces.at(-1);
  if (last?.stream === stream) last.text += text;
  else half.pieces.push({ stream, text });
  half.characters += text.length;
  half.lines += linesIn(text);
}

/** Where the first so many lines of a text end; its length when it has no more than these. */
function endOfLines(text: string, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line += 1) {
    const next = text.indexOf('\n', end);
    if (next === -1) return text.length;
    end = next + 1;
  }
  return end;
}

/** No cut falls into the middle of a character of two units. */
function wholeCharacters(text: string, at: number, towards: 'down' | 'up' = 'down'): number {
  const unit = text.charCodeAt(at);
  const isInside = at > 0 && unit >= 0xdc00 && unit <= 0xdfff;
  if (!isInside) return at;
  return towards === 'up' ? at + 1 : at - 1;
}
