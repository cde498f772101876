import { createHash } from 'node:crypto';
import type { Exercise, Lesson } from '#lib/domain/exercise.ts';

/** JSON with the keys of every object in order, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * Digest of what an answer to the exercise means: 16 hexadecimal digits. Wording, hints and the
 * order of bank, answers and options are no part of it; an attempt outlives a change to those.
 * @param own - What the exercise's kind adds, its expectation among it.
 */
export function contentVersionOf(
  { kind, program, serve, drive }: Pick<Exercise, 'kind' | 'program' | 'serve' | 'drive'>,
  own: Record<string, unknown>,
  lesson: Pick<Lesson, 'runtime' | 'rows' | 'apps'>,
): string {
  const { runtime, rows } = lesson;
  // Not named where there are none, so that versions from before there were apps stay what they are.
  const apps = Object.keys(lesson.apps).length > 0 ? { apps: lesson.apps } : {};
  return createHash('sha256')
    .update(canonicalJson({ kind, program, serve, drive, ...own, runtime, rows, ...apps }))
    .digest('hex')
    .slice(0, 16);
}
