/** The processes of this test's sandboxes, as the host sees them. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  pid: number;
  parent: number;
  name: string;
  /** The user that the host takes it for. */
  uid: number;
  /** In clock ticks since the host's start. Numbers of processes begin anew, so they tell no order. */
  started: number;
}

const byAge = (a: Process, b: Process) => a.started - b.started || a.pid - b.pid;
/** Of /proc/PID/stat, from the state on. */
const startedField = 19;

/** Containers' processes that descend from this one, nearest first: bwrap, its process 1, the supervisor, ... */
export function descendants(): Process[] {
  const all = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry): Process[] => {
      try {
        const status = readFileSync(`/proc/${entry}/status`, 'utf8');
        const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
        const [parent, uid] = [Number(field('PPid')), Number(field('Uid'))];
        const stat = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)!;
        const started = Number(stat.split(' ')[startedField]);
        return [{ pid: Number(entry), parent, uid, name: field('Name') ?? '', started }];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
  const found: Process[] = [];
  let parents = new Set([process.pid]);
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found.filter(({ name }) => name === 'bwrap' || name === 'python3');
}

/** Forks of the zygotes: runs, and spares that wait for one. The zygote itself is each supervisor's first child. */
export function forks(): Process[] {
  const python = descendants().filter(({ name }) => name === 'python3');
  const supervisors = python.filter(({ parent }) => !python.some(({ pid }) => pid === parent));
  return supervisors.flatMap(({ pid }) =>
    python
      .filter(({ parent }) => parent === pid)
      .sort(byAge)
      .slice(1),
  );
}

/** The bubblewraps that this process started. */
export function containers(): number[] {
  return descendants()
    .filter(({ name, parent }) => name === 'bwrap' && parent === process.pid)
    .map(({ pid }) => pid);
}

/** What the oldest container is made of, by name; empty while there is none. */
export function partsOfContainer(): Partial<Record<Part, number>> {
  const all = descendants();
  const childOf = (parent: number | undefined) =>
    all.filter((each) => each.parent === parent).sort(byAge)[0]?.pid;
  const bubblewrap = childOf(process.pid);
  const first = childOf(bubblewrap);
  const supervisor = childOf(first);
  const found = {
    ...{ bubblewrap, 'process 1 of the container': first, 'the supervisor': supervisor },
    'the zygote': childOf(supervisor),
  };
  return JSON.parse(JSON.stringify(found)) as Partial<Record<Part, number>>;
}

export const parts = [
  ...(['bubblewrap', 'process 1 of the container', 'the supervisor', 'the zygote'] as const),
];
export type Part = (typeof parts)[number];

/** Waits until so many spares stand ready (they are made within milliseconds when nothing is to be done). */
export async function sparesReady(count: number): Promise<number[]> {
  for (let go = 0; go < 600; go++) {
    const pids = forks().map(({ pid }) => pid);
    if (pids.length === count && pids.every(isWaiting)) return pids;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`there are ${forks().length} forks, not ${count} that wait`);
}

/** Blocked in the one read that a spare makes: on its pipe. */
function isWaiting(pid: number): boolean {
  try {
    const [state] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').slice(-1);
    return (
      state?.startsWith('S') === true && readFileSync(`/proc/${pid}/wchan`, 'utf8').includes('pipe')
    );
  } catch {
    return false;
  }
}
