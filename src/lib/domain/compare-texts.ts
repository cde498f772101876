/** Two texts side by side: a learner's own, and the author's. */
import { diffArrays } from 'diff';
import type { CodeLine, ComparedLine } from './views.ts';

/** Colours a text; of as many lines as the text has, but for empty ones at its end. */
type Colour = (text: string) => CodeLine[];

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());

/** A text without colours. */
export const uncoloured: Colour = (text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? [] : [{ kind: 'text', text: line, className: '' }]));

/**
 * Which lines two texts have in common and which only one of them has. White space at the ends of lines
 * makes no difference.
 * @param colour - Colours each text as a whole, so that what spans lines is coloured rightly.
 */
export function compareTexts(own: string, solution: string, colour: Colour): ComparedLine[] {
  const ours = colour(own);
  const theirs = colour(solution);
  const compared: ComparedLine[] = [];
  let left = 0;
  let right = 0;
  for (const { added, removed, count } of diffArrays(linesOf(own), linesOf(solution))) {
    for (let line = 0; line < count; line++) {
      if (removed) compared.push({ in: 'own', code: ours[left++] ?? [] });
      else if (added) compared.push({ in: 'solution', code: theirs[right++] ?? [] });
      else {
        compared.push({ in: 'both', code: theirs[right++] ?? [] });
        left++;
      }
    }
  }
  return compared;
}
