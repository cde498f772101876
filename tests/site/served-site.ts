import { afterAll, beforeAll } from 'vitest';
import { makeDataDir, prepareSite, removeDataDir, startSite, type Site } from './built-site.ts';

export interface ServedSite {
  dataDir: string;
  site: Site;
  /** Ends the site, and starts it again on the same data. */
  restart(): Promise<void>;
}

/** One proven and served site for all tests of a file, with a data folder of its own. */
export function servedSite(): ServedSite {
  const served = {
    restart: async () => {
      await served.site.stop();
      served.site = await startSite(served.dataDir);
    },
  } as ServedSite;
  beforeAll(async () => {
    served.dataDir = await makeDataDir();
    await prepareSite(served.dataDir);
    served.site = await startSite(served.dataDir);
  });
  afterAll(async () => {
    await served.site.stop();
    await removeDataDir(served.dataDir);
  });
  return served;
}
