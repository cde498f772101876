/**
 * Proves our lessons once, for all tests that serve them: several at a time would each prove them for itself, and a
 * test's time would be over before.
 */
import { makeDataDir, prepareSite, removeDataDir } from '../site/built-site.ts';

const dataDir = await makeDataDir();
try {
  await prepareSite(dataDir);
} finally {
  await removeDataDir(dataDir);
}
