/** What prose may not do: name options by letters, give the key away, be anything but plain text. */
import { shown, type Wording } from './finding.ts';

/** Capitals only: a small `a` is an article. */
const letterPatterns = [
  /\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?|[Aa]lternatives?|[Vv]ariants?)\s*:?\s+["'(]?[A-H]\b(?!')/,
  /\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice)\s+is\s+["'(]?[A-H]["')]?\s*(?:[.,;:!?)]|$)/,
  /(?<=^|\s)\([A-H]\)/,
  /^[A-H][).:]\s/,
];

function namesLetter(text: string): string | null {
  for (const pattern of letterPatterns) {
    const found = pattern.exec(text)?.[0];
    if (found) return found.trim();
  }
  return null;
}

/** What is wrong with a piece of prose; empty when nothing is. */
export function proseProblems(text: string): Wording[] {
  const problems: Wording[] = [];
  const outsideCode = text.replace(/`[^`]*`/g, ' ');
  if ((text.match(/`/g) ?? []).length % 2 !== 0) {
    problems.push({
      expected: 'a backtick before and after each piece of code',
      found: `an odd number of backticks in ${shown(text.replaceAll('`', "'"))}`,
      fix: 'Close the code span, or take the single backtick out.',
    });
  }
  const markup = /\*\*|\]\(|<\/?[a-z][^>]*>|^#{1,6} |``/.exec(outsideCode)?.[0];
  if (markup) {
    problems.push({
      expected: 'plain text with `code` spans',
      found: `markup: ${shown(markup)}`,
      fix: 'Take the markup out; code with such signs goes between backticks.',
    });
  }
  const letter = namesLetter(outsideCode);
  if (letter) {
    problems.push({
      expected: 'options named by what they say',
      found: `a letter: ${shown(letter)}`,
      fix: 'Say what the option says: each learner sees the options in another order.',
    });
  }
  return problems;
}

/** The 0-based line on which a token stands as a whole word, or -1. */
export function lineWithWord(text: string, token: string): number {
  const escaped = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^\w/.test(token) ? '(?<!\\w)' : '';
  const after = /\w$/.test(token) ? '(?!\\w)' : '';
  const word = new RegExp(before + escaped + after);
  return text.split('\n').findIndex((line) => word.test(line));
}
