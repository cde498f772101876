/** Just enough of Python's lexical rules to tell whether one line of source can stand alone. */

export interface PythonLine {
  /** What it lacks, as the end of "a line that ..."; null when it is whole. */
  problem: string | null;
  /** Whether a block must follow it. */
  opensBlock: boolean;
}

const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** The end of a string literal that begins at `start`, or -1 when the line does not close it. */
function endOfString(text: string, start: number): number {
  const quote = text[start]!;
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  // A backslash keeps the next sign from closing the literal, in raw ones too.
  for (let at = start + mark.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(mark, at)) return at + mark.length;
  }
  return -1;
}

/**
 * Reads one line of Python.
 * @param text - Without indentation and line end.
 */
export function readPythonLine(text: string): PythonLine {
  const open: string[] = [];
  let last = '';
  const broken = (problem: string): PythonLine => ({ problem, opensBlock: false });
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '#') break;
    if (sign.trim() === '') continue;
    last = sign;
    if (sign === '\\') return broken('goes on after a backslash');
    if (sign === '"' || sign === "'") {
      const end = endOfString(text, at);
      if (end === -1) return broken(`opens a string with ${sign} and does not close it`);
      at = end - 1;
    } else if ('([{'.includes(sign)) open.push(sign);
    else if (sign in closing && open.pop() !== closing[sign]) {
      return broken(`closes a bracket ${sign} that it does not open`);
    }
  }
  if (last === '') return broken(text.trim() === '' ? 'is blank' : 'is a comment and nothing else');
  if (open.length > 0) return broken(`opens a bracket ${open.at(-1)} and does not close it`);
  return { problem: null, opensBlock: last === ':' };
}
