/** What a page says of a run. */
import { runEnding } from '../../domain/run-ending.ts';
import { counted } from '../wording.ts';
import type { ShownOutput } from './bounded-output.ts';
import type { RunEnd } from './program-run.svelte.ts';
import type { ToldResult } from './run-stream.ts';

/** How a run ended, in a sentence or two. */
export function endText(end: RunEnd): string {
  switch (end.kind) {
    case 'result':
      return runEnding(end.result);
    case 'stopped':
      return 'You stopped it.';
    case 'lost':
      return 'The connection to the site was cut, so how it ended is not known. Run it again.';
    case 'refused':
      return end.says;
  }
}

/** Whether what is said is bad news. To stop one's own program is none. */
export function isFailed(end: RunEnd): boolean {
  if (end.kind !== 'result') return end.kind !== 'stopped';
  const { outcome, exit, error } = end.result;
  return outcome !== 'finished' || Boolean(exit) || error !== null;
}

/** Said where there was more output than a run may have. Empty when there was not. */
export function cutText({ truncated, limits }: ToldResult): string {
  const cut = [truncated.stdout && 'stdout', truncated.stderr && 'stderr'].filter(Boolean);
  if (cut.length === 0) return '';
  return `There was more on ${cut.join(' and ')}: a run keeps ${Math.round(limits.outputBytes / 1024)} KiB of it.`;
}

/** Said between the beginning and the end of a long output. Empty when all of it is shown. */
export function leftOutText({ leftOut: { lines, characters } }: ShownOutput): string {
  if (characters === 0) return '';
  const text = counted(characters, 'character');
  return `${lines === 0 ? text : `${counted(lines, 'line')} (${text})`} not shown`;
}

/** Longer output than this is not read out, in characters. */
const longestSaid = 200;

/** What is said once, at the end, to who does not see the page. */
export function announcedEnd(end: RunEnd, { head, tail }: ShownOutput): string {
  const printed = [...head, ...tail].map(({ text }) => text).join('');
  const told = endText(end);
  if (printed.trim() === '') return told;
  if (printed.length > longestSaid) return `${told} What it printed stands below the program.`;
  return `${told} It printed: ${printed.trim()}`;
}
