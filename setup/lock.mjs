/**
 * One set-up at a time: two `npm start`s in one folder must not install over each other. The lock is a
 * file that names its holder; a holder that no longer lives (by process id and the time it was started,
 * because ids are used again) holds nothing.
 */
import { openSync, closeSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { workFolder } from './context.mjs';
import { line } from './progress.mjs';

const ASK_AGAIN_MS = 250;
// Taking a dead holder's lock away is itself guarded; that takes microseconds, so a guard this old was left by a crash.
const GUARD_IS_STALE_AFTER_MS = 10_000;

/**
 * Runs `work` while holding the lock; waits for another set-up to end first.
 * @param {import('./context.mjs').Context} context
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(context, work) {
  const path = join(workFolder(context.root), 'setup.lock');
  let isAnnounced = false;
  while (!tryTake(path)) {
    if (!isAnnounced) {
      line(
        context,
        'set-up',
        `another one is at work here (process ${holder(path)?.pid}); waiting for it ...`,
      );
      isAnnounced = true;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  const release = () => remove(path);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** Takes the lock if it is free or its holder is dead. */
export function tryTake(path) {
  if (create(path, me())) return true;
  if (isAlive(holder(path))) return false;
  const guard = `${path}.guard`;
  if (!create(guard, me())) {
    if (ageMs(guard) > GUARD_IS_STALE_AFTER_MS) remove(guard);
    return false;
  }
  try {
    // Only under the guard may a lock be taken away, and only if it is still a dead one's.
    if (!isAlive(holder(path))) remove(path);
    return create(path, me());
  } finally {
    remove(guard);
  }
}

function me() {
  return JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
}

function create(path, content) {
  let file;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeSync(file, content);
  closeSync(file);
  return true;
}

function holder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Gone, or created this moment and not yet written.
    return ageMs(path) < GUARD_IS_STALE_AFTER_MS ? { pid: null, startedAt: null } : null;
  }
}

function isAlive(found) {
  if (!found) return false;
  if (found.pid === null) return true;
  try {
    process.kill(found.pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startOf(found.pid) === found.startedAt;
}

/** When a process was started, in the kernel's ticks; null where the system does not tell. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name, in brackets, and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return null;
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function remove(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
