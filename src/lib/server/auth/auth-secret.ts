import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'auth-secret';

/**
 * The secret that cookies and links are signed with, made at the first need. It stands beside the database, not in it:
 * a backup of the database alone lets nobody in.
 * @param dataDir - Is there already.
 */
export function readAuthSecret(dataDir: string): string {
  const path = join(dataDir, fileName);
  if (!existsSync(path)) makeSecret(path);
  return readFileSync(path, 'utf8').trim();
}

/** Whole or not at all; of two processes that start at once, the second takes what the first one made. */
function makeSecret(path: string): void {
  const partial = `${path}.partial-${process.pid}`;
  writeFileSync(partial, `${randomBytes(32).toString('base64url')}\n`, {
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}
