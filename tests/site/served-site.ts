import { afterAll, beforeAll } from 'vitest';
import { makeDataDir, prepareSite, removeDataDir, startSite, type Site } from './built-site.ts';

export interface ServedSite {
  dataDir: string;
  site: Site;
  /** Ends the site, and starts it again on the same data. */
  restart(): Promise<void>;
}

/**
 * One proven and served site for all tests of a file, with a data folder of its own.
 * @param env - Settings besides, such as other content.
 */
export function servedSite(env: Record<string, string> = {}): ServedSite {
  const served = {
    restart: async () => {
      await served.site.stop();
      served.site = await startSite(served.dataDir, env);
    },
  } as ServedSite;
  beforeAll(async () => {
    served.dataDir = await makeDataDir();
    await prepareSite(served.dataDir, env);
    served.site = await startSite(served.dataDir, env);
  });
  afterAll(async () => {
    await served.site.stop();
    await removeDataDir(served.dataDir);
  });
  return served;
}
