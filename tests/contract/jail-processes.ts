/** Processes and folders of sandboxes that have no namespaces: the host sees them all. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface JailProcess {
  pid: number;
  parent: number;
}

/** A folder for temporary files, for all users as the usual one is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tier-'));
  chmodSync(folder, 0o1777);
  return folder;
}

/** All processes that keep runs' folders in this one, by age; also those whose parents are gone. */
export function jailProcesses(folder: string): JailProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry): JailProcess[] => {
      try {
        if (!readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(`${folder}/assay-runs-`)) {
          return [];
        }
        const [state, parent] = readFileSync(`/proc/${entry}/stat`, 'utf8')
          .replace(/.*\) /s, '')
          .split(' ');
        return state === 'Z' ? [] : [{ pid: Number(entry), parent: Number(parent) }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    })
    .sort((a, b) => a.pid - b.pid);
}

/** The supervisor that this process has started. */
export function supervisorIn(folder: string, parent = process.pid): number {
  const found = jailProcesses(folder).find((each) => each.parent === parent);
  if (!found) throw new Error('no supervisor is there');
  return found.pid;
}

/** Waits until neither a process nor a folder is left. */
export async function nothingLeft(folder: string): Promise<boolean> {
  for (let go = 0; go < 200; go++) {
    if (jailProcesses(folder).length === 0 && readdirSync(folder).length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
