import type { Finding, Kind } from '#lib/domain/exercise.ts';

/** A finding and what it is about, as far as that could be read. */
export interface LoadFinding extends Finding {
  /** Id of the lesson. */
  lesson?: string;
  /** The exercise whose file it is; absent when not even its kind could be read. */
  exercise?: { uid: string; id: string; kind: Kind };
  /** Name of the document of its lesson that it is about. */
  document?: string;
  /** Whether it is about the lesson's `visualize.yaml`. */
  isOfVisualize?: true;
  /** Whether it is about the lesson's `lab.yaml`. */
  isOfLab?: true;
}

/** The wording of a finding, without its place. */
export type Wording = Pick<Finding, 'expected' | 'found' | 'fix'>;

/** A value as it is shown in a finding: short, on one line. */
export function shown(value: unknown, longest = 60): string {
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > longest ? `\`${text.slice(0, longest)}...\`` : `\`${text}\``;
}

/** The candidate that the author probably meant, or null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  // Two neighbours that changed places count as two; a word of three letters has no room for that.
  let bestDistance = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  if (Math.max(left.length, right.length) > 64) return Infinity;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = left[i - 1] === right[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + change));
    }
    row = next;
  }
  return row[right.length]!;
}
