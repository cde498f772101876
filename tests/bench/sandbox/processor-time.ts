/**
 * Processor time as the host's kernel counts it, for processes that this one started: the sandbox's own
 * figures are not asked.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const msPerTick = 10;

interface Stat {
  pid: number;
  parent: number;
  /** Its own, and that of the children it has waited for. */
  ms: number;
}

function processes(): Stat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in brackets may hold anything, brackets too.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
      return [{ pid: Number(name), parent: Number(fields[1]), ms: ticks * msPerTick }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

/** The processes that were started while `work` went on and are still there. */
export async function startedBy<T>(work: () => Promise<T>): Promise<{ made: T; pids: number[] }> {
  const ours = () =>
    processes()
      .filter(({ parent }) => parent === process.pid)
      .map(({ pid }) => pid);
  const before = new Set(ours());
  const made = await work();
  return { made, pids: ours().filter((pid) => !before.has(pid)) };
}

/**
 * @param roots - Processes that wait for all that they start.
 * @returns Milliseconds that they and all below them have used since they began, ended ones included.
 */
export function treeMs(roots: number[]): number {
  const all = processes();
  const inTree = new Set(roots);
  for (let size = 0; size !== inTree.size;) {
    size = inTree.size;
    for (const { pid, parent } of all) if (inTree.has(parent)) inTree.add(pid);
  }
  return all.reduce((sum, { pid, ms }) => (inTree.has(pid) ? sum + ms : sum), 0);
}

/** Every process below these, and these. */
export function treeOf(root: number): number[] {
  const all = processes();
  const found = [root];
  for (const above of found) {
    found.push(...all.filter(({ parent }) => parent === above).map(({ pid }) => pid));
  }
  return found;
}

/**
 * What one command costs, with all that it leaves behind: bubblewrap does not wait for its process 1.
 * @param python - Any Python 3.
 * @returns Milliseconds.
 */
export async function commandMs(
  python: string,
  command: string[],
  options: { env: Record<string, string>; uid?: number; gid?: number },
): Promise<number> {
  const meter = join(import.meta.dirname, 'processor_time.py');
  const child = spawn(python, ['-I', '-S', meter, ...command], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const ms = /^used (\S+) ms$/m.exec(said)?.[1];
  if (code !== 0 || ms === undefined) throw new Error(`it ended with ${String(code)}: ${said}`);
  return Number(ms);
}
