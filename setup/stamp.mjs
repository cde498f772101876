/**
 * A stamp says from which inputs a folder was made. It lies inside that folder and is written last, so
 * that a folder whose making was interrupted has none and is made again.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const STAMP_NAME = '.assay-stamp';

/** True when `folder` was made from exactly these inputs. */
export function isStamped(folder, hash, name = STAMP_NAME) {
  try {
    return readFileSync(join(folder, name), 'utf8').trim() === hash;
  } catch {
    return false;
  }
}

/** Marks `folder` as made from these inputs. */
export function writeStamp(folder, hash, name = STAMP_NAME) {
  const path = join(folder, name);
  writeFileSync(`${path}.new`, `${hash}\n`);
  renameSync(`${path}.new`, path);
}

/** SHA-256 of some texts; where one ends and the next begins matters. */
export function hashTexts(texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}

/**
 * SHA-256 of files and folders (names and content), in an order that does not depend on the disk.
 * What does not exist counts as absent.
 * @param {string} root
 * @param {string[]} paths - Relative to root.
 * @param {(path: string) => boolean} [isInput] - Says whether a file (path relative to root) counts.
 */
export function hashFiles(root, paths, isInput = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((entry) => filesUnder(root, entry)).sort()) {
    if (!isInput(path)) continue;
    const bytes = readFileSync(join(root, path));
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesUnder(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries.flatMap((entry) => {
    const inner = relative(root, join(full, entry.name));
    return entry.isDirectory() ? filesUnder(root, inner) : [inner];
  });
}
