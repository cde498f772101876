/** A site with one lesson, in which one exercise is answered with code: where the editor is tested and measured. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeDataDir, prepareSite, removeDataDir, root, startSite } from './built-site.ts';

const content = join(root, 'tests/e2e/workbench-content');
const exerciseFile = 'web/async/01-waiting/exercises/one-rate.yaml';

export const workbenchLesson = 'web/async/waiting';
export const workbenchPath = `/learn/${workbenchLesson}/challenge`;

/** What of the exercise a run of it is made of. */
export interface WorkbenchExercise {
  uid: string;
  program: string;
  given: Record<string, string>;
  serve: Record<string, string>;
  demo: string;
}

export async function readWorkbenchExercise(): Promise<WorkbenchExercise> {
  return parse(await readFile(join(content, exerciseFile), 'utf8')) as WorkbenchExercise;
}

/** Starts it. @returns Its address, and what ends it. */
export async function startWorkbenchSite(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await makeDataDir();
  const env = { ASSAY_CONTENT: content };
  await prepareSite(dataDir, env);
  const site = await startSite(dataDir, env);
  return {
    url: site.url,
    stop: async () => {
      await site.stop();
      await removeDataDir(dataDir);
    },
  };
}
