import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A user and group of the host. */
export interface Identity {
  uid: number;
  gid: number;
}

const nobody: Identity = { uid: 65534, gid: 65534 };
const othersRead = 0o4;
const othersEnter = 0o1;

/**
 * Whom the container should be started as. Root inside is an unprivileged user outside: that user is
 * whoever serves, or, where root serves, nobody. The kernel spares root some limits (threads among
 * them), and root owns files.
 * @param paths - What the container is made of; nobody must be able to read all of it.
 * @returns Null: as whoever serves.
 */
export async function containerIdentity(paths: string[]): Promise<Identity | null> {
  if (process.getuid?.() !== 0) return null;
  const readable = await Promise.all(paths.map(canOthersRead));
  return readable.every(Boolean) ? nobody : null;
}

async function canOthersRead(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if (!(mode & othersRead)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const above = await stat(folder);
    if (!(above.mode & othersEnter)) return false;
    if (folder === dirname(folder)) return true;
  }
}
