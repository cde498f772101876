/**
 * What can be done to the lines of an order while it is being made. Lines that are placed stand one below
 * the other without gaps; the answer has an empty text for each place that is left. Places are 0-based here.
 */
/** A placed line, and how deep it stands, in steps of four spaces. */
export interface Placed {
  id: string;
  indent: number;
}

/** The placed lines of an answer, without the places that are left. */
export function placedOf(answer: readonly string[]): Placed[] {
  return answer.flatMap((item) => {
    const colon = item.indexOf(':');
    return colon < 0 ? [] : { id: item.slice(colon + 1), indent: Number(item.slice(0, colon)) };
  });
}

/** The answer with these lines, as it would be sent. */
export function answerWith(placed: readonly Placed[], slots: number): string[] {
  return Array.from({ length: slots }, (_, slot) => {
    const line = placed[slot];
    return line ? `${line.indent}:${line.id}` : '';
  });
}

/** Puts a line at a place; those from there on move down. One that is placed already moves there. */
export function putAt(placed: readonly Placed[], line: Placed, place: number): Placed[] {
  const others = placed.filter(({ id }) => id !== line.id);
  return others.toSpliced(Math.min(Math.max(place, 0), others.length), 0, line);
}

export function takeOut(placed: readonly Placed[], id: string): Placed[] {
  return placed.filter((line) => line.id !== id);
}

/** Moves a line by so many places and steps, as far as there is room. */
export function moveBy(
  placed: readonly Placed[],
  id: string,
  by: { places?: number; steps?: number },
  deepest: number,
): Placed[] {
  const place = placed.findIndex((line) => line.id === id);
  const line = placed[place];
  if (!line) return [...placed];
  const indent = Math.min(Math.max(line.indent + (by.steps ?? 0), 0), deepest);
  return putAt(placed, { id, indent }, place + (by.places ?? 0));
}

/** How deep an editor would put a line that follows these: a step deeper after a colon. */
export function indentAfter(
  before: (Placed & { text: string }) | undefined,
  deepest: number,
): number {
  if (!before) return 0;
  return before.text.trimEnd().endsWith(':') ? Math.min(before.indent + 1, deepest) : before.indent;
}

/** Where a line stands: `line 2 of 4, indent 1`. */
export function placeText(placed: readonly Placed[], id: string, slots: number): string {
  const place = placed.findIndex((line) => line.id === id);
  const line = placed[place];
  return line ? `line ${place + 1} of ${slots}, indent ${line.indent}` : 'not in the program';
}

/** The same as a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
