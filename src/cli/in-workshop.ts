import { resolve } from 'node:path';
import type { Config } from '#config';
import type { OnProgress } from '#lib/domain/proof.ts';
import { openWorkshop } from '#lib/server/app.ts';
import { readConfig } from './read-config.ts';
import { progressOn } from './show-progress.ts';

type Workshop = ReturnType<typeof openWorkshop>;

/**
 * Opens the workshop for one piece of work, shows how far it comes on a terminal, and closes it.
 * @param work - Gets the site's own settings too.
 */
export async function inWorkshop<T>(
  work: (workshop: Workshop, config: Config, onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const config = readConfig();
  const workshop = openWorkshop(config);
  const progress = progressOn(process.stderr);
  try {
    return await work(workshop, config, progress.show);
  } finally {
    progress.clear();
    await workshop.close();
  }
}

/** Folders named on the command line, or the site's own content. */
export function rootsFrom(named: string[], config: Config): string[] {
  return named.length > 0 ? named.map((path) => resolve(path)) : config.contentRoots;
}
