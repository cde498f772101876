/** A lesson with an exercise of each kind that is answered with an output, with lines, or with a program. */
import { join } from 'node:path';
import type { Exercise } from '#lib/domain/exercise.ts';
import { loadCatalogue } from '#lib/server/content/load-catalogue.ts';
import { root } from './built-site.ts';

/** The content root that it is in. */
export const eachKindContent = join(root, 'tests/e2e/content');

const id = 'web/kinds/each-kind';

export const eachKindPath = `/learn/${id}`;

export async function loadEachKind(): Promise<Exercise[]> {
  const { lessons } = await loadCatalogue([eachKindContent]);
  return lessons.find((lesson) => lesson.id === id)?.exercises ?? [];
}
