import { createHash } from 'node:crypto';
import type { DocumentBlock } from '#lib/domain/document.ts';
import { visibleOutput } from '#lib/domain/outputs.ts';
import { canonicalJson } from '../content-version.ts';
import type { ProseLesson } from './prose.ts';

/**
 * Digest of what a document's programs do and must print: 16 hexadecimal digits. Words, titles, figures and
 * the order of the blocks are no part of it: a proof outlives a change to those.
 */
export function documentVersionOf(blocks: DocumentBlock[], lesson: ProseLesson): string {
  const run = blocks.flatMap((block): Record<string, unknown>[] => {
    if (block.kind === 'program') {
      const { kind, id, program, serve, drive, output, raises } = block;
      return [{ kind, id, program, serve, drive, output: visibleOutput(output), raises }];
    }
    if (block.kind !== 'compare') return [];
    const { kind, id, serve, drive, unit, ratio } = block;
    const [before, after] = [block.before, block.after].map(({ program, holds }) => ({
      ...{ program, holds },
    }));
    return [{ kind, id, before, after, serve, drive, unit, ratio }];
  });
  const { runtime, rows, apps } = lesson;
  return createHash('sha256')
    .update(canonicalJson({ run: run.map(canonicalJson).sort(), runtime, rows, apps }))
    .digest('hex')
    .slice(0, 16);
}
