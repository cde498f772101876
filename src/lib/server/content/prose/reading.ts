/** A document while it is read: where its findings go, and which ids are taken. */
import type { Finding } from '#lib/domain/exercise.ts';
import type { Report } from './markdown-rules.ts';
import type { Prose } from './prose.ts';

export interface Reading {
  prose: Prose;
  name: string;
  file: string;
  findings: Finding[];
  /** How many figures it had so far. */
  figures: number;
}

/** Adds findings at lines of the document itself. */
export function reportTo({ file, findings }: Reading): Report {
  return (line, wording) => findings.push({ file, line, ...wording });
}

/** Of programs and measurements; two of one id in a lesson are one too many. */
export function takeId<Block extends { id: string }>(
  { prose, file, findings }: Reading,
  block: Block,
  line: number,
): Block | null {
  const first = prose.ids.get(block.id);
  if (first === undefined) {
    prose.ids.set(block.id, { file, line });
    return block;
  }
  findings.push({
    ...{ file, line },
    expected: 'an id that nothing else in the lesson has',
    found: `\`${block.id}\`, which ${first.file}:${first.line} has already`,
    fix: 'Give one of the two another id.',
  });
  return null;
}
