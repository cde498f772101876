/** Room on the disk, asked before the work: a disk that fills up half-way leaves puzzling errors behind. */
import { statfsSync } from 'node:fs';
import { diskFull } from './problem.mjs';

const MIB = 1024 * 1024;

/** Free room for an ordinary user in the file system of `folder`, in MiB; null where it is not known. */
export function freeMib(folder) {
  try {
    const stats = statfsSync(folder);
    return Math.floor((stats.bavail * stats.bsize) / MIB);
  } catch {
    return null;
  }
}

/**
 * Throws a problem when there is less room than a step needs.
 * @param {string} folder
 * @param {number} neededMib - Generous: what the step writes, caches included.
 * @param {string} purpose - Completes "for ...".
 */
export function requireRoom(folder, neededMib, purpose, free = freeMib(folder)) {
  if (free !== null && free < neededMib) {
    throw diskFull(`: ${free} MiB are free at ${folder}, and ${purpose} may take ${neededMib} MiB`);
  }
}
