import { makeDataDir, prepareSite, removeDataDir, startSite } from '../site/built-site.ts';

/** Starts the built site for all end-to-end tests; Playwright calls what it returns at the end. */
export default async function startSiteForTests(): Promise<() => Promise<void>> {
  const dataDir = await makeDataDir();
  // Our own lessons, and one that has all that prose can have.
  const env = { ASSAY_CONTENT: 'content:tests/e2e/content' };
  await prepareSite(dataDir, env);
  const site = await startSite(dataDir, env);
  process.env['SITE_UNDER_TEST'] = site.url;
  // To let days go by: tests/site/move-clock.ts.
  process.env['SITE_DATA_DIR'] = dataDir;
  return async () => {
    await site.stop();
    await removeDataDir(dataDir);
  };
}
