/** What there is of a sandbox on the host, counted from the host's /proc. */
import { readdirSync, readFileSync, statfsSync } from 'node:fs';

export interface Census {
  processes: number;
  /** tmpfs mounts in all mount namespaces of the container. */
  mounts: number;
  /** Of the container's own processes; 0 where this user may not look. */
  descriptors: number;
  /** Inodes in use on the container's root; 0 where this user may not look. */
  files: number;
  /** Resident memory of the largest process of the container, in bytes. */
  residentBytes: number;
}

export interface HostProcess {
  pid: number;
  parent: number;
  name: string;
  residentBytes: number;
}

/** In the outer jail bubblewrap is started by the loader, and has its name. */
const containerName = /^(bwrap|python3.*|ld-linux.*)$/;

/** Processes of containers below a process (this one), each after its parent. */
export function containerProcesses(root = process.pid): HostProcess[] {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(Number(entry)));
  const found: HostProcess[] = [];
  let parents = new Set([root]);
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found.filter(({ name }) => containerName.test(name));
}

function readProcess(pid: number): HostProcess[] {
  const status = quietly(() => readFileSync(`/proc/${pid}/status`, 'utf8'), '');
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
  if (status === '') return [];
  const residentBytes = Number(field('VmRSS') ?? 0) * 1024;
  return [{ pid, parent: Number(field('PPid')), name: field('Name') ?? '', residentBytes }];
}

/** Counts now. */
export function takeCensus(): Census {
  const processes = containerProcesses();
  const mounts = new Map<string, number>();
  let descriptors = 0;
  let files = 0;
  for (const { pid, name } of processes) {
    const text = quietly(() => readFileSync(`/proc/${pid}/mountinfo`, 'utf8'), '');
    mounts.set(text, text.split(' - tmpfs ').length - 1);
    descriptors += quietly(() => readdirSync(`/proc/${pid}/fd`).length, 0);
    // bubblewrap's own root is the host's.
    if (name.startsWith('python3')) files = Math.max(files, inodesInUse(pid));
  }
  return {
    processes: processes.length,
    mounts: [...mounts.values()].reduce((sum, count) => sum + count, 0),
    descriptors,
    files,
    residentBytes: Math.max(0, ...processes.map((process) => process.residentBytes)),
  };
}

function inodesInUse(pid: number): number {
  return quietly(() => {
    const { files, ffree } = statfsSync(`/proc/${pid}/root/`);
    return files - ffree;
  }, 0);
}

/** A process may end, or belong to another user, while it is looked at. */
function quietly<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

export const counted = ['processes', 'mounts', 'descriptors', 'files'] as const;

/** How long nothing must change, for forks that are made beforehand to have been made. */
const quietMs = 300;
const rounds = 3;

/**
 * Counts when all is quiet, and gives the most of several times: the sandbox makes forks beforehand while
 * nothing is asked of it, sooner or later as the machine is busy.
 * @param stir - Makes a run, between the times.
 */
export async function takeQuietCensus(stir: () => Promise<unknown>): Promise<Census> {
  let most = await waitForQuiet();
  for (let round = 1; round < rounds; round++) {
    await stir();
    const now = await waitForQuiet();
    for (const name of counted) most = { ...most, [name]: Math.max(most[name], now[name]) };
  }
  return most;
}

async function waitForQuiet(): Promise<Census> {
  let since = Date.now();
  let last = takeCensus();
  const deadline = since + 10_000;
  while (Date.now() - since < quietMs && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const now = takeCensus();
    if (counted.some((name) => now[name] !== last[name])) since = Date.now();
    last = now;
  }
  return last;
}

/**
 * Waits until nothing counts more than before: what has just ended takes the kernel a moment to clear away.
 * @returns What is still more after that, in words; empty when all is as it was.
 */
export async function whatIsLeft(before: Census, patienceMs = 5_000): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const now = takeCensus();
    const left = counted
      .filter((name) => now[name] > before[name])
      .map((name) => `${name}: ${before[name]} before, ${now[name]} after`);
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
